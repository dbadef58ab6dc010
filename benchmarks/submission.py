"""Sending a survey of twelve questions against a bare Django view that stores one JSON row.

Same process, same middleware, same database: CPU of the application in process, then submissions a second
under granian with one worker. Twelve questions on one page, then one question per page without JavaScript.
"""

import json

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.utils import translation  # noqa: E402

from benchmarks.loading import submissions_per_second  # noqa: E402
from benchmarks.measuring import Visitor, best_medians, line, visitors  # noqa: E402
from consultations.surveys.models import Survey  # noqa: E402
from tests.factories.surveys import open_survey  # noqa: E402
from tests.html_forms import Form, forms_of  # noqa: E402
from tests.surveys.documents import question, questionnaire  # noqa: E402

ROUNDS, REPEAT, WALKS = 5, 30, 8
CPU_BUDGET = 6.4  # ms, GET and POST of twelve questions (a fiftieth of LimeSurvey 6 on the same shape)
CHOICES = [{"code": f"c{number}", "label": {"fr": f"Réponse {number}"}} for number in range(5)]
KINDS = ["single"] * 5 + ["multiple"] * 2 + ["scale"] * 2 + ["number", "text", "text"]


def document() -> dict:
    """Twelve questions of the usual kinds, five choices each."""
    return questionnaire(
        *(
            question(f"q{place}", kind, **({"choices": CHOICES} if kind in {"single", "multiple"} else {}))
            for place, kind in enumerate(KINDS)
        )
    )


def prepare() -> tuple[str, str]:
    """The addresses of the same questionnaire in both layouts."""
    call_command("migrate", verbosity=0)
    translation.activate("fr")
    layouts = [Survey.Layout.SINGLE_PAGE, Survey.Layout.ONE_PER_PAGE]
    single, stepped = (open_survey(document(), layout=layout) for layout in layouts)
    return f"/enquetes/{single.slug}/repondre/", f"/enquetes/{stepped.slug}/"


def form_of(visitor: Visitor, path: str) -> tuple[Form, float]:
    """The page's form, and what the page cost."""
    answer = visitor.get(path)
    assert answer.status == 200, f"{path} answers {answer.status}"
    return forms_of(answer.text, path)[0], answer.seconds


def send(visitor: Visitor, form: Form) -> tuple[str, float]:
    """Where the filled form leads, and what sending it cost."""
    answer = visitor.post(form.action, form.filled())
    assert answer.status in {302, 303}, f"{form.action} answers {answer.status}"
    return answer.headers["Location"], answer.seconds


def one_submission(visitor: Visitor, path: str) -> float:
    """CPU of the page and of its sending by a new visitor."""
    form, shown = form_of(visitor, path)
    return shown + send(visitor, form)[1]


def one_walk(visitor: Visitor, path: str) -> float:
    """Mean CPU of a request, from the first page to the receipt, one question per page."""
    while "/merci/" not in path:
        form, _ = form_of(visitor, path)
        path, _ = send(visitor, form)
    return sum(seconds for _, seconds in visitor.spent) / len(visitor.spent)


def main() -> None:
    """Print the lines of this bench as JSON."""
    single, stepped = prepare()
    opened = visitors()
    for _ in range(5):
        one_submission(opened(), single), one_submission(opened(), "/bare/"), one_walk(opened(), stepped)
    ours, bare = best_medians(
        ROUNDS,
        REPEAT,
        lambda: one_submission(opened(), single),
        lambda: one_submission(opened(), "/bare/"),
    )
    step, bare_step = best_medians(
        ROUNDS, WALKS, lambda: one_walk(opened(), stepped), lambda: one_submission(opened(), "/bare/") / 2
    )
    rate, bare_rate = submissions_per_second([single, "/bare/"])
    lines = [
        line("12 questions on one page, GET + POST, CPU", ours, bare, limit=CPU_BUDGET),
        line("one question per page, each request, CPU", step, bare_step, most=2),
        line("submissions under granian, one worker", rate, bare_rate, least=0.6, unit="/s"),
    ]
    print(json.dumps(lines))


if __name__ == "__main__":
    main()
