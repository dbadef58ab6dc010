"""Which services may suit, in which order, and why. Pure: dataclasses in, dataclasses out.

The order is neutral and public: those that can take someone now, then near first by bands of distance (a service that
comes to the home is near), then a shuffle that changes every day, the same for everybody. Nothing else counts.
"""

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from directory.finding.ordering import REMOTE_KM, UNKNOWN_KM, band_of, shuffled
from directory.geography import Point, distance_km

FARTHEST_KM = 50.0
"""Farther, a service is proposed only when it says that it serves the commune."""
FAR_KM = 30.0
EVERYONE = "tous-publics"


class Why(StrEnum):
    """A reason to propose a service, or something to know first."""

    NEED = "need"
    SERVES = "serves"
    HOME = "home"
    REMOTE = "remote"
    NEAR = "near"
    FAR = "far"
    AGE = "age"
    AUDIENCE = "audience"
    WAITING = "waiting"
    FULL = "full"
    CLOSED = "closed"


CAUTIONS = frozenset({Why.FAR, Why.WAITING, Why.FULL, Why.CLOSED})


@dataclass(frozen=True)
class Wish:
    """What a person looks for. `holders`: the commune and every territory that holds it. No answer restricts nothing."""

    needs: frozenset[str]
    holders: frozenset[int] = frozenset()
    point: Point | None = None
    ages: tuple[int, int] | None = None
    audiences: frozenset[str] = frozenset()
    modes: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Offer:
    """What matching reads of a service. Empty lists say nothing: they exclude nobody."""

    pk: int
    needs: frozenset[str]
    coverage: frozenset[int] = frozenset()
    eligible: frozenset[int] = frozenset()
    points: tuple[Point, ...] = ()
    age_min: int | None = None
    age_max: int | None = None
    audiences: frozenset[str] = frozenset()
    modes: frozenset[str] = frozenset()
    is_closed: bool = False
    is_full: bool = False
    is_waiting: bool = False


@dataclass(frozen=True)
class Reason:
    """One reason, with what its words need: codes of needs or of audiences, or kilometres."""

    why: Why
    codes: tuple[str, ...] = ()
    km: int | None = None


@dataclass(frozen=True)
class Match:
    """A service that may suit."""

    offer: Offer
    needs: tuple[str, ...]
    km: float | None
    reasons: tuple[Reason, ...]
    cautions: tuple[Reason, ...]

    @property
    def is_available(self) -> bool:
        """True when it can take someone now, a waiting list included."""
        return not (self.offer.is_closed or self.offer.is_full)


def answers_need(offered: str, wanted: str) -> bool:
    """The same code, one below it, or the branch that holds it: `1.3.2` and `1.3.2.2` answer each other."""
    return offered == wanted or offered.startswith(f"{wanted}.") or wanted.startswith(f"{offered}.")


def match_offer(wish: Wish, offer: Offer) -> Match | None:
    """The match of one service, or None when it cannot suit."""
    needs = tuple(sorted(need for need in wish.needs if any(answers_need(one, need) for one in offer.needs)))
    if not needs or not _accepts(wish, offer):
        return None
    km = min((distance_km(wish.point, one) for one in offer.points), default=None) if wish.point else None
    serves = bool(offer.coverage & wish.holders)
    if wish.holders and not serves and not _is_within_reach(offer, km):
        return None
    reasons = list(_reasons(wish, offer, needs, km, serves=serves))
    return Match(
        offer,
        needs,
        km,
        tuple(one for one in reasons if one.why not in CAUTIONS),
        tuple(one for one in reasons if one.why in CAUTIONS),
    )


def match_offers(wish: Wish, offers: Iterable[Offer], *, day: datetime.date) -> tuple[Match, ...]:
    """Those that may suit, in the neutral order of the day."""
    found = [match for offer in offers if (match := match_offer(wish, offer))]
    return tuple(sorted(found, key=lambda one: _rank(one, day)))


def next_match(
    wish: Wish, offers: Iterable[Offer], *, day: datetime.date, asked: Collection[int]
) -> Match | None:
    """The first one that can take someone and was not asked already."""
    ranked = match_offers(wish, offers, day=day)
    return next((one for one in ranked if one.offer.pk not in asked and one.is_available), None)


def is_unmet(matches: Collection[Match]) -> bool:
    """True when nobody can take the person: what the observatory counts."""
    return not any(one.is_available for one in matches)


def _accepts(wish: Wish, offer: Offer) -> bool:
    if wish.ages is not None:
        low, high = wish.ages
        if (offer.age_min is not None and high < offer.age_min) or (
            offer.age_max is not None and low > offer.age_max
        ):
            return False
    closed_to = wish.audiences and offer.audiences and EVERYONE not in offer.audiences
    if closed_to and not wish.audiences & offer.audiences:
        return False
    if wish.modes and offer.modes and not wish.modes & offer.modes:
        return False
    return not (wish.holders and offer.eligible and not offer.eligible & wish.holders)


def _is_within_reach(offer: Offer, km: float | None) -> bool:
    """Not limited to other places, and near enough to go there."""
    return not offer.coverage and (km is None or km <= FARTHEST_KM)


def _reasons(
    wish: Wish, offer: Offer, needs: tuple[str, ...], km: float | None, *, serves: bool
) -> Iterable[Reason]:
    yield Reason(Why.NEED, needs)
    if serves:
        yield Reason(Why.SERVES)
    if "home" in offer.modes:
        yield Reason(Why.HOME)
    elif km is not None:
        yield Reason(Why.FAR if km > FAR_KM else Why.NEAR, km=round(km))
    if "remote" in offer.modes:
        yield Reason(Why.REMOTE)
    if wish.ages is not None and (offer.age_min is not None or offer.age_max is not None):
        yield Reason(Why.AGE)
    if common := wish.audiences & offer.audiences:
        yield Reason(Why.AUDIENCE, tuple(sorted(common)))
    if offer.is_closed:
        yield Reason(Why.CLOSED)
    if offer.is_full:
        yield Reason(Why.FULL)
    elif offer.is_waiting:
        yield Reason(Why.WAITING)


def _rank(match: Match, day: datetime.date) -> tuple[bool, int, int, int]:
    offer = match.offer
    if "home" in offer.modes:
        band = 0
    elif match.km is not None:
        band = band_of(match.km)
    else:
        band = band_of(REMOTE_KM if "remote" in offer.modes else UNKNOWN_KM)
    return (not match.is_available, band, shuffled(offer.pk, day), offer.pk)
