"""Gestures several journeys share."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]
AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def sign_in_as(page: Page, role: str) -> None:
    """The demo's one-click door."""
    page.goto("/demo/")
    page.locator(f"form:has(input[value='{role}']) button, button[value='{role}']").first.click()
    page.wait_for_load_state()


def accessibility_violations(page: Page) -> list[str]:
    """What axe finds on the page as it is now, one line each."""
    return _violations(page, {"type": "tag", "values": TAGS})


def colour_violations(page: Page) -> list[str]:
    """What axe finds of the rules a colour scheme can break, on a page looked at whole in the other scheme."""
    return _violations(page, {"type": "rule", "values": ["color-contrast", "link-in-text-block"]})


def _violations(page: Page, only: dict[str, Any]) -> list[str]:
    if not page.evaluate("typeof window.axe === 'object'"):
        page.evaluate(AXE)
    options = {"runOnly": only, "resultTypes": ["violations"]}
    result: dict[str, Any] = page.evaluate("options => axe.run(document, options)", options)
    assert result["passes"], "axe looked at nothing"
    return [
        f"{violation['id']}: {node['target']} {node.get('failureSummary', '').splitlines()[-1:]}"
        for violation in result["violations"]
        for node in violation["nodes"][:4]
    ]


def overflow(page: Page) -> int:
    """How many pixels the page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def fill_question(page: Page) -> None:
    """Answer the question on the page as anybody would, whatever its kind."""
    form = page.locator("form[data-survey-form]")
    if (choices := form.locator("input[type=radio], input[type=checkbox]")).count():
        choices.first.check()
    for field in form.locator("input.field:visible, textarea.field:visible").all():
        field.fill(plausible_value(page, field.get_attribute("name") or "", field.get_attribute("inputmode")))


def plausible_value(page: Page, name: str, inputmode: str | None) -> str:
    """A commune where one is asked, parts of a date, a number, or words."""
    if name.endswith(("-day", "-month", "_day", "_month", "jour", "mois")):
        return "1"
    if name.endswith(("-year", "_year", "annee")):
        return "1950"
    if inputmode in {"numeric", "decimal"}:
        return "2"
    return "Agen" if "commune" in page.locator("h1").inner_text().lower() else "Le bus du soir"


def answer_until_summary(page: Page, *, at_most: int = 40) -> int:
    """Answer question after question; how many were asked."""
    for count in range(at_most):
        if "/verifier/" in page.url:
            return count
        before = page.url
        fill_question(page)
        page.locator("form[data-survey-form] button[value=next]").click()
        page.wait_for_load_state()
        if (
            page.url == before and page.locator("main fieldset input[type=radio]").count()
        ):  # several communes of that name: choose the first proposed
            page.locator("input[type=radio]").first.check()
            page.locator("form[data-survey-form] button[value=next]").click()
            page.wait_for_load_state()
        elif page.url == before:  # a date or a number out of its bounds: pass
            page.locator("form[data-survey-form] button[value=skip]").click()
            page.wait_for_load_state()
    raise AssertionError("the questionnaire never reached its summary")


def start_survey(page: Page, slug: str) -> None:
    """From the survey's first page to its first question."""
    page.goto(f"/enquetes/{slug}/")
    form = page.locator("main form", has=page.locator("button.large"))
    if (modes := form.locator("input[type=radio]")).count():
        modes.first.check()
    form.locator("button.large").click()
    page.wait_for_load_state()
