"""An anonymous page of the site against a bare Wagtail page, cached by the same cache and not cached."""

import json
import sys
from collections.abc import Callable

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from wagtail.models import Locale, Page, Site  # noqa: E402

from benchmarks.bare.models import BarePage  # noqa: E402
from benchmarks.measuring import Visitor, best_medians, line, visitors  # noqa: E402

UNKEPT = "?unkept=1"  # the page cache never keeps an address with a query
ROUNDS, REPEAT, MOST_QUERIES = 5, 40, 20
TEXT = "<p>" + "Le territoire écoute ses habitants, puis rend compte de ce qu’il a fait. " * 3 + "</p>"


def prepare() -> None:
    """The demo's pages, and a bare page with twelve blocks and eight children in its menu."""
    call_command("migrate", verbosity=0)
    call_command("demo", verbosity=0, stdout=sys.stderr)
    root = Site.objects.get(is_default_site=True).root_page
    if Page.objects.filter(slug="reference").exists():
        return
    blocks = [("heading", f"Titre {number}") if number % 2 else ("text", TEXT) for number in range(12)]
    bare = root.add_child(
        instance=BarePage(title="Référence", slug="reference", body=blocks, locale=Locale.get_default())
    )
    for number in range(8):
        child = BarePage(
            title=f"Page {number}", slug=f"page-{number}", body=[], show_in_menus=True, locale=bare.locale
        )
        bare.add_child(instance=child)


def costs_of(opened: Callable[[], Visitor], *addresses: str) -> list[float]:
    """Milliseconds of one GET of each by a visitor without cookies."""
    works = [lambda address=address: opened().get(address).seconds for address in addresses]
    for work in works:
        work()
    return best_medians(ROUNDS, REPEAT, *works)


def main() -> None:
    """Print the lines of this bench as JSON."""
    prepare()
    opened = visitors()
    for path in ("/", "/reference/"):
        answer = opened().get(path)
        assert answer.status == 200, f"{path} answers {answer.status}"
    kept, bare_kept = costs_of(opened, "/", "/reference/")
    made, bare_made = costs_of(opened, "/" + UNKEPT, "/reference/" + UNKEPT)
    with CaptureQueriesContext(connection) as queries:
        opened().get("/" + UNKEPT)
    lines = [
        line("home page, cached: pages per CPU second", 1000 / kept, 1000 / bare_kept, least=0.5, unit="/s"),
        line("home page, not cached: queries", len(queries), 0, limit=MOST_QUERIES, unit="queries"),
        line("home page, not cached: CPU", made, bare_made),
    ]
    print(json.dumps(lines))


if __name__ == "__main__":
    main()
