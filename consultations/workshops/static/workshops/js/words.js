// The words of the interface, written by the server in the page's language (`words.py`).

const words = JSON.parse(document.getElementById("words")?.textContent ?? "{}");
const plural = new Intl.PluralRules(document.documentElement.lang || "fr");

/** A sentence; one with two forms takes the one that suits `n`. */
export function say(key, values = {}) {
  const found = words[key];
  if (found === undefined) return key;
  const sentence = typeof found === "string" ? found : (found[plural.select(values.n ?? 0)] ?? found.other);
  return sentence.replace(/%\((\w+)\)s/g, (_all, name) => values[name] ?? "");
}

/** A list given by the server: the needs, the levels of place, the colleges… */
export function given(key) {
  return words[key] ?? [];
}

export function number(value, digits = 0) {
  const options = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return new Intl.NumberFormat(document.documentElement.lang || "fr", options).format(value);
}
