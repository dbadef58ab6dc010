// The page where texts are written together: each text area of `[data-manuscript]` marked `data-shared` is bound to
// the shared text of that name. Without this script, the same areas are sent by their form and merged by the server.

import { Room } from "../../live/js/room.js";
import { SharedArea } from "./area.js";
import { Kept, decode, encode } from "./kept.js";

const root = document.querySelector("[data-manuscript]");
const words = root.dataset;
const room = new Room({ path: `/direct/${words.room}/`, target: root });
const PAUSE = 120; // milliseconds between two sendings of a text: typing is not cut in letters
const CALM = 400; // milliseconds: what is said of saving does not blink
const HERE = 40_000; // after which one says again where one is
const GONE = 100_000; // after which someone who said nothing is not there any more

const texts = new Map();
const writers = new Map(); // by account: { who, name, at }
let live = false;

const find = (hook, name) => root.querySelector(name === undefined ? `[data-${hook}]` : `[data-${hook}="${name}"]`);
const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));

/** A shared text and the way its changes go to the server: at once, then a few times a second, one at a time. */
class Text {
  #busy = false;

  constructor(area) {
    this.kept = new Kept(`writing:${words.manuscript}:${words.me}:${area.dataset.shared}`);
    this.shared = new SharedArea(area, { onchange: (update) => this.#changed(update) });
  }

  get waits() {
    return this.kept.all !== null;
  }

  /** The history is known: what the device had kept comes after it. */
  begin(state) {
    this.shared.take(decode(state));
    if (this.kept.all) this.shared.take(this.kept.all);
    this.shared.begin();
    this.send();
  }

  async send() {
    if (this.#busy) return;
    this.#busy = true;
    for (let update; live && (update = this.kept.next()); await pause(PAUSE)) await this.#sendOne(update);
    this.#busy = false;
  }

  #changed(update) {
    this.kept.add(update);
    tellStatus();
    this.send();
  }

  async #sendOne(update) {
    try {
      await this.#write(update).catch((refusal) => {
        if (refusal.code !== "behind") throw refusal;
        return this.#write(this.shared.everything);
      });
      this.kept.done();
    } catch (refusal) {
      this.#refused(refusal);
    }
    tellStatus();
  }

  #write(update) {
    const { name, vector } = this.shared;
    return room.do("text.write", { name, update: encode(update), known: encode(vector) });
  }

  /** The server will not have these words: they are shown apart, to be copied, and nothing more is typed here. */
  #refused({ message }) {
    const box = find("refused", this.shared.name);
    box.querySelector("textarea").value = this.shared.value;
    box.querySelector("[data-why]").textContent = message;
    box.hidden = false;
    this.shared.area.readOnly = true;
    this.kept.clear();
    say(message);
  }
}

function say(text) {
  find("say").textContent = text;
}

let stateShown = "";
let calm = null;
function tellStatus() {
  clearTimeout(calm);
  const waits = [...texts.values()].some((text) => text.waits);
  const state = room.state === "closed" ? "closed" : live ? (waits ? "saving" : "saved") : "offline";
  if (state === stateShown) return;
  const steady = state === "saving" || (state === "saved" && stateShown !== "offline");
  calm = setTimeout(() => {
    if (!steady && stateShown) say(words[state]);
    stateShown = state;
    find("state").textContent = words[state];
    find("state").dataset.state = state;
  }, steady ? CALM : 0);
}

function tellWhere() {
  for (const [by, { at }] of writers) if (Date.now() - at > GONE) writers.delete(by);
  for (const name of texts.keys()) {
    const here = [...writers].filter(([by, one]) => by !== words.me && one.name === name).map(([, { who }]) => who);
    const said = here.length ? (here.length > 1 ? words.many : words.one).replace("{who}", here.join(", ")) : "";
    const line = find("here", name);
    if (line.textContent === said) continue;
    line.textContent = said;
    if (name === at) say(said);
  }
}

let at = "";
function goTo(name) {
  at = name;
  if (live) room.do("writer.at", { name }).catch(() => {});
}

root.addEventListener("room:snapshot", ({ detail: { snapshot } }) => {
  live = true;
  for (const [name, text] of texts) text.begin(snapshot.texts[name]);
  tellStatus();
});
root.addEventListener("room:event", ({ detail: { event, data } }) => {
  if (event === "text.written") texts.get(data.name)?.shared.take(decode(data.update));
  else if (event === "writer.at") writers.set(data.by, { who: data.who, name: data.name, at: Date.now() });
  else if (event === "room.closed") location.reload();
  if (event === "writer.at") tellWhere();
});
root.addEventListener("room:status", ({ detail: { state } }) => {
  live = state === "live" || state === "polling";
  if (live) for (const text of texts.values()) text.send();
  tellStatus();
});
root.addEventListener("room:role", ({ detail: { verbs } }) => {
  for (const text of texts.values()) text.shared.area.readOnly = !verbs.includes("text.write");
});
root.addEventListener("focusin", ({ target }) => target.dataset.shared && goTo(target.dataset.shared));
root.addEventListener("focusout", ({ target }) => target.dataset.shared && goTo(""));
setInterval(() => {
  if (at) goTo(at);
  tellWhere();
}, HERE);

for (const area of root.querySelectorAll("textarea[data-shared]")) {
  area.removeAttribute("name"); // its words go by the room, not by the form
  texts.set(area.dataset.shared, new Text(area));
}
root.classList.add("is-live");
room.connect();
