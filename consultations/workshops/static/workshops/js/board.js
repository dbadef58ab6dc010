// What every screen keeps of a room, and how an event changes it: the mirror of `board/state.py`, held to it
// by a test that plays the same logs on both. Pure: a state is never changed, another one is given.

export const COLLECTIONS = [
  "board",
  "stages",
  "cards",
  "groups",
  "tallies",
  "counts",
  "votes",
  "ranks",
  "reactions",
  "reacted",
  "signals",
  "polls",
  "voted",
  "undoable",
];

export function emptyState() {
  return Object.fromEntries(COLLECTIONS.map((name) => [name, {}]));
}

/** The state after an event: forget (`clear`, `drop`), add or complete (`put`), change what is known (`set`). */
export function apply(state, { put = {}, set = {}, drop = {}, clear = [] }) {
  const after = Object.fromEntries(Object.entries(state).map(([name, items]) => [name, { ...items }]));
  for (const { collection, field, value } of clear) {
    for (const [key, item] of Object.entries(after[collection])) {
      if (item[field] === value) delete after[collection][key];
    }
  }
  for (const [name, keys] of Object.entries(drop)) for (const key of keys) delete after[name][key];
  for (const [name, items] of Object.entries(put)) {
    for (const item of items) after[name][item.id] = { ...after[name][item.id], ...item };
  }
  for (const [name, items] of Object.entries(set)) {
    for (const item of items) if (item.id in after[name]) after[name][item.id] = { ...after[name][item.id], ...item };
  }
  return after;
}

/** The state a snapshot gives: what all see, completed by what is one's own. */
export function wholeState({ state, own = {} }) {
  return Object.fromEntries(COLLECTIONS.map((name) => [name, { ...state[name], ...own[name] }]));
}
