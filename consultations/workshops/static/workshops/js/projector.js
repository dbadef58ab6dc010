// The room's big screen: no control, nothing to read closely, made to fit whatever it shows.

import { Room } from "../../live/js/room.js";
import { apply, emptyState, wholeState } from "./board.js";
import { Clock } from "./clock.js";
import { fill } from "./drawing.js";
import { fit } from "../../live/js/fit.js";
import { Fragment } from "./fragments.js";
import { scene } from "./projector-scenes.js";
import { currentStage } from "./reading.js";

const root = document.querySelector("[data-view=projector]");
const stageRegion = root.querySelector("[data-region=scene]");
const room = new Room({ path: `/direct/${root.dataset.room}/`, target: root, view: "projector" });
const clock = new Clock({ now: () => room.now(), tell: () => {} });
const screen = { state: emptyState(), presence: null, workshop: null };
const asked = root.querySelector("[data-region=polls]");
const polls = new Fragment(asked, drawSoon);
const joining = stageRegion.querySelector("[data-join]");
let drawing = 0;

function drawSoon() {
  drawing ||= requestAnimationFrame(() => {
    drawing = 0;
    draw();
  });
}

function draw() {
  if (!screen.workshop) return;
  const { name, drawn } = scene(screen, joining, asked.firstElementChild);
  root.dataset.scene = name;
  fill(stageRegion, ...drawn);
  clock.show(currentStage(screen.state));
  fit(stageRegion);
}

root.addEventListener("room:snapshot", ({ detail: { snapshot } }) => {
  if (screen.workshop) polls.refresh();
  screen.state = wholeState(snapshot);
  screen.workshop = snapshot.workshop;
  drawSoon();
});
root.addEventListener("room:event", ({ detail: { event, data } }) => {
  if (event === "poll_changed") polls.refresh();
  if (!event.startsWith("room.")) screen.state = apply(screen.state, data);
  drawSoon();
});
root.addEventListener("room:presence", ({ detail }) => {
  screen.presence = detail;
  drawSoon();
});
root.addEventListener("room:status", ({ detail: { state } }) => {
  root.dataset.connection = state;
});
addEventListener("resize", drawSoon);
document.fonts?.ready.then(drawSoon);
room.connect();
