// Writing a card.

import { h, icon } from "./drawing.js";
import { action, select } from "./pieces.js";
import { mayWrite, myCards } from "./reading.js";
import { given, say } from "./words.js";

export function write(screen, stage) {
  if (!mayWrite(stage)) return [h("p.callout-line", { "data-key": "closed" }, say("cards_closed"))];
  const waiting = screen.waiting.filter((item) => item.do === "card.add" && item.data.stage === stage.id).length;
  const left = stage.settings.most_cards * screen.me.headcount - myCards(screen.state, stage).length - waiting;
  if (left <= 0) return [h("p.callout-line", { "data-key": "full" }, say("all_cards_put"))];
  return [form(screen, stage, left)];
}

function form(screen, stage, left) {
  const hint = [say("cards_left", { n: left }), stage.settings.private_first && !stage.revealed && say("not_seen_yet")];
  return h(
    "form.form.write-card",
    { id: "ecrire", method: "post", "data-verb": "card.add", novalidate: true },
    h("input", { type: "hidden", name: "stage", value: stage.id }),
    h(
      "div.form-group",
      {},
      h("label", { for: "texte" }, say("one_idea")),
      h("textarea.field", { id: "texte", name: "text", rows: 3, "aria-describedby": "texte-aide", enterkeyhint: "send" }),
      h("p.hint", { id: "texte-aide" }, hint.filter(Boolean).join(" ")),
    ),
    more(stage.settings),
    h(
      "div.write-actions",
      { "data-key": "actions" },
      h("button.btn", {}, say("put_card")),
      floor(screen),
    ),
    screen.me.device === "tablet" &&
      h("button.btn.quiet.wide", { type: "button", "data-next-person": true, "data-key": "next" }, icon("users"), say("next_person")),
  );
}

/** What may be said with a card, folded: words first. */
function more({ asks_need: need, asks_level: level }) {
  const fields = [
    need && given("needs").length > 0 && asked("besoin", "need", say("about_what"), given("needs")),
    level && asked("echelle", "level", say("where"), given("levels")),
  ].filter(Boolean);
  return fields.length > 0 && h("details.disclosure", { "data-key": "more" }, h("summary", {}, say("say_more")), fields);
}

function asked(id, name, label, choices) {
  return h("div.form-group", { "data-key": name }, h("label", { for: id }, label), select(id, name, choices));
}

/** Asking for the floor, next to what one writes. */
export function floor(screen) {
  const on = Boolean(screen.state.signals.floor);
  const label = on ? say("floor_asked") : say("floor");
  return action("signal.set", { kind: "floor", on: !on }, label, { pictogram: "hand", pressed: on, kind: "quiet", key: "floor" });
}
