// The tools of a card or of a group, in one dialog: by keyboard, by finger, without dragging.

import { boardStage } from "./console-board.js";
import { fill, h, icon } from "./drawing.js";
import { action, details, short, written } from "./pieces.js";
import { groupsOf } from "./reading.js";
import { say } from "./words.js";

const CLOSING = new Set(["group.move", "group.create", "group.merge", "group.split", "card.hide", "group.rename", "spotlight"]);

export class Tools {
  constructor(dialog, screen) {
    this.dialog = dialog;
    this.screen = screen;
    this.about = null;
    this.refusal = "";
    dialog.addEventListener("close", () => {
      this.about = null;
      this.#giveBack();
    });
    dialog.addEventListener("click", ({ target }) => {
      if (target === dialog || target.closest("[data-close]")) dialog.close();
    });
  }

  open(kind, key) {
    this.about = { kind, key };
    this.refusal = "";
    this.dialog.replaceChildren();
    this.draw();
    this.dialog.showModal();
  }

  /** The room changed while the dialog is open: it follows, and closes when its object is gone. */
  draw() {
    if (!this.about) return;
    const { kind, key } = this.about;
    const item = kind === "card" ? this.screen.state.cards[key] : this.screen.state.groups[key];
    if (!item) return this.dialog.close();
    const close = h("button.btn.quiet.small", { type: "button", "data-close": true, "data-key": "close" }, icon("x"), say("close"));
    const refusal = this.refusal && h("p.field-error", { role: "alert", "data-key": "refusal" }, icon("circle-alert"), this.refusal);
    fill(this.dialog, refusal, ...(kind === "card" ? cardTools(this.screen, item) : groupTools(this.screen, item)), close);
  }

  done(verb) {
    if (this.dialog.open && CLOSING.has(verb)) this.dialog.close();
  }

  refused(message) {
    this.refusal = message;
    this.draw();
  }

  /** The button that opened it may have moved with its card. */
  #giveBack() {
    requestAnimationFrame(() => {
      if (document.activeElement === document.body) document.getElementById("tableau-titre")?.focus();
    });
  }
}

function cardTools({ state }, card) {
  const stage = boardStage(state);
  const move = (group, label, on) => action("group.move", { card: card.id, group }, label, { pressed: on, pictogram: "folder", key: `move-${group}` });
  return [
    h("h2", { id: "outils-titre", lang: written }, `« ${short(card.text, 200)} »`),
    details(card),
    h("h3", { id: "ranger" }, say("put_in")),
    h("div.row", { role: "group", "aria-labelledby": "ranger", "data-key": "groups" }, groupsOf(state).map((group) => move(group.id, group.name, card.group === group.id)), move(null, say("no_group"), !card.group)),
    stage && named("group.create", say("new_group_with"), "plus", say("create_group"), { stage: stage.id, cards: card.id }),
    !card.hidden && named("card.hide", say("reason"), "eye-off", say("hide"), { card: card.id }, "reason"),
    h("p.row", { "data-key": "spotlight" }, action("spotlight", { target: card.id }, say("show_large"), { pictogram: "maximize", key: "spotlight" })),
  ];
}

function groupTools({ state }, group) {
  const others = groupsOf(state).filter(({ id }) => id !== group.id);
  const merge = (other) => action("group.merge", { source: group.id, target: other.id }, other.name, { pictogram: "layers", key: `merge-${other.id}` });
  return [
    h("h2", { id: "outils-titre", lang: written }, group.name),
    named("group.rename", say("name"), "pencil", say("rename"), { group: group.id }, "name", group.name),
    others.length > 0 && h("h3", { id: "reunir" }, say("put_with")),
    others.length > 0 && h("div.row", { role: "group", "aria-labelledby": "reunir", "data-key": "merge" }, others.map(merge)),
    split(state, group),
    h("p.row", { "data-key": "spotlight" }, action("spotlight", { target: group.id }, say("show_large"), { pictogram: "maximize", key: "spotlight" })),
  ];
}

function split(state, group) {
  const cards = Object.values(state.cards).filter((card) => card.group === group.id && !card.hidden);
  if (cards.length < 2) return null;
  return h(
    "form.stack.tight",
    { method: "post", "data-verb": "group.split", "data-key": "split" },
    h("input", { type: "hidden", name: "group", value: group.id }),
    h("fieldset.form-group", {}, h("legend", {}, say("take_out_cards")), cards.map((card) => h("label.choice", { for: `sortir-${card.id}`, "data-key": card.id }, h("input", { type: "checkbox", id: `sortir-${card.id}`, name: "cards", value: card.id }), h("span", { lang: written }, short(card.text, 80))))),
    h("div.tool", {}, h("div", {}, h("label", { for: "nom-separer" }, say("name_new_group")), h("input.field", { id: "nom-separer", name: "name", maxlength: 80 })), h("button.btn.quiet.small", {}, icon("split"), say("split"))),
  );
}

/** A form with one text and one button. */
function named(verb, label, pictogram, button, hidden, name = "name", value = null) {
  const id = `outil-${verb.replace(".", "-")}`;
  return h(
    "form.tool",
    { method: "post", "data-verb": verb, "data-key": verb },
    Object.entries(hidden).map(([key, kept]) => h("input", { type: "hidden", name: key, value: kept })),
    h("div", {}, h("label", { for: id }, label), h("input.field", { id, name, value, maxlength: name === "reason" ? 120 : 80, autocomplete: "off" })),
    h("button.btn.quiet.small", {}, icon(pictogram), button),
  );
}
