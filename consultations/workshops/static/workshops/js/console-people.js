// Who is here, by college, and who calls, in the order of the calls.

import { h, icon } from "./drawing.js";
import { action } from "./pieces.js";
import { say } from "./words.js";

const PICTOGRAMS = { floor: "mic", hand: "hand", easy_read: "book-open" };

export function people({ presence, colleges }) {
  const here = presence?.by_college ?? {};
  return [
    h("h2", { id: "personnes-titre" }, icon("users"), say("people", { n: presence?.total ?? 0 })),
    h("ul.people", { "data-by-college": true, "data-key": "colleges" }, colleges.filter(({ code }) => here[code]).map(({ code, label }) => h("li", { "data-key": code }, h("span", {}, label), h("strong", {}, String(here[code]))))),
  ];
}

export function calls({ state, colleges }) {
  const waiting = Object.values(state.signals)
    .filter(({ kind }) => kind !== "ready")
    .sort((one, other) => one.order - other.order);
  const title = h("h2", { id: "appels-titre" }, icon("hand"), say("calls", { n: waiting.length }));
  if (!waiting.length) return [title, h("p.muted", { "data-key": "nobody" }, say("nobody_calls"))];
  return [title, h("ol.calls", { "data-key": "calls" }, waiting.map((signal) => call(signal, colleges)))];
}

function call(signal, colleges) {
  const college = colleges.find(({ code }) => code === signal.college)?.label ?? "";
  const who = [signal.name || college, signal.name && college, signal.table && say("table", { table: signal.table })].filter(Boolean).join(" · ");
  return h(
    "li",
    { "data-key": signal.id, "data-signal": signal.id },
    h("p", {}, icon(PICTOGRAMS[signal.kind]), h("span", {}, h("strong", {}, who), h("br"), say(`called_${signal.kind}`))),
    action("signal.clear", { participant: signal.participant, kind: signal.kind }, say("answered"), { pictogram: "check", about: who, key: "answered" }),
  );
}
