// Text as large as the screen allows, never under 32 pixels at 1280: what does not fit is counted, not shrunk.

const SIZES = [2.6, 2.2, 1.9, 1.6, 1.35, 1.15, 1];

export function fit(region) {
  if (largest(region)) return;
  leaveOut(region);
  largest(region); // names alone may be larger than they were beside their cards
}

/** Try every size, the largest first; false when even the smallest does not fit. */
function largest(region) {
  return SIZES.some((size) => {
    region.style.setProperty("--fit", String(size));
    return region.scrollHeight <= region.clientHeight + 1 && region.scrollWidth <= region.clientWidth + 1;
  });
}

/**
 * Show what fits, the first of each list before the second of any, and say how many are left out.
 * Where not every list has room for one, none shows any: the names of the groups are what the room can read.
 */
function leaveOut(region) {
  const items = [...region.querySelectorAll("[data-may-leave]")];
  const count = region.querySelector("[data-left-out]");
  if (!count) return;
  count.hidden = false;
  count.textContent = count.dataset.words.replace("%(n)s", String(items.length));
  for (const item of items) item.hidden = true;
  const rank = (item) => [...item.parentElement.children].indexOf(item);
  const lists = new Set(items.map((item) => item.parentElement));
  const inTurn = lists.size > 1 ? items.toSorted((one, other) => rank(one) - rank(other) || one.textContent.length - other.textContent.length) : items;
  let left = items.length;
  for (const item of inTurn) {
    item.hidden = false;
    left -= 1;
    if (region.scrollHeight > region.clientHeight + 1 && left < items.length - 1) {
      item.hidden = true;
      left += 1;
      if (lists.size === 1) break; // a list read in order has no hole
    }
  }
  const hasNoRoom = count.dataset.wordsAll && items.length - left < lists.size;
  for (const item of hasNoRoom ? items : []) item.hidden = true;
  const [words, number] = hasNoRoom ? [count.dataset.wordsAll, items.length] : [count.dataset.words, left];
  count.textContent = words.replace("%(n)s", String(number));
  count.hidden = left === 0;
}
