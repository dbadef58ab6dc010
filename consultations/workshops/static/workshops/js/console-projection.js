// What the room's big screen shows.

import { h, icon, unseen } from "./drawing.js";
import { action, short } from "./pieces.js";
import { given, say } from "./words.js";

const PICTOGRAMS = { join: "qr-code", stage: "circle-question-mark", board: "layers", results: "chart-column", blank: "moon" };

export function projection({ state }) {
  const { view, spotlight } = state.board.board ?? {};
  const shown = spotlight && (state.cards[spotlight]?.text ?? state.groups[spotlight]?.name);
  return [
    h("h2", { id: "projection-titre" }, icon("monitor"), say("on_screen")),
    h("div.row", { role: "group", "aria-labelledby": "projection-titre", "data-key": "views" }, given("views").map(([code, label]) => action("projector.show", { view: code }, label, { pictogram: PICTOGRAMS[code], pressed: view === code, key: code }))),
    shown && h("div.spotlit", { "data-key": "spotlight" }, h("p", {}, unseen(`${say("shown_large")} `), `« ${short(shown, 80)} »`), action("spotlight", { target: null }, say("stop_large"), { pictogram: "x", key: "stop" })),
  ];
}
