"""The list of suitable services with the reasons, to print or keep; what is agreed before sending."""

import hashlib
from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.preferences import read_preferences
from directory.codes import Mode
from directory.models import Service
from orientation.matching import Match, Why, is_unmet
from orientation.models import OrientationSignal
from orientation.selectors.offers import epci_of, matches_of, need_labels, suitable, wish_of
from orientation.services.due import add_signals
from orientation.situations import AGE_BY_CODE, ALWAYS, SITUATION_BY_CODE
from orientation.steps import first_missing
from orientation.walk import Walk, counter_of, keep_walk, read_walk

MOST_COUNTERS = 3


@never_cache
@require_safe
def services(request: HttpRequest) -> HttpResponse:
    """The services that may suit, in a neutral order, each with its reasons."""
    walk = read_walk(request)
    if missing := first_missing(walk):
        return redirect("orientation:question", missing.slug)
    easy, place = read_preferences(request).easy_read, walk.place
    found = matches_of(walk.wish)
    _count_once(request, walk, [match for match, _service in found])
    town = place.name if place else ""
    context = {
        "walk": walk,
        "services": suitable(found, place=town, easy=easy),
        "counters": suitable(_counters(walk), place=town, easy=easy) if not found else [],
        "missing": [one for one in chosen_services(walk) if one.slug not in {s.slug for _m, s in found}],
        "answers": answers_of(walk, easy=easy),
        "counter": counter_of(request, walk),
        "easy": easy,
    }
    return render(request, "orientation/path/services.html", context)


def _counters(walk: Walk) -> list[tuple[Match, Service]]:
    """When nothing is found: who can look with the person, whatever their age or situation."""
    return matches_of(wish_of(needs=ALWAYS, commune=walk.place))[:MOST_COUNTERS]


def answers_of(walk: Walk, *, easy: bool) -> list[tuple[str, str, str]]:
    """What was answered, in words, each with the page that changes it."""
    place, age = walk.place, AGE_BY_CODE.get(walk.age)
    situations = [SITUATION_BY_CODE[one] for one in walk.situations if one in SITUATION_BY_CODE]
    lines = [
        ("age", _("Age"), str(age.label) if age else ""),
        ("situation", _("Situation"), " · ".join(str(one.easy if easy else one.label) for one in situations)),
        ("besoins", _("Needs"), " · ".join(need_labels(walk.needs, easy=easy).values())),
        ("lieu", _("Commune"), place.name if place else ""),
        (
            "comment",
            _("Where to meet"),
            ", ".join(str(label) for mode, label in Mode.choices if mode in walk.modes),
        ),
    ]
    return [
        (f"{reverse('orientation:question', args=[slug])}?retour=1", label, words)
        for slug, label, words in lines
    ]


def chosen_services(walk: Walk) -> list[Service]:
    """Those ticked that may still be read; sending says which no longer take requests."""
    rows = Service.objects.public().filter(slug__in=walk.services).select_related("organisation__record")
    return sorted(rows, key=lambda one: walk.services.index(one.slug))


def consent_words(services: Sequence[Service], *, at_counter: bool, easy: bool = False) -> str:
    """The exact sentence agreed to, kept with the request."""
    names = ", ".join(f"{one.name} ({one.organisation.name})" for one in services)
    if at_counter:
        text = _(
            "The person agrees that this request, and how to reach them, are given to: %(names)s. They use it only to "
            "answer. The person can take it back at any time. It is erased after two years at most."
        )
    elif easy:
        text = _(
            "I agree: my request, and how to reach me, go to: %(names)s. They use it to answer me. For nothing else. I "
            "can stop when I want, with my code. After 2 years everything is erased."
        )
    else:
        text = _(
            "I agree that this request, and how to reach me, are given to: %(names)s. They use it only to answer me. I "
            "can take it back at any time with my code. It is erased after two years at most."
        )
    return text % {"names": names[:700]}


def _count_once(request: HttpRequest, walk: Walk, matches: Sequence[Match]) -> None:
    """A path that ends without help is counted, once for the same answers; nothing of the person is."""
    answers = [sorted(walk.needs), walk.commune, walk.age, sorted(walk.modes), sorted(walk.situations)]
    mark = hashlib.sha256(repr(answers).encode()).hexdigest()[:16]
    outcome = outcome_of(matches)
    if walk.counted == mark:
        return
    walk.counted = mark
    keep_walk(request, walk)
    if outcome:
        add_signals(walk.needs, epci=epci_of(walk.place), outcome=outcome)


def outcome_of(matches: Sequence[Match]) -> str:
    """How the path ended when it did not end well; empty when somebody near can help."""
    if not matches:
        return str(OrientationSignal.Outcome.NOTHING)
    if is_unmet(matches):
        return str(OrientationSignal.Outcome.UNAVAILABLE)
    available = [one for one in matches if one.is_available]
    if all(any(reason.why == Why.FAR for reason in one.cautions) for one in available):
        return str(OrientationSignal.Outcome.FAR)
    return ""
