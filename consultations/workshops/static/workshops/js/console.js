// The facilitator's console: the plain page, made live. Several may lead at once; a refusal says what changed.

import { Room } from "../../live/js/room.js";
import { listen } from "./asking.js";
import { apply, emptyState, wholeState } from "./board.js";
import { Clock } from "./clock.js";
import { showConnection } from "./connection.js";
import { board } from "./console-board.js";
import { makeDraggable } from "./console-drag.js";
import { enter } from "./console-enter.js";
import { late } from "./console-late.js";
import { calls, people } from "./console-people.js";
import { projection } from "./console-projection.js";
import { scenario } from "./console-scenario.js";
import { stagePanel } from "./console-stage.js";
import { Tools } from "./console-tools.js";
import { fill, h, icon, keepInSight } from "./drawing.js";
import { Fragment } from "./fragments.js";
import { currentStage } from "./reading.js";
import { tell } from "./telling.js";
import { say } from "./words.js";

const root = document.querySelector("[data-view=facilitator]");
const region = (name) => root.querySelector(`[data-region=${name}]`);
const room = new Room({ path: `/direct/${root.dataset.room}/`, target: root });
const clock = new Clock({ now: () => room.now(), tell });
const screen = { state: emptyState(), presence: null, ready: false, colleges: [] };
const polls = new Fragment(region("polls"), refuse);
const tools = new Tools(document.getElementById("outils"), screen);
let asked = 0;
let floor = 0;
let leaving = false; // the workshop is being ended from here: the page that answers is already on its way

function drawSoon() {
  asked ||= requestAnimationFrame(() => {
    asked = 0;
    if (screen.ready) keepInSight(draw);
  });
}

function draw() {
  const stage = currentStage(screen.state);
  fill(region("stage"), ...stagePanel(screen, stage));
  fill(region("presence"), ...people(screen));
  fill(region("signals"), ...calls(screen));
  fill(region("projection"), ...projection(screen));
  show("late", late(screen));
  fill(region("board"), ...board(screen));
  show("enter", enter(screen, stage));
  fill(region("scenario"), ...scenario(screen));
  tools.draw();
  clock.show(stage);
}

function show(name, drawn) {
  region(name).hidden = drawn.length === 0;
  fill(region(name), ...drawn);
}

function refuse(message) {
  const close = h("button.btn.quiet.small", { type: "button", "data-close-refusal": true }, icon("x"), say("close"));
  const box = h("div.error-summary", { role: "alert", "data-key": "refus" }, h("p.error-summary-title", {}, message), close);
  fill(region("refusal"), ...(message ? [box] : []));
}

const SAID = { undo: "undone", "card.add_for": "card_there", "card.hide": "card_hidden_said" };

async function ask(verb, data, source) {
  refuse("");
  const typed = source.tagName === "FORM" && ["card.add_for", "group.create"].includes(verb) ? source : null;
  await room.do(verb, data).then((result) => {
    if (result.already) tell(say("already"));
    else tell(say(SAID[verb] ?? "done"));
    typed?.reset();
    tools.done(verb);
  }, () => {});
}

root.addEventListener("room:snapshot", ({ detail: { snapshot } }) => {
  if (screen.ready) polls.refresh();
  screen.state = wholeState(snapshot);
  screen.colleges = snapshot.workshop.colleges;
  screen.ready = true;
  root.classList.add("is-live");
  drawSoon();
});
root.addEventListener("room:event", ({ detail: { event, data } }) => {
  if (event === "room.closed") return leaving || location.reload();
  if (event === "poll_changed") polls.refresh();
  if (!event.startsWith("room.")) screen.state = apply(screen.state, data);
  const called = Object.values(screen.state.signals).filter(({ kind }) => kind === "floor" || kind === "hand").length;
  if (called > floor) tell(say("called", { n: called }));
  floor = called;
  drawSoon();
});
root.addEventListener("room:presence", ({ detail }) => {
  screen.presence = detail;
  drawSoon();
});
root.addEventListener("room:status", ({ detail }) => showConnection(region("connection"), detail));
root.addEventListener("room:refused", ({ detail }) => {
  tools.refused(detail.message);
  refuse(detail.message);
});
root.addEventListener("click", ({ target }) => {
  if (target.closest("[data-close-refusal]")) refuse("");
  const opener = target.closest("[data-tools]");
  if (opener) tools.open(opener.dataset.tools, opener.dataset.toolsKey);
});

addEventListener("submit", (event) => (leaving = !event.defaultPrevented));
addEventListener("pageshow", () => (leaving = false));
listen(root, ask);
makeDraggable(root, (card, group) => room.do("group.move", { card, group }).catch(() => {}));
room.connect();
