// A participant's screen: the plain page, made live. Each region is drawn again from the state of the room.

import { Room } from "../../live/js/room.js";
import { listen } from "./asking.js";
import { apply, emptyState, wholeState } from "./board.js";
import { Clock } from "./clock.js";
import { expected } from "./expecting.js";
import { showConnection } from "./connection.js";
import { fill, h, icon, keepInSight } from "./drawing.js";
import { Fragment } from "./fragments.js";
import { forgetRoom, keepOwn, keepPage, ownOf } from "./offline.js";
import { board } from "./participant-board.js";
import { mine } from "./participant-cards.js";
import { signals } from "./participant-signals.js";
import { vote } from "./participant-vote.js";
import { write } from "./participant-write.js";
import { currentStage, shownStage, VOTING, WRITING } from "./reading.js";
import { stageCard } from "./stage.js";
import { tell } from "./telling.js";
import { say } from "./words.js";

const root = document.querySelector("[data-view=participant]");
const region = (name) => root.querySelector(`[data-region=${name}]`);
const room = new Room({ path: `/direct/${root.dataset.room}/`, target: root, view: "participant" });
const polls = new Fragment(region("polls"), refuse);
const clock = new Clock({ now: () => room.now(), tell });
const screen = { state: emptyState(), me: null, waiting: [], refusal: null, easyRead: "easyRead" in root.dataset };
let heard = emptyState(); // what the room said; `screen.state` adds what this device asked and waits for
let isKept = "shellPage" in root.dataset; // this page comes from the device: the room has not spoken yet
let known = null; // the stage last drawn, to say when it changes
let asked = 0;
let people = 1;

function drawSoon() {
  asked ||= requestAnimationFrame(async () => {
    screen.waiting = await room.pending().catch(() => []);
    asked = 0;
    keepInSight(draw);
  });
}

function draw() {
  if (!screen.me) return;
  screen.state = expected(heard, screen.waiting);
  const stage = shownStage(screen.state);
  root.dataset.kind = stage?.kind ?? "";
  fill(region("stage"), stageCard(screen.state, stage, screen));
  region("stage").dataset.stage = stage?.id ?? "";
  fill(region("action"), ...refusal(), ...action(stage));
  show("my-cards", mine(screen, stage, room));
  show("board", board(screen, stage));
  fill(region("signals"), signals(screen, stage));
  clock.show(currentStage(screen.state));
  sayChanges(stage);
  if (!isKept) keepOwn(root.dataset.room, heard, screen.me);
}

function action(stage) {
  if (!stage) return [];
  if (isKept && !WRITING.includes(stage.kind)) return [h("p.callout-line", { "data-key": "kept" }, say("wait_for_network"))];
  if (WRITING.includes(stage.kind)) return write(screen, stage);
  return VOTING.includes(stage.kind) ? vote(screen, stage) : [];
}

function refuse(message, text = "") {
  screen.refusal = message ? { message, text } : null;
  drawSoon();
}

function refusal() {
  if (!screen.refusal) return [];
  const lost = screen.refusal.text && h("p.as-written.lost-words", {}, screen.refusal.text);
  return [h("div.error-summary", { role: "alert", id: "refus", "data-key": "refus" }, h("p.error-summary-title", {}, icon("circle-alert"), screen.refusal.message), lost)];
}

function show(name, drawn) {
  region(name).hidden = drawn.length === 0;
  fill(region(name), ...drawn);
}

function sayChanges(stage) {
  const now = { id: stage?.id, open: stage?.contributions_open, revealed: stage?.revealed };
  if (known && known.id !== now.id && stage) tell(say("new_stage", { title: stage.title }));
  else if (known && stage && known.revealed !== now.revealed && now.revealed) tell(say("now_shown"));
  else if (known && stage && known.open !== now.open) tell(say(now.open ? "now_open" : "now_closed"));
  if (known && known.id !== now.id) screen.refusal = null;
  known = now;
}

async function ask(verb, data, source) {
  screen.refusal = null;
  const asking = room.do(verb, data);
  if (verb === "card.add") clearCard(source);
  if (verb === "card.edit") source.closest("details").open = false;
  drawSoon();
  await asking.catch(() => {}); // told by room:refused
}

function clearCard(form) {
  const box = form.querySelector("textarea");
  form.reset();
  box.value = "";
  box.focus({ preventScroll: true });
}

const SAID = { "card.add": "card_there", "card.edit": "card_changed", "card.withdraw": "card_withdrawn", "rank.set": "order_kept" };

root.addEventListener("room:snapshot", ({ detail: { snapshot } }) => {
  if (screen.me) polls.refresh(people);
  if (!screen.me || isKept) keepPage(root);
  isKept = false;
  heard = wholeState(snapshot);
  screen.me = snapshot.me;
  root.classList.add("is-live");
  drawSoon();
});
root.addEventListener("room:event", ({ detail: { event, data } }) => {
  if (event === "room.closed") leave();
  if (event === "poll_changed") polls.refresh(people);
  if (!event.startsWith("room.")) heard = apply(heard, data);
  drawSoon();
});
root.addEventListener("room:presence", ({ detail }) => {
  people = detail.total;
  fill(region("presence"), say("people", { n: detail.total }));
});
root.addEventListener("room:status", ({ detail }) => {
  showConnection(region("connection"), detail);
  if (detail.state === "closed" && detail.reason !== "left") forgetRoom(root.dataset.room, root.dataset.page);
  drawSoon();
});
root.addEventListener("room:ack", ({ detail: { verb, result } }) => {
  const words = verb === "card.add" && result.late ? "card_late" : SAID[verb];
  if (words) tell(say(words));
  drawSoon();
});
root.addEventListener("room:refused", ({ detail: { verb, data, message } }) => {
  const box = document.getElementById("texte");
  const back = verb === "card.add" && box && !box.value;
  if (back) box.value = data.text;
  refuse(message, verb === "card.add" && !back ? data.text : "");
});
root.addEventListener("click", ({ target }) => {
  if (target.closest("[data-easy-read]")) {
    screen.easyRead = true;
    draw();
  }
  if (target.closest("[data-next-person]")) nextPerson();
});

/** The tablet changes hands: what was being typed and unfolded is put away. */
function nextPerson() {
  for (const unfolded of root.querySelectorAll("details[open]")) unfolded.open = false;
  root.querySelector("#ecrire")?.reset();
  screen.refusal = null;
  draw();
  tell(say("your_turn"));
  (root.querySelector("#texte") ?? root.querySelector("#question")).focus();
}

async function leave() {
  await forgetRoom(root.dataset.room, root.dataset.page);
  location.assign(root.dataset.leave);
}

/** Without network: what this device knew of its own, under the same screen; the room replaces it once heard. */
function drawKept() {
  const own = isKept ? ownOf(root.dataset.room) : null;
  if (!own) return;
  heard = wholeState(own);
  screen.me = own.me;
  root.classList.add("is-live");
  drawSoon();
}

drawKept();
listen(root, ask);
room.connect();
