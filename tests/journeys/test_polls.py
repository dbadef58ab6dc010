"""Voting on a phone: with and without JavaScript, in both schemes, to the receipt and the results."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.journeys.actions import accessibility_violations, overflow

POLL = "/sondages/permanence/"


@pytest.mark.parametrize("javascript", [False, True], ids=["without JavaScript", "with JavaScript"])
def test_resident_votes_once_and_reads_the_results(
    new_context: Callable[..., BrowserContext], javascript: bool
) -> None:
    page = new_context(java_script_enabled=javascript).new_page()
    page.goto(POLL + "resultats/")
    expect(page.locator(".poll-bars")).to_have_count(0)
    page.goto(POLL)
    page.locator("main input[type=checkbox]").first.check()
    page.locator("main form[data-vote] button").last.click()
    page.wait_for_url("**/merci/")
    expect(page.locator(".poll-bars")).to_have_count(1)
    code = page.locator(".code-words").inner_text()
    page.goto(POLL)
    assert page.url.endswith("/merci/")
    assert page.locator(".code-words").inner_text() == code
    page.goto(POLL + "resultats/")
    expect(page.locator(".poll-bars li")).to_have_count(4)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_thanks_and_refusals_are_accessible(new_context: Callable[..., BrowserContext], scheme: str) -> None:
    page = new_context(color_scheme=scheme, viewport={"width": 320, "height": 640}).new_page()
    page.goto("/sondages/repit-priorites/")
    selects = page.locator("main select")
    for index in range(selects.count()):
        selects.nth(index).select_option("1")
    page.locator("main form[data-vote] button").last.click()
    expect(page.locator("[role=alert]")).to_be_focused()
    assert accessibility_violations(page) == []
    for index in range(selects.count()):
        selects.nth(index).select_option(str(index + 1))
    page.locator("main form[data-vote] button").last.click()
    page.wait_for_url("**/merci/")
    assert accessibility_violations(page) == []
    assert overflow(page) <= 0
