"""What anyone may read: replies to signals whose figure is published, and the services offered (public records)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import F, Prefetch, Q

from needs.models import Need
from territories.models import Territory
from unmet.models import Offer, Reply, Signal

LEVELS = ("departement", "epci")
"""Where signals are counted and answered: no finer."""
Where = tuple[str, int]  # need, territory


@dataclass(frozen=True)
class Shown:
    """A signal with what was answered, the last reply first."""

    need: str
    state: str
    state_label: str
    replies: tuple[Reply, ...]


def replies_shown(territory: Territory, *, needs: Collection[str] | None = None) -> Mapping[str, Shown]:
    """By need, in one territory. Two queries."""
    rows = Signal.objects.shown().filter(territory=territory)
    if needs is not None:
        rows = rows.filter(need__in=list(needs))
    rows = rows.prefetch_related(Prefetch("replies", Reply.objects.order_by("-written_on", "-pk")))
    return {
        one.need: Shown(one.need, one.state, str(one.get_state_display()), tuple(one.replies.all()))
        for one in rows
    }


def saturated() -> set[Where]:
    """Where every service for a need is full or closed: records say so, anyone may read it."""
    return _told(Q(full=F("services")))


def outdated() -> set[Where]:
    """Where half of the records for a need, or more, were not checked in time: each says so, anyone may read it."""
    return _told(Q(stale__gt=0, services__lte=F("stale") * 2))


def told_by_records() -> set[Where]:
    """What records say by themselves: signals without any search."""
    return saturated() | outdated()


def _told(wanted: Q) -> set[Where]:
    """Of the finest needs only: a branch would say again what they say."""
    rows = Offer.objects.filter(wanted, services__gt=0, territory__level__in=LEVELS)
    finest = Need.objects.voiced().filter(children=None).values("code")
    return set(rows.filter(need__in=finest).values_list("need", "territory_id"))


def offers_in(territory: Territory) -> Mapping[str, Offer]:
    """How many services answer each need there. One query."""
    return {one.need: one for one in Offer.objects.filter(territory=territory)}
