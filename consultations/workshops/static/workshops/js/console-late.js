// Cards written before the end and sent after it: nobody else sees them until they are accepted.

import { h, icon } from "./drawing.js";
import { action, details, note, short } from "./pieces.js";
import { cardsOf } from "./reading.js";
import { say } from "./words.js";

export function late({ state }) {
  const waiting = cardsOf(state).filter((card) => card.late === "waiting" && !card.hidden);
  if (!waiting.length) return [];
  const accept = (card) => action("card.accept", { card: card.id }, say("accept"), { pictogram: "check", kind: "small", about: short(card.text), key: "accept" });
  const hide = (card) => h("button.btn.quiet.small", { type: "button", "data-tools": "card", "data-tools-key": card.id, "data-key": "tools" }, icon("eye-off"), say("hide"));
  return [
    h("h2", { id: "retard-titre" }, icon("clock"), say("late_cards", { n: waiting.length })),
    h("p.muted", { "data-key": "hint" }, say("late_hint")),
    h("ul.notes", { "data-key": "list" }, waiting.map((card) => note(card, details(card), h("div.row", { "data-key": "actions" }, accept(card), hide(card))))),
  ];
}
