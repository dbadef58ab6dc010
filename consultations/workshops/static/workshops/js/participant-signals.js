// What one tells the facilitator without a word.

import { h } from "./drawing.js";
import { action } from "./pieces.js";
import { mayWrite } from "./reading.js";
import { say } from "./words.js";

const PICTOGRAMS = { ready: "check", floor: "hand", hand: "hand-helping", easy_read: "book-open" };

export function signals(screen, stage) {
  // The floor stands next to the card being written; elsewhere it is here.
  const kinds = mayWrite(stage) ? ["ready", "easy_read", "hand"] : ["floor", "ready", "easy_read", "hand"];
  return [
    h("h2", { id: "signaux-titre" }, say("tell_facilitator")),
    h("div.row", { "data-key": "signals" }, kinds.map((kind) => signal(screen, kind))),
  ];
}

function signal(screen, kind) {
  const on = Boolean(screen.state.signals[kind]);
  const options = { pictogram: PICTOGRAMS[kind], pressed: on, kind: "quiet", key: `signal-${kind}` };
  return action("signal.set", { kind, on: !on }, say(`signal_${kind}`), options);
}
