// What one's own votes, reactions and signals will be once the room has answered: a second press counts from
// the first, and a vote given without network is seen. Refused, it leaves the queue and is no longer expected.

import { apply } from "./board.js";

const PATCHES = {
  "vote.set": ({ stage, target, points, effort = null }) => {
    const id = `${stage}:${target}`;
    if (!Number(points)) return { drop: { votes: [id] } };
    return { put: { votes: [{ id, stage, target, points: Number(points), effort: effort && Number(effort) }] } };
  },
  "rank.set": ({ stage, targets }) => ({ put: { ranks: [{ id: stage, targets }] } }),
  "signal.set": ({ kind, on }) => (on ? { put: { signals: [{ id: kind, kind }] } } : { drop: { signals: [kind] } }),
  react: ({ card, kind, on }, state) => {
    const others = (state.reacted[card]?.kinds ?? []).filter((one) => one !== kind);
    return { put: { reacted: [{ id: card, kinds: on ? [...others, kind] : others }] } };
  },
};

export function expected(state, waiting) {
  return waiting.reduce((seen, { do: verb, data }) => (PATCHES[verb] ? apply(seen, PATCHES[verb](data, seen)) : seen), state);
}
