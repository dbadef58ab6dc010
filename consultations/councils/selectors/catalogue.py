"""Lists of councils: for anyone, and for those who sit in them or keep their papers."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils import timezone

from accounts.permissions import Visitor
from consultations.councils.models import Council, CouncilKind
from consultations.councils.models.council import CouncilQuerySet
from consultations.councils.permissions import worked_on_by
from core.text import fold
from territories.models import Territory
from territories.selectors import descendants


def listed_councils() -> CouncilQuerySet:
    """Alive and public, federations first, with what a card shows."""
    found = Council.objects.public().alive_on(timezone.localdate())
    return found.select_related("territory__level").prefetch_related("organisations")


def narrow(found: CouncilQuerySet, *, kind: str = "", territory: Territory | None = None) -> CouncilQuerySet:
    """Those of a kind, and of a place or of the places it holds."""
    if kind in CouncilKind.values:
        found = found.filter(kind=kind)
    if territory is not None:
        inside = [kin.territory.pk for kin in descendants(territory)]
        found = found.filter(territory__in=[territory.pk, *inside])
    return found


def matching(found: CouncilQuerySet, words: str) -> list[Council]:
    """Those whose name, establishments, place or kind hold every word, accents forgiven."""
    query = fold(words).split()
    return [one for one in found if all(word in _text(one) for word in query)]


def _text(council: Council) -> str:
    names = " ".join(one.name for one in council.organisations.all())
    return fold(f"{council.name} {names} {council.territory} {council.get_kind_display()} {council.summary}")


@dataclass(frozen=True)
class WorkLine:
    """A council in the workspace's list."""

    council: Council
    held_count: int


def my_councils(user: Visitor) -> list[WorkLine]:
    """Those the person sits in or keeps the papers of, with how many mandates are held today."""
    today = timezone.localdate()
    held = Q(mandates__starts_on__lte=today, mandates__ends_on__gte=today) & (
        Q(mandates__ended_on=None) | Q(mandates__ended_on__gte=today)
    )
    found = (
        Council.objects.filter(worked_on_by(user))
        .select_related("territory")
        .annotate(held_count=Count("mandates", filter=held))
        .order_by("dissolved_on", "name")
    )
    return [WorkLine(one, one.held_count) for one in found]
