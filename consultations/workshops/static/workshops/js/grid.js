// The effort × effect grid, drawn; the list next to it says the same in words.

import { h } from "./drawing.js";
import { say } from "./words.js";

const SIZE = 320;
const EDGE = 34;

/** `points` are `{ key, label, effort, effect, mine }`, from 1 to `steps`. */
export function grid(points, steps) {
  const inner = SIZE - 2 * EDGE;
  const place = (value) => EDGE + ((value - 1) / (steps - 1)) * inner;
  const lines = Array.from({ length: steps }, (_item, index) => place(index + 1));
  const middle = SIZE / 2;
  return h(
    "svg.effort-grid",
    { viewBox: `0 0 ${SIZE} ${SIZE}`, role: "img", "aria-label": say("grid_label"), focusable: "false" },
    h("rect", { x: EDGE, y: EDGE, width: inner / 2, height: inner / 2, class: "grid-first" }),
    lines.map((at) => h("line", { x1: at, y1: EDGE, x2: at, y2: SIZE - EDGE, class: "grid-line" })),
    lines.map((at) => h("line", { x1: EDGE, y1: at, x2: SIZE - EDGE, y2: at, class: "grid-line" })),
    h("text", { x: middle, y: SIZE - 8, "text-anchor": "middle" }, say("effort")),
    h("text", { x: 14, y: middle, "text-anchor": "middle", transform: `rotate(-90 14 ${middle})` }, say("effect")),
    points.map((point) => mark(point, place(point.effort), SIZE - place(point.effect))),
  );
}

function mark({ number, mine }, x, y) {
  return h(
    "g",
    { class: mine ? "grid-point mine" : "grid-point" },
    h("circle", { cx: x.toFixed(1), cy: y.toFixed(1), r: 12 }),
    h("text", { x: x.toFixed(1), y: (y + 5).toFixed(1), "text-anchor": "middle" }, String(number)),
  );
}

/** The points of the choices that have a place: the room's means, or one's own. */
export function pointsOf(choices, { own = false } = {}) {
  return choices
    .map((choice, index) => ({ choice, number: index + 1 }))
    .filter(({ choice }) => (own ? choice.points && choice.effort : choice.total))
    .map(({ choice, number }) => ({
      number,
      mine: own,
      effort: own ? choice.effort : choice.total.effort / choice.total.voters,
      effect: own ? choice.points : choice.total.points / choice.total.voters,
    }));
}
