"""`python -m tests.shots`: picture every page at 360 and 1280 px, light and dark, into build/shots/.

With `--readme` only the picture of the README is made, `docs/screenshot.png`.
"""

import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from tests.environment import ROOT, find_program, say
from tests.journeys.actions import sign_in_as
from tests.journeys.served import CHROMIUM_ARGUMENTS, served_product

OUT = ROOT / "build" / "shots"
README_PICTURE = ROOT / "docs" / "screenshot.png"
WIDTHS = {"360": (360, 740), "1280": (1280, 900)}
SCHEMES = ["light", "dark"]


def settle(page: Page) -> None:
    """Fonts loaded, lazy charts drawn."""
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    page.wait_for_timeout(250)
    page.evaluate("window.scrollTo(0, 0)")


def shoot_role(browser: Browser, address: str, role: str) -> int:
    """Every page of one role, in every width and scheme; how many pictures were made."""
    from tests.journeys.pages import discover  # noqa: PLC0415 - Django must be set up first

    count = 0
    for width, (across, down) in WIDTHS.items():
        options: dict[str, Any] = {"viewport": {"width": across, "height": down}, "locale": "fr-FR"}
        context = browser.new_context(base_url=address, **options)
        page = context.new_page()
        if role:
            sign_in_as(page, role)
        for one in [each for each in discover(context.request, address, role) if each.status < 400]:
            page.goto(one.path)
            settle(page)
            for scheme in SCHEMES:
                page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
                page.screenshot(path=OUT / f"{one.name}-{width}-{scheme}.png", full_page=True)
                count += 1
        context.close()
    return count


def shoot_readme(browser: Browser, address: str) -> None:
    """The home page as a visitor meets it."""
    page = browser.new_context(viewport={"width": 1280, "height": 860}, locale="fr-FR").new_page()
    page.goto(address)
    settle(page)
    page.screenshot(path=README_PICTURE)
    say(f"{README_PICTURE.relative_to(ROOT)}: {README_PICTURE.stat().st_size // 1000} kB")


def main() -> int:
    """Serve the demo, picture it."""
    import django  # noqa: PLC0415
    from django.conf import settings  # noqa: PLC0415

    if not settings.configured:
        django.setup()
    from tests.journeys.pages import ENTRIES  # noqa: PLC0415

    with (
        tempfile.TemporaryDirectory() as folder,
        served_product(Path(folder)) as address,
        sync_playwright() as driver,
    ):
        browser = driver.chromium.launch(executable_path=find_program("chromium"), args=CHROMIUM_ARGUMENTS)
        if "--readme" in sys.argv:
            shoot_readme(browser, address)
            return 0
        OUT.mkdir(parents=True, exist_ok=True)
        count = sum(shoot_role(browser, address, role) for role in ENTRIES)
        say(f"{count} pictures in {OUT.relative_to(ROOT)}/")
    return 0


if __name__ == "__main__":
    sys.exit(main())
