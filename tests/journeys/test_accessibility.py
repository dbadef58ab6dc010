"""Every page of the site and of the workspace: axe in both colour schemes, one h1, nothing cut at 320 px or 200 %."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.journeys.actions import accessibility_violations, colour_violations, sign_in_as
from tests.journeys.pages import ENTRIES, FoundPage, discover, view_name
from tests.journeys.reflow import NARROWEST, reflow_problems

LOOKED_AT: set[str] = (
    set()
)  # views of the workspace: each is looked at as the first role that reaches it sees it


def is_to_look_at(one: FoundPage) -> bool:
    """An entry of the role, or a view no other role was shown yet."""
    name = view_name(one.path)
    is_new = name not in LOOKED_AT
    LOOKED_AT.add(name)
    return is_new or not one.role or one.path in ENTRIES[one.role]


def problems_of(page: Page, path: str) -> list[str]:
    """What is wrong with one page, in light then dark."""
    page.emulate_media(color_scheme="light")
    page.goto(path)
    found = [f"light {problem}" for problem in accessibility_violations(page)]
    if (count := page.locator("h1").count()) != 1:
        found.append(f"{count} h1")
    found += reflow_problems(page)
    page.emulate_media(color_scheme="dark")
    found += [f"dark {problem}" for problem in colour_violations(page)]
    return [f"{path} {problem}" for problem in found]


@pytest.mark.parametrize("role", list(ENTRIES))
def test_every_page_is_accessible(
    new_context: Callable[..., BrowserContext], address: str, role: str
) -> None:
    context = new_context(viewport=NARROWEST)
    page = context.new_page()
    if role:
        sign_in_as(page, role)
    found = discover(context.request, address, role)
    broken = [
        f"{one.path} answers {one.status}, although a page leads there" for one in found if one.status >= 400
    ]
    sound = [one for one in found if one.status < 400]
    theirs = [one for one in sound if one.is_theirs and is_to_look_at(one)]
    problems = broken + [problem for one in theirs for problem in problems_of(page, one.path)]
    assert not problems, "\n".join(problems)
    assert len(theirs) >= len(ENTRIES[role])
