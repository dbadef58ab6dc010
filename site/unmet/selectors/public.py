"""What anyone may read: replies to signals whose figure is published, and the services offered (public records)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import F, Prefetch

from needs.models import Need
from territories.models import Territory
from unmet.models import Offer, Reply, Signal

LEVELS = ("departement", "epci")
"""Where signals are counted and answered: no finer."""


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


def saturated() -> set[tuple[str, int]]:
    """Needs and territories where every service is full or closed: records say so, anyone may read it."""
    rows = Offer.objects.filter(
        services__gt=0,
        full=F("services"),
        territory__level__in=LEVELS,
        need__in=Need.objects.voiced().values("code"),
    )
    return set(rows.values_list("need", "territory_id"))


def offers_in(territory: Territory) -> Mapping[str, Offer]:
    """How many services answer each need there. One query."""
    return {one.need: one for one in Offer.objects.filter(territory=territory)}
