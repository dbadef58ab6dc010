// What the screens read in a state: the stage under way, its columns of cards, what may be voted on.
// The mirror of `screens.py`; the server decides what is allowed, this only draws it.

export const WRITING = ["write", "feedback"];
export const VOTING = ["dots", "scores", "grid", "rank"];

const byOrder = (one, other) => one.order - other.order || (one.id < other.id ? -1 : 1);

export function stagesOf(state) {
  return Object.values(state.stages).sort(byOrder);
}

export function isCurrent(stage) {
  return stage.state === "running" || stage.state === "paused";
}

/** The stage the room is in, its place among the others, and null between two stages. */
export function currentStage(state) {
  return Object.values(state.stages).find(isCurrent) ?? null;
}

/** The stage to show: the one under way, else the last one that ended. */
export function shownStage(state) {
  return currentStage(state) ?? stagesOf(state).findLast((stage) => stage.state === "closed") ?? null;
}

export function cardsOf(state) {
  return Object.values(state.cards).sort(byOrder);
}

export function isKept(card) {
  return !card.hidden && card.late !== "waiting";
}

/** The writing stages whose cards a stage works on: its source's, or every one before it. */
export function writtenIn(state, stage) {
  if (WRITING.includes(stage.kind)) return [stage];
  const source = stage.source && state.stages[stage.source];
  if (source && source.order < stage.order) return writtenIn(state, source);
  return stagesOf(state).filter((other) => other.order < stage.order && other.kind === "write");
}

/** Groups with their cards, then the cards not put together yet (`group` is null). */
export function columnsOf(state, stage) {
  const written = new Set(writtenIn(state, stage).map(({ id }) => id));
  const inside = new Map();
  for (const card of cardsOf(state)) {
    if (!written.has(card.stage) || !isKept(card)) continue;
    const key = state.groups[card.group] ? card.group : null;
    inside.set(key, [...(inside.get(key) ?? []), card]);
  }
  const own = [stage.id, stage.source];
  const shown = groupsOf(state).filter((group) => inside.has(group.id) || own.includes(group.stage));
  const columns = shown.map((group) => ({ group, cards: inside.get(group.id) ?? [] }));
  return inside.has(null) ? [...columns, { group: null, cards: inside.get(null) }] : columns;
}

export function groupsOf(state) {
  return Object.values(state.groups).sort(byOrder);
}

/** What may be voted on: groups, with the cards left alone; or the cards themselves.
 *  Who does not see every card cannot tell an empty group from one whose cards are not shown yet. */
export function choicesOf(state, stage, { seesAll = false } = {}) {
  const columns = columnsOf(state, stage);
  const cards = columns.flatMap((column) => column.cards);
  if (stage.settings.targets === "cards") return cards.map((card) => choice(state, stage, card.id, card.text, []));
  const unseen = !seesAll && writtenIn(state, stage).some((written) => !written.revealed);
  const named = columns.filter(({ group, cards: held }) => group && (held.length || unseen));
  const alone = columns.find(({ group }) => group === null)?.cards ?? [];
  return [
    ...named.map(({ group, cards: held }) => choice(state, stage, group.id, group.name, held)),
    ...alone.map((card) => choice(state, stage, card.id, card.text, [])),
  ];
}

function choice(state, stage, key, label, cards) {
  const id = `${stage.id}:${key}`;
  const { points = 0, effort = null } = state.votes[id] ?? {};
  return { key, label, cards, points, effort, total: state.tallies[id] ?? null };
}

/** The choices with their totals, the most chosen first; those nobody chose last. */
export function ranking(choices, kind) {
  const weight = ({ total }) => {
    if (!total) return -1;
    return kind === "scores" || kind === "grid" ? total.points / total.voters : total.points;
  };
  return [...choices].sort((one, other) => weight(other) - weight(one));
}

export function myCards(state, stage) {
  const mine = cardsOf(state).filter((card) => card.mine);
  return stage && WRITING.includes(stage.kind) ? mine.filter((card) => card.stage === stage.id) : mine;
}

export function mayWrite(stage) {
  return Boolean(stage && isCurrent(stage) && WRITING.includes(stage.kind) && stage.contributions_open);
}

export function mayVote(stage) {
  return Boolean(stage && isCurrent(stage) && VOTING.includes(stage.kind) && stage.contributions_open);
}

/** Dots this device may still give. */
export function dotsLeft(state, stage, headcount) {
  const votes = Object.values(state.votes).filter((vote) => vote.stage === stage.id);
  return stage.settings.dots * headcount - votes.reduce((sum, vote) => sum + vote.points, 0);
}
