// A live room as a page uses it (`docs/live-protocol.md`). Events are dispatched on `target`, as CustomEvents:
//   room:snapshot {snapshot, seq}      replace everything drawn
//   room:event    {event, data, seq}   one more thing happened; in order, each once
//   room:role     {role, verbs}        what may be done has changed
//   room:presence {total, by_college, ready}
//   room:status   {state, waiting}     state: connecting, live, polling, offline, closed (with `reason`)
//   room:ack      {id, verb, data, result}     a thing asked (now or before a reload) is done
//   room:refused  {id, verb, data, code, message}
//
//   const room = new Room({ path: "/direct/<room id>/", target: element });
//   room.connect();
//   const result = await room.do("card.add", { text: "…" });   // throws Refused; waits as long as it takes

import { FORBIDDEN, NOT_FOUND, Polling, Socket } from "./line.js";
import { Outbox } from "./outbox.js";

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 15_000;
const FAILURES_BEFORE_POLLING = 3;
const SOCKET_AGAIN = 30_000;
const AGAIN = new Set(["too_fast", "failed"]); // not an answer to the person: sent again a little later
const REFUSED_AGAIN = 2_000;

/** `crypto.randomUUID` exists on https and localhost only; a hall's own network may be neither. */
function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

export class Refused extends Error {
  constructor({ code, message }) {
    super(message);
    this.code = code;
  }
}

export class Room {
  #line = null;
  #outbox;
  #sent = null; // the item sent and not answered yet: one at a time, so that order is kept
  #promises = new Map();
  #failures = 0;
  #pause = FIRST_PAUSE;
  #passed = false; // a socket did, since the last time we went without one
  #timer = null;
  #offset = 0;
  #greeted = false;
  #cut = false;
  #stopped = true;

  constructor({ path, target = document, view = "", language = document.documentElement.lang, csrf } = {}) {
    this.path = path;
    this.target = target;
    this.query = new URLSearchParams({ ...(view && { vue: view }), ...(language && { langue: language }) });
    this.csrf = csrf ?? (() => document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "");
    this.seq = 0;
    this.state = "connecting";
    this.verbs = new Set();
    this.#outbox = new Outbox(path);
  }

  /** Enter the room and stay in it, whatever happens to the network, until `close`. */
  connect() {
    if (!this.#stopped) return;
    this.#stopped = false;
    addEventListener("online", this.#wake);
    addEventListener("offline", this.#note);
    addEventListener("pageshow", this.#wake);
    document.addEventListener("visibilitychange", this.#wake);
    this.#open();
  }

  /** Leave. What was not sent stays in the queue for the next visit. */
  close(reason = "left") {
    this.#stopped = true;
    clearTimeout(this.#timer);
    removeEventListener("online", this.#wake);
    removeEventListener("offline", this.#note);
    removeEventListener("pageshow", this.#wake);
    document.removeEventListener("visibilitychange", this.#wake);
    this.#line?.close();
    this.#line = null;
    this.#stand("closed", { reason });
  }

  /** Ask for an action. Kept before it is sent; ends when the server has answered, now or after a long cut. */
  async do(verb, data = {}, id = newId()) {
    const answered = new Promise((resolve, reject) => this.#promises.set(id, { resolve, reject }));
    answered.catch(() => {}); // who does not wait hears room:refused
    await this.#outbox.add({ id, do: verb, data, who: this.participant ?? null });
    this.#stand(this.state);
    this.#sendNext();
    return answered;
  }

  /** What waits to be sent, oldest first, to draw it as such. */
  pending() {
    return this.#outbox.all();
  }

  /** The server's clock, in milliseconds: for timers, since a phone's clock may be wrong by hours. */
  now() {
    return Date.now() + this.#offset;
  }

  #open() {
    clearTimeout(this.#timer);
    if (this.#stopped) return;
    this.#sent = null;
    this.#greeted = false;
    if (this.#failures >= FAILURES_BEFORE_POLLING || !("WebSocket" in globalThis)) return this.#poll();
    this.#stand(navigator.onLine === false ? "offline" : "connecting");
    const address = new URL(`${this.path}?${this.query}`, location.href);
    address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
    this.#use((hooks) => new Socket(address, hooks));
  }

  /** No socket passes here: plain requests, and a socket tried again from time to time. */
  #poll() {
    const options = { csrf: this.csrf, query: this.query, seq: () => this.seq };
    this.#greeted = true;
    this.#cut = this.#passed; // then the server was away: once it answers, a socket is tried at once
    this.#passed = false;
    this.#use((hooks) => new Polling(this.path, { ...options, ...hooks }));
    this.#timer = setTimeout(() => {
      this.#failures = FAILURES_BEFORE_POLLING - 1;
      this.#line?.close();
    }, SOCKET_AGAIN);
  }

  #use(make) {
    let line = null;
    const current = (call) => (value) => line === this.#line && call(value);
    line = make({ onmessage: current((part) => this.#hear(part)), onchange: current((how) => this.#changed(how)) });
    this.#line = line;
  }

  #changed(how) {
    if (how === "up") return this.#polled();
    if (how === "down") {
      this.#cut = true;
      return this.#stand("offline");
    }
    if (how === FORBIDDEN) return this.close("forbidden");
    if (how === NOT_FOUND) return this.close("not_found");
    const polled = this.#line instanceof Polling;
    this.#line = null;
    this.#sent = null;
    if (!this.#greeted && navigator.onLine !== false) this.#failures += 1;
    this.#stand(navigator.onLine === false ? "offline" : "connecting");
    this.#timer = setTimeout(() => this.#open(), polled ? 0 : this.#pause * (0.5 + Math.random()));
    this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE);
  }

  /** Requests pass: when nothing did before, the cut is over and a socket may pass again. */
  #polled() {
    if (!this.#cut) return this.#up("polling");
    this.#cut = false;
    this.#failures = FAILURES_BEFORE_POLLING - 1;
    this.#line.close();
  }

  #up(state) {
    this.#stand(state);
    this.#sendNext();
  }

  #wake = () => {
    if (document.visibilityState === "hidden" || this.#stopped) return;
    this.#pause = FIRST_PAUSE;
    if (this.#line) this.#line.check();
    else this.#open();
  };

  #note = () => this.#stand("offline");

  #hear(part) {
    if ("now" in part) this.#offset = part.now - Date.now();
    if ("clock" in part) this.#offset = part.clock - Date.now();
    if ("welcome" in part) this.#welcome(part.welcome);
    else if ("snapshot" in part) this.#draw(part);
    else if ("event" in part) this.#happen(part);
    else if ("place" in part) this.seq = Math.max(this.seq, part.place);
    else if ("ack" in part) this.#answer(part.ack, part);
    else if ("refused" in part) this.#refuse(part);
    else if ("role" in part) this.#become(part.role);
    else if ("presence" in part) this.#tell("presence", part.presence);
    else if ("pong" in part && this.state === "offline" && navigator.onLine) this.#up("live"); // the socket outlived the cut
    else if ("resync" in part) this.#line?.close();
  }

  #welcome(welcome) {
    this.#offset = welcome.now - Date.now();
    this.#greeted = true;
    this.#failures = 0;
    this.#pause = FIRST_PAUSE;
    this.#passed = !(this.#line instanceof Polling);
    if (this.role !== undefined && this.role !== welcome.role) this.seq = 0;
    this.role = welcome.role;
    this.participant = welcome.participant;
    this.#become(welcome);
    this.#line.send({ hello: { seq: this.seq } });
    this.#up("live");
  }

  #draw({ snapshot, seq }) {
    this.seq = seq;
    this.#tell("snapshot", { snapshot, seq });
  }

  #happen({ event, data, seq }) {
    if (seq <= this.seq) return;
    this.seq = seq;
    this.#tell("event", { event, data, seq });
  }

  #become({ role, verbs }) {
    const asAnother = this.role !== undefined && this.role !== role;
    const same = !asAnother && verbs.length === this.verbs.size && verbs.every((verb) => this.verbs.has(verb));
    this.role = role;
    this.verbs = new Set(verbs);
    if (!same) this.#tell("role", { role, verbs });
    if (asAnother) this.#line?.send({ hello: { seq: 0 } }); // another role sees another room
  }

  async #sendNext() {
    if (this.#sent || !this.#greeted || !this.#line?.isOpen) return;
    this.#sent = { id: null }; // the queue is read once at a time
    const waiting = await this.#outbox.all();
    const item = waiting.find(({ who }) => !who || !this.participant || who === this.participant);
    if (!this.#line?.isOpen || !item) {
      this.#sent = null;
      return;
    }
    this.#sent = item;
    this.#line.send({ id: item.id, do: item.do, data: item.data });
  }

  async #answer(id, { result }) {
    await this.#settle(id, (item, promise) => {
      this.#tell("ack", { id, verb: item.do, data: item.data, result });
      promise?.resolve(result);
    });
  }

  async #refuse({ refused, code, message }) {
    const id = refused ?? this.#sent?.id;
    if (AGAIN.has(code)) {
      setTimeout(() => {
        this.#sent = null;
        this.#sendNext();
      }, REFUSED_AGAIN);
      return;
    }
    await this.#settle(id, (item, promise) => {
      this.#tell("refused", { id, verb: item.do, data: item.data, code, message });
      promise?.reject(new Refused({ code, message }));
    });
  }

  async #settle(id, end) {
    const item = this.#sent;
    if (!item?.id || item.id !== id) return;
    await this.#outbox.remove(item);
    end(item, this.#promises.get(id));
    this.#promises.delete(id);
    this.#sent = null;
    this.#stand(this.state);
    this.#sendNext();
  }

  async #stand(state, more = {}) {
    this.state = state;
    const waiting = (await this.#outbox.all()).length;
    this.#tell("status", { state: this.state, waiting, ...more });
  }

  #tell(name, detail) {
    this.target.dispatchEvent(new CustomEvent(`room:${name}`, { detail }));
  }
}
