// Every form and button of a screen posts one verb; here it goes through the room instead of a page.

const NOT_SAID = new Set(["csrfmiddlewaretoken", "client_uuid", "region"]);
const LISTS = { "rank.set": ["targets"], "group.create": ["cards"], "group.split": ["cards"] };

/** The message of a form, as the server reads it (`views/acting.py`). */
export function messageOf(verb, fields) {
  const data = Object.fromEntries((LISTS[verb] ?? []).map((name) => [name, []]));
  for (const [name, value] of fields) {
    if (NOT_SAID.has(name)) continue;
    if (Array.isArray(data[name])) {
      if (value) data[name].push(value);
    } else data[name] = value;
  }
  return data;
}

/** Listen to `[data-verb]` under `root`: forms when they are sent, buttons (`data-message`, JSON) when pressed. */
export function listen(root, ask) {
  root.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.dataset.verb || form.dataset.verb.startsWith("poll.") || !root.classList.contains("is-live")) return; // a plain page until the room is heard
    event.preventDefault();
    const button = event.submitter;
    const fields = new FormData(form);
    if (button?.name) fields.set(button.name, button.value);
    ask(form.dataset.verb, messageOf(form.dataset.verb, fields), form);
  });
  root.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-verb]");
    if (button && root.classList.contains("is-live") && button.getAttribute("aria-disabled") !== "true") ask(button.dataset.verb, JSON.parse(button.dataset.message ?? "{}"), button);
  });
}
