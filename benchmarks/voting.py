"""Voting in a poll against a bare Django view that stores one JSON row.

Same process, same middleware, same database: CPU of the page and of the vote, then votes a second under granian
with one worker, results hidden until the end and results moving while people vote. A vote locks its poll, spends
the right to vote, keeps the ballot and gives a receipt; the bare view inserts one row.
"""

import json

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.utils import translation  # noqa: E402

from benchmarks.loading import submissions_per_second  # noqa: E402
from benchmarks.measuring import Visitor, best_medians, line, visitors  # noqa: E402
from tests.factories.polls import open_a_poll  # noqa: E402
from tests.html_forms import forms_of  # noqa: E402

ROUNDS, REPEAT = 5, 30


def prepare() -> tuple[str, str]:
    """The addresses of a poll whose results wait, and of one whose results are live."""
    call_command("migrate", verbosity=0)
    translation.activate("fr")
    hidden, live = (open_a_poll("multiple", visibility=one, most=3) for one in ("hidden", "live"))
    return f"/sondages/{hidden.slug}/", f"/sondages/{live.slug}/"


def one_vote(visitor: Visitor, path: str) -> float:
    """CPU of the page and of the vote of a new visitor."""
    shown = visitor.get(path)
    sent = visitor.post(path, forms_of(shown.text, path)[0].filled())
    assert sent.status in {302, 303}, f"{path} answers {sent.status}"
    return shown.seconds + sent.seconds


def main() -> None:
    """Print the lines of this bench as JSON."""
    hidden, live = prepare()
    opened = visitors()
    for _ in range(5):
        one_vote(opened(), hidden), one_vote(opened(), live), one_vote(opened(), "/bare/")
    late, moving, bare = best_medians(
        ROUNDS,
        REPEAT,
        lambda: one_vote(opened(), hidden),
        lambda: one_vote(opened(), live),
        lambda: one_vote(opened(), "/bare/"),
    )
    rate, live_rate, bare_rate = submissions_per_second([hidden, live, "/bare/"])
    lines = [
        line("one vote, results hidden, GET + POST, CPU", late, bare, most=4),
        line("one vote, results live, GET + POST, CPU", moving, bare, most=4),
        line("votes under granian, one worker, hidden", rate, bare_rate, least=0.2, unit="/s"),
        line("votes under granian, one worker, live", live_rate, bare_rate, least=0.2, unit="/s"),
    ]
    print(json.dumps(lines))


if __name__ == "__main__":
    main()
