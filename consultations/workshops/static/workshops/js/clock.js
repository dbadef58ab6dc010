// The stage's clock, drawn from the server's: a phone's own may be wrong by hours.
// Said aloud at five minutes and at one minute only, and when minutes are added.

import { say } from "./words.js";

const SAID_AT = [300, 60];

/** Seconds left, null when the stage has no clock. */
export function secondsLeft(stage, now) {
  if (!stage || !["running", "paused"].includes(stage.state)) return null;
  if (stage.state === "paused") return stage.seconds_left ?? 0;
  return stage.ends_at ? Math.round((Date.parse(stage.ends_at) - now) / 1000) : null;
}

export function spelled(seconds) {
  const minutes = Math.floor(seconds / 60);
  return `${minutes}:${String(seconds % 60).padStart(2, "0")}`;
}

/** Draws the time left in every `[data-clock]`, once a second. */
export class Clock {
  constructor({ now, tell }) {
    this.now = now;
    this.tell = tell;
    this.stage = null;
    this.before = null;
    setInterval(() => this.tick(), 1_000);
  }

  show(stage) {
    const same = stage && this.stage?.id === stage.id;
    const gained = same && secondsLeft(stage, this.now()) - secondsLeft(this.stage, this.now());
    if (gained >= 30) this.tell(say("extended", { n: Math.round(gained / 60) }));
    if (!same) this.before = null;
    this.stage = stage;
    this.tick();
  }

  tick() {
    const left = secondsLeft(this.stage, this.now());
    for (const place of document.querySelectorAll("[data-clock]")) this.#draw(place, left);
    if (left === null || this.stage.state === "paused") return;
    const reached = SAID_AT.find((limit) => this.before !== null && this.before > limit && left <= limit);
    if (reached) this.tell(say("minutes_left", { n: reached / 60 }));
    this.before = left;
  }

  #draw(place, left) {
    const paused = this.stage?.state === "paused";
    place.hidden = left === null;
    place.toggleAttribute("data-paused", paused);
    place.toggleAttribute("data-last", left !== null && left <= 60 && !paused);
    const time = place.querySelector("[data-time]");
    const how = place.querySelector("[data-how]");
    write(time, left === null ? "" : spelled(Math.max(0, left)));
    write(how, paused ? say("paused") : left !== null && left <= 0 ? say("time_is_up") : "");
  }
}

function write(element, words) {
  if (element && element.textContent !== words) element.textContent = words;
}
