// What is said to those who listen to the page: politely, one sentence at a time, never the same twice running.

const PAUSE = 1_500;
let waiting = [];
let timer = null;

export function tell(sentence) {
  if (waiting.at(-1) !== sentence) waiting.push(sentence);
  waiting = waiting.slice(-3);
  timer ??= setTimeout(next, 150);
}

function next() {
  const region = document.getElementById("annonces");
  const sentence = waiting.shift();
  timer = sentence ? setTimeout(next, PAUSE) : null;
  if (region && sentence) region.textContent = sentence;
}
