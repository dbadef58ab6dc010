"""What counters, services and coordinators see: their own requests only."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from accounts.models import Membership, Role, User
from accounts.permissions import Visitor
from core.folding import words_in
from orientation.models import Coordination, HelpRequest, Sending
from orientation.permissions import can_coordinate_request, coordinated_communes, organisations_of
from orientation.situations import MOST_NEEDS

MOST_COORDINATORS = 200


@dataclass(frozen=True)
class Waits:
    """How much waits for a person, for the top of their lists."""

    to_answer: int
    proposed: int
    to_coordinate: int


def received(user: Visitor) -> QuerySet[Sending]:
    """Requests sent to services of the person's organisations, what waits longest first."""
    own = organisations_of(user)
    rows = (
        Sending.objects.readable()
        .filter(service__organisation__in=own)
        .exclude(state=Sending.State.WITHDRAWN)
    )
    return rows.select_related("service__organisation", "help_request__commune").prefetch_related(
        "help_request__needs"
    )


def sent_by(user: Visitor) -> QuerySet[HelpRequest]:
    """Requests made at the person's counters."""
    rows = HelpRequest.objects.kept().filter(counter__in=organisations_of(user))
    return rows.select_related("commune", "counter").prefetch_related("needs", "sendings__service")


def coordinations(user: Visitor) -> QuerySet[Coordination]:
    """Situations flagged where the person coordinates, those without a coordinator first."""
    rows = Coordination.objects.filter(
        help_request__erased_on=None, help_request__commune__in=coordinated_communes(user)
    )
    return rows.select_related("help_request__commune", "coordinator").order_by("named_on", "asked_on", "pk")


def narrowed(rows: QuerySet[Sending], *, state: str = "", words: str = "") -> QuerySet[Sending]:
    """By state, and by number of the request or name of the service."""
    if state == "waiting":
        rows = rows.filter(state__in=Sending.WAITING)
    elif state:
        rows = rows.filter(state=state)
    words = words.strip()
    if words:
        near = words_in(words, "service__name")
        key = words.lower().replace("-", "")
        if key and all(char in "0123456789abcdef" for char in key):
            near |= Q(help_request__pk__istartswith=key)
        rows = rows.filter(near)
    return rows.order_by("-sent_on", "pk")


def waits_of(user: Visitor) -> Waits:
    """Counts for the person, each in one query."""
    to_answer = received(user).filter(state__in=Sending.WAITING).count()
    chosen = to_propose(user)
    asked = coordinations(user).filter(state=Coordination.State.ASKED).count()
    return Waits(to_answer, chosen.count(), asked)


def to_propose(user: Visitor) -> QuerySet[Sending]:
    """Second choices the person's counters have still to put to people they helped."""
    rows = Sending.objects.readable().filter(
        help_request__counter__in=organisations_of(user), proposed__isnull=False, next_one=None
    )
    return rows.exclude(state=Sending.State.WITHDRAWN).select_related("help_request", "service")


def coordinators_for(request: HelpRequest) -> list[User]:
    """Who may be named: professionals of a territory that holds the person's commune."""
    rows = Membership.objects.active_on(timezone.localdate()).filter(
        role=Role.PROFESSIONAL, territory__isnull=False, user__is_active=True
    )
    users = {one.user_id: one.user for one in rows.select_related("user")[:MOST_COORDINATORS]}
    return [one for one in users.values() if can_coordinate_request(one, request)]


def counts_by_state(rows: QuerySet[Sending]) -> dict[str, int]:
    """How many in each state."""
    return dict(rows.order_by().values_list("state").annotate(total=Count("pk")))


def sendings_of(request: HelpRequest) -> list[Sending]:
    """Where the request stands at each service, in the order they were asked."""
    links = ("service__organisation__record", "proposed", "next_one", "after__service")
    rows = list(request.sendings.select_related(*links).order_by("sent_on", "service__name", "pk"))
    earlier = {one.pk: one.after_id for one in rows}

    def rank(key: UUID) -> int:
        before = earlier.get(key)
        return 1 + rank(before) if before else 0

    return sorted(rows, key=lambda one: (one.sent_on, rank(one.pk)))


def needs_of(request: HelpRequest, *, easy: bool = False) -> list[str]:
    """The needs in words."""
    found: Collection = request.needs.all()[:MOST_NEEDS]
    return [(easy and need.easy_read) or need.plain_label for need in found]
