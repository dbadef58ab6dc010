// How a room is reached: a socket, or plain requests every few seconds where no socket passes.
// A line says what it hears (`onmessage`) and how it stands (`onchange`: "up", "down" or a closing code).

export const FORBIDDEN = 4403;
export const NOT_FOUND = 4404;
const SILENCE = 25_000; // after which we ask whether someone is there
const ANSWER = 8_000; // within which an answer is expected
const POLL = 3_000;

/** A WebSocket that is watched: one that went silent is replaced rather than trusted. */
export class Socket {
  constructor(address, { onmessage, onchange }) {
    this.onmessage = onmessage;
    this.onchange = onchange;
    this.wire = new WebSocket(address);
    this.wire.onmessage = ({ data }) => this.#hear(data);
    this.wire.onclose = ({ code }) => this.#end(code);
    this.timer = setTimeout(() => this.close(), ANSWER);
  }

  get isOpen() {
    return this.wire?.readyState === WebSocket.OPEN;
  }

  send(message) {
    if (this.isOpen) this.wire.send(JSON.stringify(message));
  }

  /** Ask for a sign of life now: the page comes back from sleep, or the network changed. */
  check() {
    if (!this.isOpen) return;
    this.send({ ping: Math.round(performance.now()) });
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.close(), ANSWER);
  }

  close() {
    const { wire } = this;
    if (!wire) return;
    wire.onclose = null;
    wire.onmessage = null;
    wire.close();
    this.#end(1006);
  }

  #hear(data) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.check(), SILENCE);
    const message = JSON.parse(data);
    for (const part of message.batch ?? [message]) this.onmessage(part);
  }

  #end(code) {
    clearTimeout(this.timer);
    if (!this.wire) return;
    this.wire = null;
    this.onchange(code);
  }
}

/** The same words over HTTP. */
export class Polling {
  constructor(path, { csrf, query, seq, onmessage, onchange }) {
    Object.assign(this, { path, csrf, query, seq, onmessage, onchange, isOpen: true });
    this.#turn();
  }

  async #turn() {
    if (!this.isOpen) return;
    clearTimeout(this.timer);
    try {
      const answer = await fetch(`${this.path}depuis/${this.seq()}/?${this.query}`, { cache: "no-store" });
      if (answer.status === 403) return this.#end(FORBIDDEN);
      if (answer.status === 404) return this.#end(NOT_FOUND);
      if (!answer.ok) throw new Error(String(answer.status));
      if (this.isOpen) this.#tell(await answer.json());
    } catch {
      this.onchange("down");
    }
    if (this.isOpen) this.timer = setTimeout(() => this.#turn(), POLL * (0.8 + 0.4 * Math.random()));
  }

  #tell({ snapshot, events = [], seq, now, role }) {
    this.onchange("up");
    this.onmessage({ clock: now });
    if (snapshot) this.onmessage({ snapshot, seq, now });
    for (const event of events) this.onmessage(event);
    this.onmessage({ place: seq });
    this.onmessage({ role });
  }

  async send(message) {
    if (!message.do) return;
    try {
      const headers = { "Content-Type": "application/json", "X-CSRFToken": this.csrf() };
      const body = JSON.stringify(message);
      const answer = await fetch(`${this.path}agir/?${this.query}`, { method: "POST", headers, body });
      this.onmessage(await answer.json());
      this.#turn();
    } catch {
      this.onmessage({ refused: message.id, code: "failed", message: "" }); // stays in the queue
    }
  }

  check() {
    this.#turn();
  }

  close() {
    this.#end(1000);
  }

  #end(code) {
    clearTimeout(this.timer);
    if (!this.isOpen) return;
    this.isOpen = false;
    this.onchange(code);
  }
}
