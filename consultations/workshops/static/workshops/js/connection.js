// How the page stands with the room, in words.

import { h, icon, fill } from "./drawing.js";
import { say } from "./words.js";

const PICTOGRAMS = { live: "check", polling: "refresh-cw", connecting: "refresh-cw", offline: "wifi", closed: "lock" };

export function showConnection(region, { state, waiting, reason }) {
  if (!region) return;
  const cut = state === "offline" || (state === "connecting" && waiting > 0);
  const key = state === "closed" && reason === "forbidden" ? "connection_lost_place" : `connection_${state}`;
  const words = cut && waiting ? say("kept", { n: waiting }) : say(key);
  region.dataset.state = state;
  fill(region, h("span.connection", {}, icon(PICTOGRAMS[state]), words));
}
