// One's own cards: those that are in the room, and those this device still keeps to send.

import { h, icon, unseen } from "./drawing.js";
import { details, note, paper, short } from "./pieces.js";
import { mayWrite, myCards, WRITING } from "./reading.js";
import { say } from "./words.js";

export function mine(screen, stage, room) {
  const cut = room.state !== "live" && room.state !== "polling";
  const kept = screen.waiting.filter((item) => item.do === "card.add").map(({ id, data }) => waiting(id, data, cut));
  const cards = myCards(screen.state, stage).map((card) => own(card, stage));
  if (!cards.length && !kept.length) return [];
  const unfold = !stage || WRITING.includes(stage.kind);
  const list = h("ul.notes", { "data-key": "list" }, cards, kept);
  const title = h("h2", { id: "mes-cartes-titre" }, say("my_cards"));
  if (unfold) return [title, list];
  return [title, h("details.disclosure", { "data-key": "fold" }, h("summary", {}, say("my_cards_n", { n: cards.length })), list)];
}

function waiting(id, data, cut) {
  const state = h("p.badge.neutral", {}, icon(cut ? "wifi" : "refresh-cw"), say(cut ? "kept_here" : "sending"));
  return h("li.note.mine.pending", { "data-key": `kept-${id}`, "data-paper": paper(id), "data-pending": id }, h("p.note-text", {}, data.text), state);
}

function own(card, stage) {
  const editable = mayWrite(stage) && !card.hidden && card.stage === stage.id;
  return note(
    card,
    details(card),
    card.hidden && h("p.badge.late", {}, icon("eye-off"), say("hidden_because", { reason: card.hidden_reason })),
    card.late === "waiting" && h("p.badge.neutral", {}, icon("clock"), say("late_waiting")),
    editable && change(card),
  );
}

function change(card) {
  const id = `changer-${card.id}`;
  return h(
    "details.disclosure",
    { "data-key": "change" },
    h("summary", {}, say("change_or_withdraw"), unseen(` : ${short(card.text)}`)),
    h(
      "form.stack.tight",
      { method: "post", "data-verb": "card.edit", "data-key": "edit" },
      h("input", { type: "hidden", name: "card", value: card.id }),
      h("input", { type: "hidden", name: "need", value: card.need ?? "" }),
      h("input", { type: "hidden", name: "level", value: card.level ?? "" }),
      h("label", { for: id }, say("your_words")),
      h("textarea.field", { id, name: "text", rows: 2 }, card.text),
      h("p", {}, h("button.btn.small", {}, say("change"))),
    ),
    h(
      "form",
      { method: "post", "data-verb": "card.withdraw", "data-key": "withdraw" },
      h("input", { type: "hidden", name: "card", value: card.id }),
      h("button.btn.quiet.small", {}, icon("undo-2"), say("withdraw")),
    ),
  );
}
