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
    if not page.evaluate("typeof window.axe === 'object'"):
        page.evaluate(AXE)
    options = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
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
