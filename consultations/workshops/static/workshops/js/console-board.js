// The board: groups and cards. Each opens its tools; a card may also be dragged into a group.

import { h, icon, unseen } from "./drawing.js";
import { action, details, note, short, written } from "./pieces.js";
import { cardsOf, columnsOf, currentStage, stagesOf } from "./reading.js";
import { given, say } from "./words.js";

/** The stage whose cards are on the board: the one under way, else the last that had some. */
export function boardStage(state) {
  return currentStage(state) ?? stagesOf(state).findLast((stage) => stage.state === "closed") ?? null;
}

export function board(screen) {
  const stage = boardStage(screen.state);
  const columns = stage ? columnsOf(screen.state, stage) : [];
  return [
    h("div.row.between", { "data-key": "head" }, h("h2", { id: "tableau-titre" }, icon("layers"), say("board")), undo(screen.state)),
    stage && newGroup(stage),
    columns.length
      ? h("div.columns", { "data-key": "columns" }, columns.map((one) => column(screen, one)))
      : h("p.muted", { "data-key": "empty" }, say("board_empty")),
    hidden(screen.state),
  ];
}

/** One thing at a time, named; the message says which, so that two who press at once undo it once. */
function undo({ undoable: { last } }) {
  if (!last) return null;
  const what = given("operations").find(([code]) => code === last.kind)?.[1];
  return action("undo", { operation: last.operation }, say("undo", { what }), { pictogram: "undo-2", key: "undo" });
}

function newGroup(stage) {
  return h(
    "form.tool",
    { method: "post", "data-verb": "group.create", "data-key": "create" },
    h("input", { type: "hidden", name: "stage", value: stage.id }),
    h("div", {}, h("label", { for: "nouveau-groupe" }, say("new_group")), h("input.field", { id: "nouveau-groupe", name: "name", maxlength: 80 })),
    h("button.btn.quiet.small", {}, icon("plus"), say("create_group")),
  );
}

function column(screen, { group, cards }) {
  const key = group?.id ?? "seules";
  return h(
    "section.column",
    { "data-key": `column-${key}`, "data-group": group?.id ?? "", "aria-labelledby": `colonne-${key}` },
    h(
      "div.row.between",
      { "data-key": "head" },
      h("h3", { id: `colonne-${key}`, lang: written }, group ? group.name : say("not_together"), h("span.muted.small", {}, ` (${cards.length})`)),
      group && tools("group", group.id, group.name),
    ),
    h("ul.notes", { "data-key": "notes" }, cards.map((card) => cardNote(screen, card))),
  );
}

function tools(kind, key, about) {
  return h("button.btn.quiet.small.tools", { type: "button", "data-tools": kind, "data-tools-key": key, "data-key": "tools", "aria-haspopup": "dialog" }, icon("ellipsis"), unseen(`${say("change")} : ${short(about)}`));
}

function cardNote(screen, card) {
  const college = screen.colleges.find(({ code }) => code === card.college)?.label;
  const mode = card.mode === "paper" || card.mode === "hand" ? given("modes").find(([code]) => code === card.mode)?.[1] : "";
  const table = card.table && say("table", { table: card.table });
  const drawn = note(card, details(card, [college, table, mode]), tools("card", card.id, card.text));
  drawn.draggable = true;
  return drawn;
}

function hidden(state) {
  const stage = boardStage(state);
  const found = cardsOf(state).filter((card) => card.hidden);
  if (!found.length || !stage) return null;
  return h(
    "details.panel",
    { "data-key": "hidden" },
    h("summary", {}, say("hidden_cards", { n: found.length })),
    h("ul.list-lines", {}, found.map((card) => h("li", { "data-key": card.id }, h("span", { lang: written }, card.text), h("span.muted", {}, ` · ${card.hidden_reason}`)))),
  );
}

