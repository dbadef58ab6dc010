// What the big screen shows: how to join, the question, the cards, the results, one thing large, or nothing.

import { h, icon } from "./drawing.js";
import { grid, pointsOf } from "./grid.js";
import { bar, clock, paper, share, totalWords, written } from "./pieces.js";
import { choicesOf, columnsOf, currentStage, ranking, shownStage, VOTING, WRITING } from "./reading.js";
import { place } from "./stage.js";
import { given, say } from "./words.js";

const leftOut = (all) => h("p.left-out", { "data-left-out": true, "data-key": "left-out", "data-words": given("left_out").other, "data-words-all": all, hidden: true });

/** The scene's name, and its elements. `asked` is the room's poll, drawn by the server. */
export function scene(screen, joining, asked) {
  const { state } = screen;
  const { view = "join", spotlight } = state.board.board ?? {};
  const large = spotlight && (state.cards[spotlight] ?? state.groups[spotlight]);
  const stage = shownStage(state);
  if (view === "blank") return { name: "blank", drawn: [h("h1.visually-hidden", {}, screen.workshop.title)] };
  if (large) return { name: "spotlight", drawn: spotlit(state, large) };
  if (asked && polled(view, asked, stage)) return { name: "poll", drawn: [asked.cloneNode(true), how(screen)] };
  if (view === "join" || !stage) return { name: "join", drawn: [joining, people(screen)] };
  if (view === "board") return { name: "board", drawn: [head(state, stage), ...cards(state, stage)] };
  if (view === "results" && VOTING.includes(stage.kind)) return { name: "results", drawn: [head(state, stage), ...results(state, stage)] };
  if (view === "results") return { name: "board", drawn: [head(state, stage), ...cards(state, stage)] };
  return { name: "question", drawn: [...question(state, stage), people(screen), how(screen)] };
}

/** An open poll takes the place of the question and of the results; a closed one, in a stage of polls. */
function polled(view, asked, stage) {
  return ["stage", "results"].includes(view) && (asked.dataset.status === "open" || stage?.kind === "poll");
}

function head(state, stage) {
  return h("div.scene-head", { "data-key": "head" }, h("h1", { lang: written }, stage.title), clock());
}

function question(state, stage) {
  return [
    h("p.scene-place", { "data-key": "place" }, place(state, stage)),
    h("h1.scene-question", { "data-key": "question", lang: written }, stage.title),
    stage.instruction && h("p.scene-instruction.as-written", { "data-key": "consigne", lang: written }, stage.instruction),
    currentStage(state) ? clock() : h("p.scene-ended", { "data-key": "ended" }, say("stage_ended")),
    counts(state, stage),
  ].filter(Boolean);
}

function counts(state, stage) {
  const { cards = 0, voters = 0 } = state.counts[stage.id] ?? {};
  if (WRITING.includes(stage.kind)) return h("p.scene-count", { "data-key": "count" }, say("cards", { n: cards }));
  return VOTING.includes(stage.kind) ? h("p.scene-count", { "data-key": "count" }, say("ballots", { n: voters })) : null;
}

/** How many by college, never who. */
function people({ presence, workshop }) {
  if (!presence?.total) return h("p.scene-people", { "data-key": "people" });
  const here = presence.by_college ?? {};
  const colleges = workshop.colleges.filter(({ code }) => here[code]);
  return h(
    "div.scene-people",
    { "data-key": "people" },
    h("p", {}, icon("users"), say("people", { n: presence.total })),
    h("ul", {}, colleges.map(({ code, label }) => h("li", { "data-key": code }, h("strong", {}, String(here[code])), ` ${label}`))),
  );
}

function how({ workshop }) {
  return h("p.scene-code", { "data-key": "code" }, say("room_code"), " ", h("strong", {}, workshop.code));
}

function cards(state, stage) {
  const columns = columnsOf(state, stage);
  const shown = columns.filter(({ group, cards: held }) => group || held.length);
  if (!shown.length) return [h("p.scene-count", { "data-key": "none" }, say("cards_not_shown"))];
  const groups = shown.length > 1 || shown[0].group;
  return [
    h("div.scene-columns", { "data-key": "columns" }, shown.map(({ group, cards: held }) => h("section.scene-column", { "data-key": group?.id ?? "seules" }, groups && h("h2", { lang: written }, group ? group.name : say("not_together"), h("span", {}, ` ${held.length}`)), h("ul", {}, held.map((card) => h("li", { "data-key": card.id, "data-may-leave": true, "data-paper": paper(card.id), lang: written }, card.text)))))),
    leftOut(given("left_all").other),
  ];
}

function results(state, stage) {
  const choices = choicesOf(state, stage);
  if (!stage.revealed) return [h("p.scene-count", { "data-key": "secret" }, say("results_not_shown")), counts(state, stage)].filter(Boolean);
  const list = stage.kind === "grid" ? choices : ranking(choices, stage.kind);
  const number = (choice) => choices.indexOf(choice) + 1;
  return [
    stage.kind === "grid" && grid(pointsOf(choices), stage.settings.steps),
    h("ol.totals", { "data-key": "totals" }, list.map((choice) => h("li.total", { "data-key": choice.key, "data-target": choice.key, "data-may-leave": true }, h("p.total-label", { lang: written }, stage.kind === "grid" && h("span.ballot-number", {}, String(number(choice))), choice.label), stage.kind !== "grid" && bar(share(choice, choices, stage)), h("p.total-words", {}, totalWords(choice.total, stage.kind))))),
    leftOut(),
  ].filter(Boolean);
}

function spotlit(state, item) {
  const held = "name" in item ? Object.values(state.cards).filter((card) => card.group === item.id) : [];
  return [
    h("h1.scene-large", { "data-key": item.id, lang: written, "data-paper": paper(item.id) }, item.text ?? item.name),
    held.length > 0 && h("ul.scene-inside", { "data-key": "inside" }, held.map((card) => h("li", { "data-key": card.id, "data-may-leave": true, "data-paper": paper(card.id), lang: written }, card.text))),
    leftOut(),
  ].filter(Boolean);
}
