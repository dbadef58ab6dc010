"""Lists of opinions: what anyone may follow, and what someone has to do."""

import datetime
from dataclasses import dataclass

from django.db.models import Case, IntegerField, Q, Value, When
from django.utils import timezone

from accounts.models import Role, User
from accounts.permissions import Visitor, active_memberships, is_administrator, is_member
from consultations.councils.models import Council
from consultations.councils.permissions import worked_on_by
from consultations.opinions.models import Opinion
from consultations.opinions.models.opinion import OpinionQuerySet
from consultations.opinions.permissions import SPEAKERS, can_propose
from core.text import fold
from territories.models import Territory
from territories.selectors import descendants

State = Opinion.State
SITUATIONS: dict[str, Q] = {
    "waiting": Q(state__in=Opinion.WAITING),
    "accepted": Q(state__in=Opinion.ENDED, answer_kind__in=("accepted", "in_part")),
    "refused": Q(state__in=Opinion.ENDED, answer_kind="refused"),
    "carried_out": Q(state__in=(State.CARRIED_OUT, State.EVALUATED)),
    "withdrawn": Q(state=State.WITHDRAWN),
}
MOST_READ = 2000


def late_first(found: OpinionQuerySet, day: datetime.date) -> OpinionQuerySet:
    """Overdue ones first, the longest overdue at the top; then the latest sent."""
    late = Case(
        When(state__in=Opinion.WAITING, due_on__lt=day, then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    overdue_by = Case(When(state__in=Opinion.WAITING, due_on__lt=day, then="due_on"), default=None)
    return found.annotate(is_late_rank=late).order_by("is_late_rank", overdue_by, "-sent_on", "-number")


def public_opinions(
    *, words: str = "", territory: Territory | None = None, theme: str = "", situation: str = ""
) -> list[Opinion]:
    """Opinions anyone may read, narrowed; `situation` is a key of `SITUATIONS` or “overdue”."""
    today = timezone.localdate()
    found = Opinion.objects.published().select_related("council__territory", "sent_to")
    if territory is not None:
        inside = [kin.territory.pk for kin in descendants(territory)]
        found = found.filter(council__territory__in=[territory.pk, *inside])
    if theme:
        found = found.filter(theme=theme)
    if situation == "overdue":
        found = found.overdue(today)
    elif situation in SITUATIONS:
        found = found.filter(SITUATIONS[situation])
    query = fold(words).split()
    rows = late_first(found, today)[:MOST_READ]
    return [one for one in rows if all(word in _text(one) for word in query)]


def _text(one: Opinion) -> str:
    return fold(f"{one.title} {one.text} {one.council.name} {one.council.territory} {one.sent_to or ''}")


@dataclass(frozen=True)
class Tally:
    """How many opinions anyone may read, and what became of them. Acts of bodies: no threshold."""

    sent: int = 0
    answered: int = 0
    in_time: int = 0
    waiting: int = 0
    overdue: int = 0
    carried_out: int = 0


def tally(found: OpinionQuerySet | None = None) -> Tally:
    """Counted together, whatever the filters of the page."""
    rows = Opinion.objects.published() if found is None else found
    today = timezone.localdate()
    lines = rows.values_list("state", "due_on", "first_due_on", "answered_on")
    answered = [one for one in lines if one[3] is not None]
    waiting = [one for one in lines if one[0] in Opinion.WAITING]
    return Tally(
        sent=len(lines),
        answered=len(answered),
        in_time=sum(one[2] is not None and one[3] <= one[2] for one in answered if one[3] is not None),
        waiting=len(waiting),
        overdue=sum(one[1] is not None and one[1] < today for one in waiting),
        carried_out=sum(one[0] in {State.CARRIED_OUT, State.EVALUATED} for one in lines),
    )


def addressed_to(user: Visitor) -> Q:
    """Opinions sent to a body this person speaks for, as a filter."""
    held = [one for one in active_memberships(user) if one.role in SPEAKERS]
    bodies = {one.organisation_id for one in held if one.organisation_id}
    places = {one.territory_id for one in held if one.territory_id and one.role == Role.OFFICIAL}
    by_place = Q(sent_to__territory__in=places, sent_to__kind="authority")
    return Q(sent_on__isnull=False) & (Q(sent_to__in=bodies) | by_place)


def seen_by(user: User) -> Q:
    """Opinions someone works on: of their councils, or sent to the body they speak for."""
    mine = Council.objects.filter(worked_on_by(user))
    return Q() if is_administrator(user) else Q(council__in=mine) | addressed_to(user)


@dataclass(frozen=True)
class DeskList:
    """Opinions of someone's councils by what has to be done, those sent to them, and where they may propose."""

    to_answer: list[Opinion]
    proposed: list[Opinion]
    to_send: list[Opinion]
    waiting: list[Opinion]
    ended: list[Opinion]
    councils: list[Council]


def desk_list(user: User) -> DeskList:
    """Three queries, whatever their number."""
    mine = (
        Opinion.objects.filter(seen_by(user)).select_related("council", "sent_to", "proposed_by").distinct()
    )
    rows = list(late_first(mine, timezone.localdate())[:MOST_READ])
    asked = (
        set(Opinion.objects.filter(addressed_to(user)).values_list("pk", flat=True))
        if is_member(user)
        else set()
    )
    councils = Council.objects.filter(worked_on_by(user), dissolved_on=None).order_by("name")
    waiting = [one for one in rows if one.state in Opinion.WAITING]
    return DeskList(
        to_answer=[one for one in waiting if one.pk in asked],
        proposed=[one for one in rows if one.state in Opinion.BEFORE],
        to_send=[one for one in rows if one.state == State.VOTED],
        waiting=[one for one in waiting if one.pk not in asked],
        ended=[one for one in rows if one.state in {*Opinion.ENDED, State.WITHDRAWN, State.NOT_ADOPTED}],
        councils=[one for one in councils if can_propose(user, one)],
    )
