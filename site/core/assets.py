"""What the browser is given: the list of sheets and of pictograms."""

import re
from functools import cache
from pathlib import Path

from django.conf import settings

HERE = Path(__file__).resolve().parent
CSS = HERE / "static" / "core" / "css"
BUNDLE = "vendor/css/site.css"


@cache
def icon_names() -> frozenset[str]:
    """The pictograms of the sprite, one name a line in `icons.txt`."""
    return frozenset((HERE / "icons.txt").read_text(encoding="utf-8").split())


def stylesheet_names() -> tuple[str, ...]:
    """The bundle when it is newer than every sheet it was made from, the sheets in order otherwise."""
    return _choose_sheets() if settings.DEBUG else _sheets_at_start()


@cache
def _sheets_at_start() -> tuple[str, ...]:
    return _choose_sheets()


def _choose_sheets() -> tuple[str, ...]:
    names = re.findall(r'@import "([^"]+)"', (CSS / "main.css").read_text(encoding="utf-8"))
    newest = max((CSS / name).stat().st_mtime for name in names)
    for folder in (*settings.STATICFILES_DIRS, settings.STATIC_ROOT):
        bundle = Path(folder) / BUNDLE
        if bundle.is_file() and bundle.stat().st_mtime >= newest:
            return (BUNDLE,)
    return tuple(f"core/css/{name}" for name in names)
