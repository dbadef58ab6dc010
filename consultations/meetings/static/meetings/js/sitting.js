// A sitting's page kept up to date: when the room says that something changed, the page is asked for again and
// its regions are put in place. What someone is typing is never replaced. Without JavaScript, reload the page.

import { Room } from "../../live/js/room.js";

const root = document.querySelector("[data-sitting]");
const room = new Room({ path: `/direct/${root.dataset.room}/`, target: root, view: root.dataset.view ?? "" });
const SPREAD = 400; // milliseconds: phones do not ask all at once
let timer = null;
let leaving = false; // a form was sent: the page that answers is already on its way

addEventListener("submit", () => (leaving = true));
addEventListener("pageshow", () => (leaving = false));

function refreshSoon() {
  clearTimeout(timer);
  timer = setTimeout(refresh, 60 + Math.random() * SPREAD);
}

async function refresh() {
  const answer = await fetch(location.href, { cache: "no-store" }).catch(() => null);
  if (!answer?.ok || leaving) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!page.querySelector("[data-sitting]")) return location.reload(); // the meeting is over
  for (const region of root.querySelectorAll("[data-region]")) {
    const fresh = page.querySelector(`[data-region="${region.dataset.region}"]`);
    if (!fresh || same(region, fresh) || isBusy(region)) continue;
    region.replaceChildren(...fresh.childNodes);
  }
  root.dispatchEvent(new CustomEvent("sitting:drawn"));
}

/** Hidden fields are drawn anew with each page: only what is shown counts. */
function same(region, fresh) {
  const shown = (node) => node.textContent.replace(/\s+/g, " ") + node.querySelectorAll("button").length;
  return shown(region) === shown(fresh);
}

function isBusy(region) {
  const focused = document.activeElement;
  return region.contains(focused) && focused.matches("input, textarea, select");
}

let state = null;
root.addEventListener("room:snapshot", ({ detail: { snapshot } }) => {
  if (state !== null) refreshSoon();
  state = snapshot.state;
});
root.addEventListener("room:event", ({ detail: { event, data } }) => {
  if (leaving) return;
  if (event === "room.closed" || data.part === "meeting") return location.reload();
  if (!root.dataset.view && ["item", "vote"].includes(data.part) && !typing()) return location.reload();
  refreshSoon();
});

function typing() {
  return document.activeElement?.matches("input, textarea, select") || [...root.querySelectorAll("textarea")].some((box) => box.value !== box.defaultValue);
}

room.connect();
