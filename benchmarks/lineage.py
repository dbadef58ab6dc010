"""The pages of lineage with 10,000 action sheets and 1,000,000 links: how many queries, how long."""

import datetime
import json
import sys
import time
import uuid
from collections.abc import Callable, Iterator

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from benchmarks.measuring import Visitor, line, visitors  # noqa: E402
from consultations.actions.models import ActionSheet, State  # noqa: E402
from consultations.lineage.models import Link, Relation  # noqa: E402
from consultations.surveys.models import Survey  # noqa: E402
from demo.threads import receipt_to_try  # noqa: E402
from needs.models import Need  # noqa: E402
from territories.models import Territory  # noqa: E402

SHEETS, LINKS, BATCH = 10_000, 1_000_000, 5_000
MOST_QUERIES, MOST_SECONDS, ROUNDS = 20, 1.0, 5
MORE_QUERIES = {"receipt": 30, "what became of the consultation": 34}  # they tell the life of each sheet
NEED = "1.3.1.1"
DAY = datetime.date(2026, 3, 1)


def prepare() -> None:
    """The demo, then sheets that answer one need and links that voice it: one need holds almost everything."""
    call_command("migrate", verbosity=0)
    call_command("demo", verbosity=0, stdout=sys.stderr)
    if Link.objects.count() >= LINKS:
        return
    _sheets()
    rows, missing = _links(), LINKS - Link.objects.count()
    for _batch in range(0, missing, BATCH):
        Link.objects.bulk_create([next(rows) for _row in range(BATCH)])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _sheets() -> None:
    place = Territory.objects.current().get(level_id="departement", code="47")
    need = Need.objects.current().get(code=NEED)
    made = [
        ActionSheet(
            slug=f"banc-{number}", title=f"Fiche du banc {number}", territory=place, state=State.UNDER_WAY,
            announced_on=DAY, created_on=DAY, state_since=DAY,
        )
        for number in range(SHEETS)
    ]  # fmt: skip
    ActionSheet.objects.bulk_create(made, batch_size=BATCH)
    through = ActionSheet.needs.through
    through.objects.bulk_create(
        [through(actionsheet_id=one.pk, need_id=need.pk) for one in made], batch_size=BATCH
    )
    Link.objects.bulk_create(
        [_link(("need", NEED), Relation.ANSWERED_BY, ("action_sheet", str(one.pk))) for one in made],
        batch_size=BATCH,
    )


def _links() -> Iterator[Link]:
    """What people answered: the survey it was said in, then two needs."""
    survey = str(Survey.objects.get(slug="vos-besoins").pk)
    while True:
        response = ("response", str(uuid.uuid4()))
        yield _link(response, Relation.RAISED_IN, ("survey", survey))
        yield _link(response, Relation.CODED_AS, ("need", NEED))
        yield _link(response, Relation.CODED_AS, ("need", "1.3.2.1"))


def _link(source: tuple[str, str], relation: Relation, target: tuple[str, str]) -> Link:
    return Link(
        source_kind=source[0], source_id=source[1], relation=relation, target_kind=target[0],
        target_id=target[1], linked_on=DAY,
    )  # fmt: skip


def measured(what: str, path: str, opened: Callable[[], Visitor]) -> list[dict[str, object]]:
    """The queries of one page, and its best time."""
    assert opened().get(path).status == 200, path
    connection.queries_log.clear()  # what filled the database left it full
    with CaptureQueriesContext(connection) as queries:
        opened().get(path)
    asked = len(queries)  # the next request empties the log
    times = []
    for _round in range(ROUNDS):
        started = time.perf_counter()
        opened().get(path)
        times.append(time.perf_counter() - started)
    return [
        line(f"{what}: queries", asked, 0, limit=MORE_QUERIES.get(what, MOST_QUERIES), unit="queries"),
        line(f"{what}: time", 1000 * min(times), 0, limit=1000 * MOST_SECONDS),
    ]


def main() -> None:
    """Print the lines of this bench as JSON."""
    prepare()
    opened = visitors()
    sheet = ActionSheet.objects.get(slug="banc-7")
    survey = Survey.objects.get(slug="vos-besoins")
    pages = {
        "thread of the need": f"/fil/need/{NEED}/",
        "thread of a sheet": f"/fil/action_sheet/{sheet.pk}/",
        "thread of the consultation": f"/fil/consultation/{survey.consultation_id}/",
        "thread of the survey": f"/fil/survey/{survey.pk}/",
        "needs that wait": "/besoins/sans-reponse/",
        "what became of the consultation": f"/participer/{survey.consultation.slug}/suites/",
        "receipt": f"/suivre/{receipt_to_try().replace(' ', '-')}/",
    }
    lines = [one for what, path in pages.items() for one in measured(what, path, opened)]
    print(json.dumps(lines))


if __name__ == "__main__":
    main()
