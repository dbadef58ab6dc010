"""Searches that found nothing in the demo story, counted; the replies of the département; their publication."""

import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from demo.roles import BY_KEY
from directory.finding.models import SearchSignal
from observatory.portal.signals import publish_signals
from orientation.models import OrientationSignal
from territories.models import Territory
from territories.selectors import descendants, home_departement
from unmet.models import Signal
from unmet.services.gathering import gather_signals
from unmet.services.replying import reply_to_signal

ANSWERER = "organisatrice"
SEARCHED = (
    # need, shares by group of communes (in the order of their codes), place not said
    ("1.E.7", (34, 22, 18, 41, 15, 27, 12, 19, 24, 13, 16), 25),
    ("1.3.4.2", (21, 38, 29, 16, 33, 44, 19, 27, 0, 22, 31), 18),
    ("1.E.1", (28, 19, 13, 22, 0, 17, 14, 15, 12, 21, 18), 14),
    ("1.1.10", (19, 31, 26, 3, 24, 18, 22, 37, 15, 12, 20), 16),
    ("1.3.2.2", (18, 12, 0, 15, 0, 13, 0, 11, 14, 0, 12), 13),
    ("1.E.6", (4, 2, 5, 1, 3, 2, 4, 3, 1, 2, 3), 6),
    ("1.1.2", (2, 1, 0, 1, 0, 2, 1, 0, 0, 1, 0), 1),
)
"""Made up: the fourth has a group of communes with three searches only, the last two are rarer still."""
REASONS = {"1.E.7": "full", "1.E.1": "full", "1.3.2.2": "refused", "1.1.10": "unavailable"}
REPLIES = (
    ("1.E.7", "answer",
     "Vingt places d’accueil temporaire ouvrent dans trois résidences du département. Les guichets autonomie donnent "
     "la liste à jour chaque lundi.", "Département, service de l’autonomie", 150),
    ("1.3.4.2", "answer",
     "Le transport solidaire est étendu à toutes les intercommunalités. Chaque mairie dira à qui téléphoner.",
     "Département et intercommunalités", 90),
    ("1.3.2.2", "act", "Un numéro unique envoie chaque demande de ménage ou de courses à un service qui a de la place.",
     "Plateforme des services à domicile", None),
)  # fmt: skip


@transaction.atomic
def load() -> None:
    """Create what is missing; what was answered by hand since is left as it is."""
    scope = home_departement()
    if scope is None:
        return
    if not SearchSignal.objects.filter(found="0", need=SEARCHED[0][0]).exists():
        _count(scope)
    gather_signals()
    publish_signals(timezone.localdate().year)
    _reply(scope)


def _count(scope: Territory) -> None:
    """Spread over the weeks of the year gone by, nothing found and only far away; then requests that ended badly."""
    groups = sorted(
        kin.territory.code for kin in descendants(scope) if kin.is_full and kin.territory.level_id == "epci"
    )
    today = timezone.localdate()
    for need, counts, unsaid in SEARCHED:
        for epci, count in [*zip(groups, counts, strict=False), ("", unsaid)]:
            far, bad = count // 3, count // 4 if need in REASONS else 0
            _search(today, need, epci, "0", "", count - far - bad)
            _search(today, need, epci, "1-2", "50", far)
            if bad:
                OrientationSignal.objects.create(
                    month=today.replace(day=1), need=need, epci=epci, outcome=REASONS[need], count=bad
                )


def _search(today: datetime.date, need: str, epci: str, found: str, nearest: str, count: int) -> None:
    if count:
        SearchSignal.objects.create(
            day=today.replace(day=1), need=need, epci=epci, found=found, nearest=nearest, count=count
        )


def _reply(scope: Territory) -> None:
    actor = User.objects.filter(email=BY_KEY[ANSWERER].email).first()
    for need, verb, text, by, days in REPLIES:
        signal = Signal.objects.filter(need=need, territory=scope).first()
        if actor is None or signal is None or signal.replies.exists():
            continue
        due = timezone.localdate() + datetime.timedelta(days=days) if days else None
        reply_to_signal(actor=actor, signal=signal, verb=verb, text=text, by=by, due_on=due)
