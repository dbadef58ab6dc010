"""Hands that only know a keyboard."""

from typing import Any

from playwright.sync_api import Locator, Page

FAR = 150  # Tab presses after which nobody would go on

# What the focus is on: who, whether one sees it, whether something lies over it.
FOCUSED = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const shows = (element, part) => {
    const style = getComputedStyle(element, part);
    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none";
  };
  const box = one.getBoundingClientRect();
  const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  window.known ??= new Map();
  if (!window.known.has(one)) window.known.set(one, window.known.size);
  return {
    number: window.known.get(one),
    name: `${one.tagName.toLowerCase()} ${one.id} “${(one.innerText || one.name || "").trim().slice(0, 40)}”`,
    isSeen: inside && box.width > 1 && [[one], [one, "::after"], [one.parentElement]].some((place) => shows(...place)),
  };
}"""


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until the focus is on it; fails when the keyboard never gets there."""
    target.wait_for(state="attached")
    for _ in range(FAR):
        if target.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"The keyboard never reaches {target}")


def press(page: Page, target: Locator) -> None:
    """Follow a link or press a button."""
    tab_to(page, target)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def write(page: Page, target: Locator, text: str) -> None:
    """Type in a field."""
    tab_to(page, target)
    page.keyboard.type(text)


def tick(page: Page, target: Locator) -> None:
    """Choose a box or a circle: circles of one question are one stop, then arrows."""
    group = target.get_attribute("name")
    if target.get_attribute("type") == "radio":
        circles = page.locator(f"input[type=radio][name='{group}']")
        checked = page.locator(f"input[type=radio][name='{group}']:checked")
        tab_to(page, checked.first if checked.count() else circles.first)
        page.keyboard.press("Space")
        for _ in range(circles.count()):
            if target.is_checked():
                return
            page.keyboard.press("ArrowDown")
    else:
        tab_to(page, target)
        page.keyboard.press("Space")
    assert target.is_checked()


def walk(page: Page) -> list[dict[str, Any]]:
    """Every stop from the top of the page until the focus comes round."""
    stops: list[dict[str, Any]] = []
    for _ in range(FAR):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stop is None or (len(stops) > 1 and stop["number"] == stops[0]["number"]):
            break
        if not stops or stop["number"] != stops[-1]["number"]:  # a date is several stops in one field
            stops.append(stop)
    return stops
