// The scenario: what was done, what is under way, what is to come.

import { h, icon, unseen } from "./drawing.js";
import { action, written } from "./pieces.js";
import { currentStage, isCurrent, stagesOf, WRITING } from "./reading.js";
import { kindWords } from "./stage.js";
import { say } from "./words.js";

const PICTOGRAMS = { to_come: "circle", running: "play", paused: "pause", closed: "check" };

export function scenario({ state }) {
  return [
    h("h2", { id: "deroule-titre" }, icon("list-ordered"), say("scenario")),
    h("ol.stage-list", { "data-key": "stages" }, stagesOf(state).map((stage) => line(stage, currentStage(state)))),
  ];
}

function line(stage, current) {
  const about = { stage: stage.id };
  const begin = { ...about, seen: current?.id ?? "none" };
  return h(
    "li",
    { "data-key": stage.id, "data-stage": stage.id, "data-state": stage.state, "aria-current": isCurrent(stage) ? "step" : null },
    h("p", {}, icon(PICTOGRAMS[stage.state]), h("span", {}, h("strong", { lang: written }, stage.title), h("br"), h("span.muted.small", {}, `${kindWords(stage.kind)} · ${say("minutes", { n: stage.minutes })} · ${say(`state_${stage.state}`)}`))),
    h(
      "div.row",
      { "data-key": "actions" },
      stage.state === "to_come" && action("stage.start", begin, say("start"), { pictogram: "play", about: stage.title, key: "start" }),
      stage.state === "closed" && !stage.revealed && WRITING.includes(stage.kind) && action("cards.reveal", about, say("show_to_all"), { pictogram: "eye", about: stage.title, key: "reveal" }),
      stage.state === "closed" && action("stage.reopen", begin, say("reopen"), { pictogram: "rotate-ccw", about: stage.title, key: "reopen" }),
    ),
  );
}
