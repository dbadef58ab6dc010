// What was typed and not acknowledged yet, kept on the device at each letter: a closed tab or a dead battery loses
// nothing. Bytes travel and are kept in base64.

import { mergeUpdates } from "../../vendor/yjs.js";

export function encode(bytes) {
  let text = "";
  for (let start = 0; start < bytes.length; start += 8192) text += String.fromCharCode(...bytes.subarray(start, start + 8192));
  return btoa(text);
}

export function decode(text) {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

const joined = (updates) => {
  const some = updates.filter(Boolean);
  return some.length > 1 ? mergeUpdates(some) : (some[0] ?? null);
};

/** The changes of one text by one account: what is being sent, and what waits. Lives as long as the page where
 * nothing may be kept. What another tab left is taken over: a change that is sent twice is made once. */
export class Kept {
  #sending = null;
  #waiting = null;

  constructor(prefix) {
    this.key = `${prefix}:${Math.random().toString(36).slice(2)}`;
    try {
      const left = Object.keys(localStorage).filter((key) => key.startsWith(`${prefix}:`));
      this.#waiting = joined(left.map((key) => decode(localStorage.getItem(key))));
      this.#write();
      for (const key of left) localStorage.removeItem(key);
    } catch {
      // the browser forbids it
    }
  }

  get all() {
    return joined([this.#sending, this.#waiting]);
  }

  add(update) {
    this.#waiting = joined([this.#waiting, update]);
    this.#write();
  }

  /** What is to be sent now, as one change; null when there is nothing. */
  next() {
    this.#sending = this.all;
    this.#waiting = null;
    return this.#sending;
  }

  /** What `next` gave was acknowledged. */
  done() {
    this.#sending = null;
    this.#write();
  }

  clear() {
    this.#waiting = null;
    this.done();
  }

  #write() {
    try {
      const { all } = this;
      if (all) localStorage.setItem(this.key, encode(all));
      else localStorage.removeItem(this.key);
    } catch {
      // the disk is full, or the browser forbids it
    }
  }
}
