// The card at the top of a screen: which stage it is, its question, the time left.

import { h, icon } from "./drawing.js";
import { clock, written } from "./pieces.js";
import { stagesOf } from "./reading.js";
import { given, say } from "./words.js";

export function kindWords(kind) {
  return given("kinds")[kind] ?? kind;
}

/** "Stage 2 of 5 · write cards". */
export function place(state, stage) {
  const all = stagesOf(state);
  const at = all.findIndex(({ id }) => id === stage.id) + 1;
  return say("stage_of", { number: at, count: all.length, kind: kindWords(stage.kind) });
}

export function stageCard(state, stage, { easyRead = false } = {}) {
  if (!stage) {
    return [h("h1", { id: "question" }, say("starts_soon")), h("p", { "data-key": "consigne" }, say("stay_here"))];
  }
  const easy = easyRead && stage.easy_read;
  const words = easy ? stage.easy_read : stage.instruction;
  return [
    h("div.stage-head", { "data-key": "head" }, h("p.stepper", {}, place(state, stage)), clock()),
    h("h1", { id: "question", lang: written }, stage.title),
    words && h("p.as-written", { lang: written, "data-key": "consigne", class: easy ? "as-written easy-read" : "as-written" }, words),
    stage.easy_read && !easy && h("button.btn.quiet.small", { type: "button", "data-easy-read": true, "data-key": "easy" }, icon("book-open"), say("easier_words")),
    stage.state === "closed" && h("p.callout-line", { "data-key": "ended" }, say("stage_ended")),
  ];
}
