"""The board of actions over ten thousand sheets, as an official opens it, against one page that says hello."""

import json
import statistics
import time
from typing import Any

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from accounts.models import Role  # noqa: E402
from benchmarks.measuring import line  # noqa: E402
from consultations.steering.selectors.board import board  # noqa: E402
from consultations.steering.selectors.scope import Asked, public_scope, scope_of  # noqa: E402
from tests.factories import actions as make  # noqa: E402
from tests.factories.process import person, place  # noqa: E402

SHEETS, PLACES, ROUNDS = 10_000, 100, 5
MOST_QUERIES, MOST_MILLISECONDS = 20, 1_000


def prepare() -> Any:
    """A department, its communes, a programme and its sheets; the official who reads the board."""
    call_command("migrate", verbosity=0)
    department = place("Lot-et-Garonne", "departement")
    places = [place(f"Commune {number}", within=department) for number in range(PLACES)]
    scheme = make.programme(territory=department)
    for number in range(1, 6):
        scheme.axes.create(number=number, title=f"Axe {number}")
    make.many_sheets(SHEETS, within=scheme, places=places)
    return person(Role.OFFICIAL, on=department)


def measure(read: Any) -> tuple[float, int]:
    """Milliseconds of one reading (the median), and its queries."""
    times = []
    for _round in range(ROUNDS):
        began = time.perf_counter()
        read()
        times.append(time.perf_counter() - began)
    with CaptureQueriesContext(connection) as captured:
        read()
    return 1000 * statistics.median(times), len(captured)


def main() -> None:
    """Print the lines of this bench as JSON."""
    official = prepare()
    inside, asked = measure(lambda: board(scope_of(official, Asked())))
    public, publicly = measure(lambda: board(public_scope(Asked())))
    print(
        json.dumps(
            [
                line(f"the board of an official, {SHEETS} sheets", inside, 0, limit=MOST_MILLISECONDS),
                line("its queries", asked, 0, limit=MOST_QUERIES, unit="queries"),
                line(f"the public board, {SHEETS} sheets", public, 0, limit=MOST_MILLISECONDS),
                line("its queries", publicly, 0, limit=MOST_QUERIES, unit="queries"),
            ]
        )
    )


if __name__ == "__main__":
    main()
