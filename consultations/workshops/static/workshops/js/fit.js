// Text as large as the screen allows, never under 32 pixels at 1280: what does not fit is counted, not shrunk.

const SIZES = [2.6, 2.2, 1.9, 1.6, 1.35, 1.15, 1];

export function fit(region) {
  for (const size of SIZES) {
    region.style.setProperty("--fit", String(size));
    if (region.scrollHeight <= region.clientHeight + 1 && region.scrollWidth <= region.clientWidth + 1) return;
  }
  leaveOut(region);
}

/** Hide the last items until the rest fits, and say how many are left out. */
function leaveOut(region) {
  const items = [...region.querySelectorAll("[data-may-leave]")];
  const count = region.querySelector("[data-left-out]");
  let left = 0;
  if (!count) return;
  count.hidden = false;
  count.textContent = count.dataset.words.replace("%(n)s", String(items.length));
  while (region.scrollHeight > region.clientHeight + 1 && items.length > 1) {
    items.pop().hidden = true;
    left += 1;
    count.textContent = count.dataset.words.replace("%(n)s", String(left));
  }
  count.hidden = left === 0;
}
