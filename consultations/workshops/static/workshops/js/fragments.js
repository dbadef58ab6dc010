// Polls are drawn by the server, under the rules of polls: when one changes, its region is asked for again.
// A large room does not ask all at once.

import { fill, keepInSight } from "./drawing.js";

const EACH = 8; // milliseconds by person in the room
const LONGEST = 8_000;

export class Fragment {
  constructor(region, refused) {
    this.region = region;
    this.refused = refused;
    this.timer = null;
    region?.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send(event.target, event.submitter);
    });
  }

  /** Ask again, within a time that suits the number of people. */
  refresh(people = 1) {
    if (!this.region) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#ask(), 100 + Math.random() * Math.min(people * EACH, LONGEST));
  }

  async #ask() {
    const answer = await fetch(location.href, { cache: "no-store" }).catch(() => null);
    if (answer?.ok) this.#show(await answer.text());
  }

  async #send(form, button) {
    const body = new FormData(form, button);
    const answer = await fetch(form.action, { method: "POST", body }).catch(() => null);
    if (!answer) return this.refused(form.closest("[data-view]").dataset.offline);
    this.#show(await answer.text());
  }

  #show(html) {
    const page = new DOMParser().parseFromString(html, "text/html");
    const name = this.region.dataset.region;
    const fresh = page.querySelector(`[data-region=${name}]`);
    if (fresh) {
      this.region.hidden = fresh.hidden;
      keepInSight(() => fill(this.region, ...fresh.childNodes));
    }
    this.refused(page.querySelector("#erreurs")?.textContent.trim() ?? "");
  }
}
