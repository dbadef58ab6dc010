// Plays logs on the browser's reducer: one JSON line asks, one answers. Used by test_browser_state.py.
import { createInterface } from "node:readline";

const folder = new URL(`file://${process.argv[2]}/`);
const { apply, wholeState } = await import(new URL("board.js", folder));
const { choicesOf, columnsOf } = await import(new URL("reading.js", folder));

for await (const line of createInterface({ input: process.stdin })) {
  const { snapshot, payloads, stages } = JSON.parse(line);
  const state = payloads.reduce(apply, snapshot.state ? wholeState(snapshot) : snapshot);
  const seen = stages.map((key) => {
    const stage = state.stages[key];
    const columns = columnsOf(state, stage).map(({ group, cards }) => [group?.id ?? null, cards.map(({ id }) => id)]);
    return { columns, choices: stage.settings.targets ? choicesOf(state, stage, { seesAll: true }).map(({ key }) => key) : [] };
  });
  console.log(JSON.stringify({ state, seen }));
}
