// Everyone's cards, once they are shown: by group, with reactions, and the means to put them together.

import { h, icon, unseen } from "./drawing.js";
import { action, details, note, select, short, written } from "./pieces.js";
import { cardsOf, columnsOf, groupsOf, isCurrent, isKept, VOTING, WRITING } from "./reading.js";
import { given, say } from "./words.js";

const MOST_UNFOLDED = 24; // beyond, each group opens by itself: what comes after the board stays near

export function board(screen, stage) {
  if (!stage || VOTING.includes(stage.kind)) return [];
  const columns = WRITING.includes(stage.kind) ? othersIn(screen.state, stage) : columnsOf(screen.state, stage);
  if (!columns.some(({ group, cards }) => group || cards.length)) return [];
  const moves = stage.kind === "group" && stage.settings.participants_move && isCurrent(stage) && stage.contributions_open;
  const folded = columns.reduce((sum, { cards }) => sum + cards.length, 0) > MOST_UNFOLDED;
  return [h("h2", { id: "tableau-titre" }, say("everyones_cards")), ...columns.map((one) => column(screen, one, moves, folded))];
}

/** In a writing stage, one's own cards are above already. */
function othersIn(state, stage) {
  const cards = cardsOf(state).filter((card) => card.stage === stage.id && isKept(card) && !card.mine);
  return cards.length ? [{ group: null, cards, plain: true }] : [];
}

function column(screen, { group, cards, plain }, moves, folded) {
  const key = group?.id ?? "seules";
  const name = group ? group.name : say("not_together");
  const list = h("ul.notes", {}, cards.map((card) => note(card, details(card), reactions(screen, card), moves && move(screen, card))));
  return h(
    "section.column",
    { "data-key": `column-${key}`, "data-group": group?.id ?? "", "aria-labelledby": plain ? "tableau-titre" : `colonne-${key}` },
    !plain && h("h3", { id: `colonne-${key}`, lang: written }, name, h("span.muted.small", {}, ` (${cards.length})`)),
    folded && cards.length ? h("details.disclosure", { "data-key": "folded" }, h("summary", {}, say("cards", { n: cards.length }), unseen(` : ${name}`)), list) : list,
  );
}

function reactions(screen, card) {
  const stage = screen.state.stages[card.stage];
  if (!stage?.settings.reactions || card.mine) return null;
  const counts = screen.state.reactions[card.id] ?? {};
  const given_ = screen.state.reacted[card.id]?.kinds ?? [];
  return h(
    "div.reactions",
    { "data-key": "reactions" },
    given("reactions").map(([kind, label]) => reaction(card, kind, label, counts[kind] ?? 0, given_.includes(kind))),
  );
}

const FACES = { agree: "thumbs-up", lived: "heart", unclear: "circle-question-mark" };

function reaction(card, kind, label, count, on) {
  const words = count ? `${label} · ${count}` : label;
  const options = { pictogram: FACES[kind], pressed: on, kind: "reaction", about: short(card.text), key: kind };
  return action("react", { card: card.id, kind, on: !on }, words, options);
}

function move(screen, card) {
  const id = `groupe-${card.id}`;
  const groups = groupsOf(screen.state).map((group) => [group.id, group.name]);
  return h(
    "form.tool",
    { method: "post", "data-verb": "group.move", "data-key": "move" },
    h("input", { type: "hidden", name: "card", value: card.id }),
    h("div", {}, h("label", { for: id }, say("put_in")), select(id, "group", groups, card.group ?? "", say("no_group"))),
    h("button.btn.quiet.small", {}, icon("folder"), say("move"), unseen(` : ${short(card.text)}`)),
  );
}
