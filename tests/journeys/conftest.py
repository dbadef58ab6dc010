"""One running product and one browser for all journeys; each journey has a context of its own."""

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.environment import find_program
from tests.journeys.served import CHROMIUM_ARGUMENTS, served_product
from tests.journeys.watching import Watcher

PHONE = {"width": 360, "height": 740}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what lives in this folder."""
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the product listens; JOURNEYS_AT looks at one that already runs (its data will change)."""
    if running := os.environ.get("JOURNEYS_AT"):
        yield running
        return
    with served_product(tmp_path_factory.mktemp("served")) as where:
        yield where


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, without a window."""
    path = find_program("chromium")
    if not path:
        pytest.skip("Chromium is not installed")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def new_context(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Callable[..., BrowserContext]]:
    """Opens watched contexts on a phone-sized screen; what the watcher saw fails the test at its end.

    The product is started by the first context that needs it: journeys with a server of their own do not.
    """
    watchers: list[Watcher] = []
    contexts: list[BrowserContext] = []

    def open_context(**options: object) -> BrowserContext:
        where = str(options.get("base_url") or request.getfixturevalue("address"))
        context = browser.new_context(
            **{"base_url": where, "viewport": PHONE, "locale": "fr-FR", **options},  # type: ignore[arg-type]
        )
        context.set_default_timeout(15_000)
        watchers.append(Watcher(context, where))
        contexts.append(context)
        return context

    yield open_context
    for context in contexts:
        context.close()
    for watcher in watchers:
        watcher.verify()


@pytest.fixture
def page(new_context: Callable[..., BrowserContext]) -> Page:
    """A visitor's page."""
    return new_context().new_page()
