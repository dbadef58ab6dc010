// What the three screens draw alike: a card, the time left, a total.

import { h, icon, unseen } from "./drawing.js";
import { given, number, say } from "./words.js";

/** The language of what people wrote, when the page is in another one. */
export const written = document.documentElement.lang.startsWith("fr") ? null : "fr";
// The paper of a card, drawn from its key: it keeps its colour wherever it goes.
const papers = 3;

export function paper(key) {
  return [...key].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % papers;
}

export function note(card, ...inside) {
  return h(
    "li.note",
    { "data-key": `card-${card.id}`, "data-card": card.id, "data-paper": paper(card.id), class: noteClass(card) },
    h("p.note-text", { lang: written }, card.text),
    inside,
  );
}

function noteClass(card) {
  return ["note", card.mine && "mine", card.hidden && "hidden-card"].filter(Boolean).join(" ");
}

/** What is asked with a card: the need, the place. */
export function details(card, more = []) {
  const level = given("levels").find(([code]) => code === card.level)?.[1];
  const parts = [...more, card.need_label, level].filter(Boolean);
  return parts.length ? h("p.note-details", {}, parts.join(" · ")) : null;
}

export function clock() {
  return h(
    "p.room-clock",
    { role: "timer", "data-clock": true, "data-key": "clock", hidden: true, "aria-label": say("time_left") },
    h("span.room-time", { "data-time": true, "data-keep": true }),
    h("span.room-how", { "data-how": true, "data-keep": true }),
  );
}

/** A total in words. */
export function totalWords(total, kind) {
  if (!total) return say("no_voice");
  const voices = say("voices", { n: total.voters });
  if (kind === "dots") return say("dots", { n: total.points });
  if (kind === "rank") return `${say("points", { n: total.points })} · ${voices}`;
  const mean = number(total.points / total.voters, 1);
  if (kind === "grid") {
    return `${say("grid_mean", { effort: number(total.effort / total.voters, 1), effect: mean })} · ${voices}`;
  }
  return `${say("mean_score", { mean })} · ${voices}`;
}

/** How long a choice's bar is, from 0 to 100. */
export function share(choice, choices, stage) {
  if (!choice.total) return 0;
  if (stage.kind === "scores") return (100 * choice.total.points) / choice.total.voters / stage.settings.highest;
  const most = Math.max(...choices.map(({ total }) => total?.points ?? 0), 1);
  return (100 * choice.total.points) / most;
}

/** A bar that says nothing to a screen reader: the words next to it do. */
export function bar(percent) {
  return h(
    "svg.total-bar",
    { viewBox: "0 0 100 4", preserveAspectRatio: "none", "aria-hidden": "true", focusable: "false" },
    h("rect", { width: 100, height: 4, class: "total-rest" }),
    h("rect", { width: Math.round(percent), height: 4, class: "total-part" }),
  );
}

/** A button that does one verb. */
export function action(verb, message, label, { pictogram, about, kind = "quiet small", pressed, disabled, key } = {}) {
  return h(
    "button",
    {
      type: "button",
      class: `btn ${kind}`,
      "data-verb": verb,
      "data-message": JSON.stringify(message),
      "data-key": key ?? `${verb}-${JSON.stringify(message)}`,
      "aria-pressed": pressed === undefined ? null : String(pressed),
      "aria-disabled": disabled ? "true" : null, // it keeps the focus of the person who pressed it
    },
    pictogram && icon(pictogram),
    label,
    about && unseen(` : ${about}`),
  );
}

export function select(id, name, choices, chosen = "", label = say("none")) {
  return h(
    "select.field",
    { id, name },
    label !== null && h("option", { value: "" }, label),
    choices.map(([value, words]) => h("option", { value, selected: String(value) === String(chosen) }, words)),
  );
}

export function short(text, length = 60) {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}
