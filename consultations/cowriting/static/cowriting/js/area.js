// A native text area bound to a Yjs text: everyone's changes come in without moving the caret, the selection or what
// is being composed, and undoing undoes one's own words only.

import { Doc, UndoManager, applyUpdate, encodeStateAsUpdate, encodeStateVector } from "../../vendor/yjs.js";

const TYPED = "typed";
const LOW = /[\udc00-\udfff]/;

/** What was typed: at `start`, `removed` units gave place to `inserted`. The caret tells which of the same letters. */
export function typed(before, after, caret) {
  const most = Math.min(before.length, after.length);
  let end = 0;
  while (end < Math.min(most, after.length - caret) && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  let start = 0;
  while (start < most - end && before[start] === after[start]) start += 1;
  if (start > 0 && (LOW.test(before[start] ?? "") || LOW.test(after[start] ?? ""))) start -= 1; // no half of a sign
  while (end > 0 && (LOW.test(before[before.length - end]) || LOW.test(after[after.length - end]))) end -= 1;
  return { start, removed: before.length - end - start, inserted: after.slice(start, after.length - end) };
}

/** Where a caret stands after changes made by others: after words put exactly there by them, it stays before. */
export function moved(place, delta) {
  let index = 0;
  let shift = 0;
  for (const { retain = 0, insert = "", delete: removed = 0 } of delta) {
    if (index >= place) break;
    index += retain;
    if (insert && index < place) shift += insert.length;
    if (removed) {
      shift -= Math.max(0, Math.min(place, index + removed) - index);
      index += removed;
    }
  }
  return place + shift;
}

export class SharedArea {
  #doc = new Doc();
  #text = this.#doc.getText("text");
  #undo = new UndoManager(this.#text, { trackedOrigins: new Set([TYPED]), captureTimeout: 600 });
  #shown;
  #began = false;
  #composing = false;
  #waiting = []; // what others wrote while something is being composed here

  /** `onchange(update)` is given each change made here. */
  constructor(area, { onchange }) {
    this.area = area;
    this.name = area.dataset.shared;
    this.onchange = onchange;
    this.#shown = area.defaultValue;
    this.#doc.on("update", (update, origin) => {
      if (origin === TYPED || origin === this.#undo) this.onchange(update);
    });
    this.#text.observe((event, { origin }) => {
      if (origin !== TYPED) this.#draw(event.delta);
    });
    area.addEventListener("input", () => this.#read());
    area.addEventListener("compositionstart", () => (this.#composing = true));
    area.addEventListener("compositionend", () => this.#composed());
    area.addEventListener("keydown", (event) => this.#key(event));
    area.addEventListener("beforeinput", (event) => this.#native(event));
  }

  get value() {
    return this.#text.toString();
  }

  /** All that this device knows, to be told what is missing. */
  get vector() {
    return encodeStateVector(this.#doc);
  }

  /** The whole history, for a server that lacks some of it. */
  get everything() {
    return encodeStateAsUpdate(this.#doc);
  }

  /** Bring in what others wrote, or what this device had kept. Bringing it in again changes nothing. */
  take(update) {
    if (this.#composing) return void this.#waiting.push(update);
    applyUpdate(this.#doc, update, "others");
  }

  /** The text is known from now on; what was typed on the page meanwhile is kept. */
  begin() {
    if (this.#began) return;
    this.#began = true;
    const { area } = this;
    const { start, removed, inserted } = typed(area.defaultValue, area.value, area.selectionEnd);
    this.#shown = this.value;
    const place = Math.min(start, this.#shown.length);
    if (removed || inserted) this.#change({ start: place, removed: Math.min(removed, this.#shown.length - place), inserted });
    if (area.value !== this.value) area.value = this.value;
    this.#shown = this.value;
  }

  #read() {
    if (!this.#began) return;
    const { value, selectionEnd } = this.area;
    const change = typed(this.#shown, value, selectionEnd);
    this.#shown = value;
    this.#change(change);
  }

  #change({ start, removed, inserted }) {
    if (!removed && !inserted) return;
    this.#doc.transact(() => {
      if (removed) this.#text.delete(start, removed);
      if (inserted) this.#text.insert(start, inserted);
    }, TYPED);
  }

  #composed() {
    this.#composing = false;
    this.#read();
    for (const update of this.#waiting.splice(0)) this.take(update);
  }

  #draw(delta) {
    if (!this.#began) return;
    const { area } = this;
    const { selectionStart, selectionEnd, selectionDirection, scrollTop } = area;
    this.#shown = this.value;
    area.value = this.#shown;
    if (document.activeElement === area) {
      area.setSelectionRange(moved(selectionStart, delta), moved(selectionEnd, delta), selectionDirection);
      area.scrollTop = scrollTop;
    }
  }

  #key(event) {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || !this.#began) return;
    const key = event.key.toLowerCase();
    const forth = key === "y" || (key === "z" && event.shiftKey);
    if (key !== "z" && !forth) return;
    event.preventDefault();
    this.#back(forth);
  }

  #native(event) {
    if (!this.#began || !["historyUndo", "historyRedo"].includes(event.inputType)) return;
    event.preventDefault();
    this.#back(event.inputType === "historyRedo");
  }

  /** Undo or redo one's own words, the caret where they changed. */
  #back(forth) {
    const before = this.#shown;
    if (forth) this.#undo.redo();
    else this.#undo.undo();
    if (before === this.#shown) return;
    const { start, inserted } = typed(before, this.#shown, this.#shown.length);
    this.area.setSelectionRange(start + inserted.length, start + inserted.length);
  }
}
