// The stage under way: its clock, its counts, what may be done with it.

import { h, icon } from "./drawing.js";
import { grid, pointsOf } from "./grid.js";
import { action, bar, clock, share, totalWords, written } from "./pieces.js";
import { choicesOf, ranking, stagesOf, VOTING, WRITING } from "./reading.js";
import { place } from "./stage.js";
import { say } from "./words.js";

const MANY = 12; // choices beyond which their list scrolls by itself (the plain page: `console_stage.html`)

export function stagePanel(screen, stage) {
  if (!stage) return between(screen);
  return [
    h("div.stage-head", { "data-key": "head" }, h("p.stepper", {}, place(screen.state, stage)), clock()),
    h("h2.stage-question", { id: "etape-titre", lang: written }, stage.title),
    stage.instruction && h("p.as-written.muted", { "data-key": "consigne", lang: written }, stage.instruction),
    h("div.row.facts", { "data-key": "facts" }, facts(screen, stage)),
    h("div.row.controls", { "data-key": "controls" }, controls(stage), next(screen, stage)),
    VOTING.includes(stage.kind) && totals(screen, stage),
  ];
}

function between(screen) {
  const following = stagesOf(screen.state).find((stage) => stage.state === "to_come");
  return [
    h("h2", { id: "etape-titre" }, say("no_stage")),
    h("p", { "data-key": "hint" }, following ? say("start_next") : say("all_done")),
    following && h("div.row.controls", { "data-key": "controls" }, start(following, null)),
  ];
}

/** `seen` says from which stage: when another facilitator has moved on meanwhile, the room does not jump. */
function start(stage, seen) {
  const options = { pictogram: "play", kind: "", key: "next-stage" };
  return action("stage.start", { stage: stage.id, seen: seen?.id ?? "none" }, say("start_stage", { title: stage.title }), options);
}

function facts(screen, stage) {
  const { cards = 0, voters = 0 } = screen.state.counts[stage.id] ?? {};
  const open = stage.contributions_open;
  return [
    WRITING.includes(stage.kind) && h("p.badge.neutral", { "data-count": true, "data-key": "cards" }, icon("square-pen"), say("cards", { n: cards })),
    VOTING.includes(stage.kind) && h("p.badge.neutral", { "data-count": true, "data-key": "voters" }, icon("vote"), say("ballots", { n: voters })),
    screen.presence && h("p.badge.neutral", { "data-key": "ready" }, icon("check-check"), say("finished", { n: screen.presence.ready ?? 0 })),
    stage.kind !== "talk" && h("p", { class: open ? "badge ok" : "badge neutral", "data-key": "open" }, icon(open ? "pencil" : "lock"), say(open ? "now_open" : "now_closed")),
    stage.revealed && stage.kind !== "talk" && h("p.badge.ok", { "data-key": "shown" }, icon("eye"), say("shown_to_all")),
  ];
}

function controls(stage) {
  const about = { stage: stage.id };
  const running = stage.state === "running";
  const open = stage.contributions_open;
  return [
    action(running ? "stage.pause" : "stage.resume", about, say(running ? "pause" : "resume"), { pictogram: running ? "pause" : "play", key: "pause" }),
    [1, 5].map((minutes) => action("stage.extend", { ...about, minutes }, say("more_minutes", { n: minutes }), { pictogram: "plus", key: `extend-${minutes}` })),
    stage.kind !== "talk" && action(open ? "contributions.close" : "contributions.open", about, say(open ? "close_contributions" : "open_contributions"), { pictogram: open ? "lock" : "pencil", key: "contributions" }),
    !stage.revealed && action("cards.reveal", about, say("show_to_all"), { pictogram: "eye", kind: "small", key: "reveal" }),
    action("stage.close", about, say("finish_stage"), { pictogram: "check", key: "close" }),
  ];
}

function next(screen, stage) {
  const following = stagesOf(screen.state).find((other) => other.state === "to_come" && other.order > stage.order);
  return following && start(following, stage);
}

function totals(screen, stage) {
  const choices = choicesOf(screen.state, stage, { seesAll: true });
  if (!choices.length) return h("p.muted", { "data-key": "totals" }, say("nothing_to_vote"));
  const number = (choice) => choices.indexOf(choice) + 1;
  const list = stage.kind === "grid" ? choices : ranking(choices, stage.kind);
  const line = (choice) => h("li.total", { "data-key": choice.key, "data-target": choice.key }, h("p.total-label", { lang: written }, stage.kind === "grid" && h("span.ballot-number", {}, String(number(choice))), choice.label), stage.kind !== "grid" && bar(share(choice, choices, stage)), h("p.total-words", {}, totalWords(choice.total, stage.kind)));
  const lines = h("ol.totals", { "data-totals": true }, list.map(line));
  return h(
    "div.stack.tight",
    { "data-key": "totals" },
    stage.kind === "grid" && grid(pointsOf(choices), stage.settings.steps),
    list.length > MANY ? h("div.totals-long", { "data-key": "long", role: "group", tabindex: 0, "aria-labelledby": "etape-titre" }, lines) : lines,
  );
}
