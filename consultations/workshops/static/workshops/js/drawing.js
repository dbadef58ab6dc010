// Drawing: `h` makes elements, `morph` turns what is on the page into them and touches nothing else, so that
// the focus, the caret, what is being typed and what is unfolded stay where they are while others' news arrive.

import { given } from "./words.js";

const SVG = "http://www.w3.org/2000/svg";
const SVG_TAGS = new Set(["svg", "use", "circle", "line", "text", "rect", "g", "title", "path"]);
const OURS = new Set(["open"]); // the person's doing: never put back

/** `h("li.note.mine", { "data-card": id }, "text", element…)`; what is false, null or empty is left out. */
export function h(name, attributes = {}, ...children) {
  const [tag, ...classes] = name.split(".");
  const element = SVG_TAGS.has(tag) ? document.createElementNS(SVG, tag) : document.createElement(tag);
  if (classes.length) element.setAttribute("class", classes.join(" "));
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== false && value !== null && value !== undefined) element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...kept(children));
  return element;
}

/** What is left out of a drawing: what its condition refused. */
function kept(children) {
  return children.flat(3).filter((child) => child || child === 0);
}

export function icon(name) {
  const shape = h("use", { href: `${given("icons")}#${name}` });
  return h("svg.icon", { viewBox: "0 0 24 24", "aria-hidden": "true", focusable: "false" }, shape);
}

/** Words for those who listen. */
export function unseen(words) {
  return h("span.visually-hidden", {}, words);
}

const keyOf = (node) => node.dataset?.key || node.id || null;
const alike = (one, other) => one.nodeType === other.nodeType && one.nodeName === other.nodeName;

/** Make `old` what `fresh` is. An element marked `data-keep` keeps its inside. */
export function morph(old, fresh) {
  if (old.nodeType === Node.TEXT_NODE) {
    if (old.data !== fresh.data) old.data = fresh.data;
    return;
  }
  if (old.nodeType !== Node.ELEMENT_NODE) return;
  morphAttributes(old, fresh);
  if (!fresh.hasAttribute("data-keep")) morphChildren(old, [...fresh.childNodes]);
}

/** The inside of a region; what was being typed goes on in the field of the same name, and the focus to the title
 *  of the region when what held it is gone. */
export function fill(region, ...children) {
  const held = region.contains(document.activeElement);
  const typed = typedIn(region);
  morphChildren(region, kept(children).map((node) => (node instanceof Node ? node : document.createTextNode(node))));
  typed.forEach(goOnTyping);
  if (!held || region.contains(document.activeElement)) return;
  const title = region.querySelector("h1, h2, h3") ?? region;
  title.tabIndex = -1;
  title.focus({ preventScroll: true });
}

/** The words typed in a region: those of the plain page were typed before the room answered. */
function typedIn(region) {
  return [...region.querySelectorAll("textarea[id]")]
    .filter((field) => field.value || field === document.activeElement)
    .map((field) => ({ field, isActive: field === document.activeElement, caret: [field.selectionStart, field.selectionEnd] }));
}

function goOnTyping({ field, isActive, caret }) {
  const next = field.isConnected ? null : document.getElementById(field.id);
  if (!next || next.value) return;
  next.value = field.value;
  if (!isActive) return;
  next.focus({ preventScroll: true });
  next.setSelectionRange(...caret);
}

/** What is drawn above a control in use pushes it away: who works by keyboard goes on seeing it. */
export function keepInSight(change) {
  const before = document.activeElement.matches(":focus-visible") && isInSight(document.activeElement);
  change();
  const now = document.activeElement;
  if (before && now !== document.body && !isInSight(now)) now.scrollIntoView({ block: "nearest", behavior: "instant" });
}

function isInSight(element) {
  const { top, bottom } = element.getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
}

function morphAttributes(old, fresh) {
  for (const { name, value } of fresh.attributes) {
    if (!OURS.has(name) && old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  for (const { name } of [...old.attributes]) {
    if (!OURS.has(name) && name !== "tabindex" && !fresh.hasAttribute(name)) old.removeAttribute(name);
  }
}

function morphChildren(old, wanted) {
  const keyed = new Map();
  for (const child of old.children) if (keyOf(child)) keyed.set(keyOf(child), child);
  let cursor = old.firstChild;
  for (const fresh of wanted) {
    const key = keyOf(fresh);
    const known = key ? keyed.get(key) : cursor && !keyOf(cursor) ? cursor : null;
    if (!known || !alike(known, fresh)) {
      old.insertBefore(fresh, cursor);
      continue;
    }
    cursor = known === cursor ? cursor.nextSibling : bring(old, known, cursor);
    keyed.delete(key);
    if (known !== fresh) morph(known, fresh);
  }
  while (cursor) {
    const next = cursor.nextSibling;
    cursor.remove();
    cursor = next;
  }
}

/** Put `known` before `cursor`; one that holds the focus stays still and the others go round it. */
function bring(old, known, cursor) {
  if (!known.contains(document.activeElement)) {
    old.insertBefore(known, cursor);
    return cursor;
  }
  const passed = [];
  for (let node = cursor; node && node !== known; node = node.nextSibling) passed.push(node);
  known.after(...passed);
  return known.nextSibling;
}
