// Questions that depend on others come and go as answers change. Which ones apply is decided by the server,
// with the same code as at sending; without this module the page does it when it is sent or updated.

const form = document.querySelector("[data-live-questions]");
const aside = new Map(); // questions taken away, with what they hold, in case they apply again
let waiting = null;

function questionAt(code) {
  return form.querySelector(`[data-question="${CSS.escape(code)}"]`);
}

function takeAway(applying) {
  for (const question of form.querySelectorAll("[data-conditional]")) {
    if (applying.has(question.dataset.question)) continue;
    aside.set(question.dataset.question, question);
    question.remove();
  }
}

function dropKept(code) {
  for (const field of form.querySelectorAll(`input[type=hidden][name^="q-${CSS.escape(code)}"]`))
    if (field.name === `q-${code}` || field.name.startsWith(`q-${code}-`)) field.remove();
}

function put(drawn) {
  const { question: code, after } = drawn.dataset;
  if (questionAt(code)) return false;
  dropKept(code);
  const question = aside.get(code) ?? drawn;
  aside.delete(code);
  const previous = after && questionAt(after);
  if (previous) previous.after(question);
  else form.querySelector("[data-question]").before(question);
  return question !== drawn && "decides" in question.dataset; // it comes back with an answer that decides
}

function apply(html) {
  const answer = new DOMParser().parseFromString(html, "text/html");
  const applying = [...answer.querySelectorAll("[data-question]")];
  takeAway(new Set(applying.map((question) => question.dataset.question)));
  const again = applying.map(put).some(Boolean);
  form.elements.vues.value = answer.querySelector("[data-seen]").value;
  const said = answer.querySelector("[data-said]").textContent.trim();
  if (said) form.querySelector("[data-said-here]").textContent = said;
  if (again) refresh();
}

async function ask(signal) {
  const state = new FormData(form);
  state.set("action", "part");
  try {
    const answer = await fetch(location.pathname, { method: "POST", body: state, signal });
    return answer.ok && !answer.redirected ? await answer.text() : "";
  } catch {
    return ""; // no network, or a newer change: sending the page asks again
  }
}

async function refresh() {
  waiting?.abort();
  waiting = new AbortController();
  const { signal } = waiting;
  const html = await ask(signal);
  if (html && !signal.aborted) apply(html);
}

if (form) {
  form.querySelector("[data-when-scriptless]").hidden = true;
  form.addEventListener("change", ({ target }) => {
    if (target.closest("[data-decides]")) refresh();
  });
}
