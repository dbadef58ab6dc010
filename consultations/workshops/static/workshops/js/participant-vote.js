// Voting: dots by two buttons, scores by one, places on the grid by two lists, an order by up and down.

import { h, icon, unseen } from "./drawing.js";
import { grid, pointsOf } from "./grid.js";
import { action, bar, select, share, short, totalWords, written } from "./pieces.js";
import { choicesOf, dotsLeft, mayVote, ranking } from "./reading.js";
import { say } from "./words.js";

export function vote(screen, stage) {
  const choices = choicesOf(screen.state, stage);
  const open = mayVote(stage);
  const draw = { dots, scores, grid: effort, rank }[stage.kind];
  return [
    stage.kind !== "dots" && screen.me.headcount > 1 && h("p.hint", { "data-key": "table" }, icon("users"), say("table_answers", { n: screen.me.headcount })),
    !open && h("p.callout-line", { "data-key": "closed" }, say("vote_closed")),
    choices.length ? draw(screen, stage, choices, open) : h("p.muted", { "data-key": "nothing" }, say("nothing_to_vote")),
    stage.revealed && results(stage, choices),
  ].filter(Boolean);
}

function line(choice, index, ...inside) {
  return h(
    "li.ballot-line",
    { "data-key": `choice-${choice.key}`, "data-target": choice.key },
    h("p.ballot-label", { id: `choix-${choice.key}`, lang: written }, index !== null && h("span.ballot-number", {}, String(index)), choice.label),
    choice.cards.length > 0 &&
      h("details.disclosure", {}, h("summary", {}, say("cards", { n: choice.cards.length }), unseen(` : ${choice.label}`)), h("ul", {}, choice.cards.map((card) => h("li", { "data-key": card.id, lang: written }, card.text)))),
    inside,
  );
}

function dots(screen, stage, choices, open) {
  const left = dotsLeft(screen.state, stage, screen.me.headcount);
  const most = stage.settings.most_per_target * screen.me.headcount;
  const budget = stage.settings.dots * screen.me.headcount;
  return h(
    "div.stack",
    { "data-key": "ballot" },
    h("p.budget", { role: "status", id: "reste" }, h("span.dots", { "aria-hidden": "true" }, "●".repeat(Math.min(left, 30)), h("span.spent", {}, "○".repeat(Math.min(budget - left, 30)))), say("dots_left", { n: left })),
    h("ol.ballot", {}, choices.map((choice) => line(choice, null, stepper(stage, choice, { left, most, open })))),
  );
}

function stepper(stage, choice, { left, most, open }) {
  const set = (points) => ({ stage: stage.id, target: choice.key, points });
  const about = short(choice.label);
  return h(
    "div.dot-stepper",
    { role: "group", "aria-labelledby": `choix-${choice.key}`, "data-key": "dots" },
    action("vote.set", set(choice.points - 1), unseen(say("less")), { pictogram: "minus", about, key: "less", disabled: !open || !choice.points, kind: "quiet round" }),
    h("p.dots", { role: "status" }, h("span", { "aria-hidden": "true" }, "●".repeat(choice.points) || "–"), unseen(say("my_dots", { n: choice.points }))),
    action("vote.set", set(choice.points + 1), unseen(say("more")), { pictogram: "plus", about, key: "more", disabled: !open || left <= 0 || choice.points >= most, kind: "quiet round" }),
  );
}

function scores(_screen, stage, choices, open) {
  const steps = Array.from({ length: stage.settings.highest }, (_item, index) => index + 1);
  const score = (choice, points) => {
    const on = choice.points === points;
    const options = { pressed: on, disabled: !open, kind: "quiet round", about: short(choice.label), key: `note-${points}` };
    return action("vote.set", { stage: stage.id, target: choice.key, points: on ? 0 : points }, String(points), options);
  };
  return h(
    "div.stack",
    { "data-key": "ballot" },
    h("p.hint", {}, say("score_hint", { highest: stage.settings.highest })),
    h("ol.ballot", {}, choices.map((choice) => line(choice, null, h("div.score-steps", { role: "group", "aria-labelledby": `choix-${choice.key}` }, steps.map((points) => score(choice, points)))))),
  );
}

function effort(_screen, stage, choices, open) {
  const steps = Array.from({ length: stage.settings.steps }, (_item, index) => [index + 1, String(index + 1)]);
  const points = pointsOf(choices, { own: true });
  return h(
    "div.stack",
    { "data-key": "ballot" },
    h("p.hint", {}, say("grid_hint", { steps: stage.settings.steps })),
    h("ol.ballot", {}, choices.map((choice, index) => line(choice, index + 1, placing(stage, choice, steps, open)))),
    h("figure.grid-figure", { "data-key": "mine" }, grid(points, stage.settings.steps), h("figcaption.hint", {}, say("my_grid"))),
  );
}

function placing(stage, choice, steps, open) {
  const list = (name, value) => {
    const id = `${name}-${choice.key}`;
    return h("div", {}, h("label", { for: id }, say(name === "effort" ? "effort" : "effect")), select(id, name, steps, value ?? "", "–"));
  };
  return h(
    "form.tool",
    { method: "post", "data-verb": "vote.set", "data-key": "placing" },
    h("input", { type: "hidden", name: "stage", value: stage.id }),
    h("input", { type: "hidden", name: "target", value: choice.key }),
    list("effort", choice.effort),
    list("points", choice.points || null),
    h("button.btn.quiet.small", { disabled: !open }, say(choice.points ? "place_again" : "place"), unseen(` : ${short(choice.label)}`)),
  );
}

function rank(screen, stage, choices, open) {
  const order = (screen.state.ranks[stage.id]?.targets ?? []).filter((key) => choices.some((choice) => choice.key === key));
  const chosen = order.map((key) => choices.find((choice) => choice.key === key));
  const others = choices.filter((choice) => !order.includes(choice.key));
  const set = (targets) => ({ stage: stage.id, targets });
  const full = order.length >= stage.settings.places;
  return h(
    "div.stack",
    { "data-key": "ballot" },
    h("p.hint", { role: "status", id: "reste" }, say("places_left", { n: stage.settings.places - order.length })),
    h("ol.ballot", { id: "ordre" }, chosen.map((choice, index) => line(choice, index + 1, moving(choice, order, index, set, open)))),
    others.length > 0 && h("h2.h3", { "data-key": "autres" }, say("other_choices")),
    h("ol.ballot", { id: "autres" }, others.map((choice) => line(choice, null, action("rank.set", set([...order, choice.key]), say("choose"), { pictogram: "plus", about: short(choice.label), disabled: !open || full, key: "choose" })))),
  );
}

function moving(choice, order, index, set, open) {
  const about = short(choice.label);
  const swap = (at) => {
    const moved = [...order];
    [moved[at], moved[at + 1]] = [moved[at + 1], moved[at]];
    return set(moved);
  };
  return h(
    "div.row",
    { "data-key": "moving" },
    action("rank.set", index > 0 ? swap(index - 1) : set(order), unseen(say("up")), { pictogram: "arrow-up", about, key: "up", disabled: !open || index === 0, kind: "quiet round" }),
    action("rank.set", index < order.length - 1 ? swap(index) : set(order), unseen(say("down")), { pictogram: "arrow-down", about, key: "down", disabled: !open || index === order.length - 1, kind: "quiet round" }),
    action("rank.set", set(order.filter((key) => key !== choice.key)), say("take_out"), { pictogram: "x", about, key: "out", disabled: !open }),
  );
}

/** What the room said, once it is shown. */
export function results(stage, choices) {
  const list = stage.kind === "grid" ? choices : ranking(choices, stage.kind);
  const number = (choice) => choices.indexOf(choice) + 1;
  return h(
    "section.stack.tight.results",
    { "data-key": "results", "aria-labelledby": "resultats-titre" },
    h("h2", { id: "resultats-titre" }, icon("chart-column"), say("results")),
    stage.kind === "grid" && grid(pointsOf(choices), stage.settings.steps),
    h("ol.totals", {}, list.map((choice) => h("li.total", { "data-key": `total-${choice.key}`, "data-target": choice.key }, h("p.total-label", { lang: written }, stage.kind === "grid" && h("span.ballot-number", {}, String(number(choice))), choice.label), stage.kind !== "grid" && bar(share(choice, choices, stage)), h("p.total-words", {}, totalWords(choice.total, stage.kind))))),
  );
}
