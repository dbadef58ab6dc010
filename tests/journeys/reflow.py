"""What must hold when a page is narrow or its text is twice as large: nothing sideways, cut or covered."""

from playwright.sync_api import Page

NARROWEST = {"width": 320, "height": 640}
DOUBLED = ({"width": 1280, "height": 900}, {"width": 640, "height": 900})

CLIPPED = """() => {
  const root = document.documentElement, found = [];
  const excess = root.scrollWidth - root.clientWidth;
  const name = (one) => `${one.tagName.toLowerCase()}.${[...one.classList].join(".")} “${
    (one.innerText || one.value || "").trim().replace(/\\s+/g, " ").slice(0, 40)}”`;
  const seen = (one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true })
    && !one.closest(".visually-hidden, .table.cards thead, [hidden], svg, details:not([open]) > :not(summary)");
  if (excess > 0) {
    const widest = [...document.querySelectorAll("body *")].filter((one) => seen(one)
      && !one.closest(".table-scroll") && one.getBoundingClientRect().right > root.clientWidth + 1).slice(0, 3).map(name);
    found.push(`${excess} px too wide: ${widest.join(", ")}`);
  }
  const words = (one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  for (const one of document.querySelectorAll("body *")) {
    if (!seen(one)) continue;
    const style = getComputedStyle(one), control = one.matches("a, button, select, summary, label, th, .badge");
    if (!control && !words(one)) continue;
    const hides = (overflow) => overflow === "hidden" || overflow === "clip";
    const wide = one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0;
    const tall = one.scrollHeight > one.clientHeight + 1 && one.clientHeight > 0;
    if (wide && (control || hides(style.overflowX)) && style.display !== "inline") found.push(`cut ${name(one)}`);
    else if (tall && hides(style.overflowY)) found.push(`cut below ${name(one)}`);
  }
  const targets = [...document.querySelectorAll("main :is(a.btn, button, input, select, textarea, summary)")]
    .filter((one) => seen(one) && one.type !== "hidden" && one.getBoundingClientRect().width > 2);
  const boxes = targets.map((one) => [one, one.getBoundingClientRect()]);
  boxes.forEach(([one, a], place) => boxes.slice(place + 1).forEach(([other, b]) => {
    const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    if (across > 2 && down > 2 && !one.contains(other)) found.push(`${name(one)} covers ${name(other)}`);
  }));
  return [...new Set(found)].slice(0, 6);
}"""


def reflow_problems(page: Page) -> list[str]:
    """What is cut, covered or too wide: as the page is, then with text twice as large in two windows.

    The page is left as it was; it is not loaded again, so this costs no request.
    """
    before = page.viewport_size
    found = [f"at {before['width'] if before else 0} px: {problem}" for problem in page.evaluate(CLIPPED)]
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    for window in DOUBLED:
        page.set_viewport_size(window)  # type: ignore[arg-type]
        found += [f"text doubled at {window['width']} px: {problem}" for problem in page.evaluate(CLIPPED)]
    page.evaluate("document.documentElement.style.removeProperty('font-size')")
    if before:
        page.set_viewport_size(before)
    return found
