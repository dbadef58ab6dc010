"""What a federation reads: opinions it received, topics several councils raise, its joint opinions."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from consultations.councils.models import Council
from consultations.councils.selectors import federated_councils
from consultations.meetings.models import Meeting
from consultations.opinions.merging import Subject, topics, words_of
from consultations.opinions.models import Forwarding, Opinion
from consultations.opinions.selectors.passages import CouncilVote, vote_of
from consultations.opinions.wording import state_words, tone_of
from core.text import fold

MOST_COMPARED, MOST_SHOWN = 300, 12
State = Opinion.State
SILENT = (State.WITHDRAWN, State.NOT_ADOPTED)


@dataclass(frozen=True)
class Received:
    """An opinion the federation received, with its council's vote; `is_free` when it may be joined."""

    vote: CouncilVote
    forwarding: Forwarding
    is_free: bool

    @property
    def opinion(self) -> Opinion:
        return self.vote.opinion


@dataclass(frozen=True)
class Topic:
    """What several councils say of the same matter. `theme` in words."""

    title: str
    theme: str
    opinions: list[Opinion]

    @property
    def councils(self) -> list[Council]:
        return list({one.council_id: one.council for one in self.opinions}.values())


def received_by(federation: Council) -> list[Received]:
    """What was passed up with a permission still in force, oldest first; what is already in a joint one too."""
    allowed = Q(
        opinion__forward_permissions__federation=federation, opinion__forward_permissions__withdrawn_on=None
    )
    rows = federation.received.filter(allowed | Q(joint__isnull=False)).distinct()
    found = rows.select_related("opinion__council", "opinion__decision__item__meeting", "joint")
    return [
        Received(vote_of(one.opinion), one, _is_free(one))
        for one in found.prefetch_related("opinion__needs", "opinion__answers")
    ]


def _is_free(one: Forwarding) -> bool:
    is_joined = one.joint is not None and one.joint.state != State.WITHDRAWN
    return not is_joined and one.opinion.state in {State.VOTED, *Opinion.WAITING}


def received_topics(federation: Council) -> list[list[Received]]:
    """What may be joined, in groups of what looks alike."""
    free = {one.opinion.pk: one for one in received_by(federation) if one.is_free}
    groups = topics([_subject(one.opinion) for one in free.values()])
    return [[free[subject.key] for subject in group] for group in groups]


def common_topics(federation: Council, *, shared_only: bool = True) -> list[Topic]:
    """Matters at least two member councils raise, among opinions anyone may read, the most shared first."""
    members = [one.council.pk for one in federated_councils(federation)]
    rows = Opinion.objects.published().filter(council__in=members).exclude(state__in=SILENT)
    found = {
        one.pk: one
        for one in rows.select_related("council")
        .prefetch_related("needs")
        .order_by("-sent_on")[:MOST_COMPARED]
    }
    groups = topics([_subject(one) for one in found.values()])
    made = [_topic([found[subject.key] for subject in group]) for group in groups]
    return [one for one in made if len(one.councils) > 1 or not shared_only][:MOST_SHOWN]


def _subject(opinion: Opinion) -> Subject:
    needs = frozenset(need.pk for need in opinion.needs.all())
    return Subject(opinion.pk, opinion.council_id, opinion.theme, words_of(fold(opinion.title)), needs)


def _topic(opinions: list[Opinion]) -> Topic:
    first = opinions[0]
    shared = set.intersection(*({need.plain_label for need in one.needs.all()} for one in opinions))
    return Topic(min(shared, default=first.title), str(first.get_theme_display()), opinions)


@dataclass(frozen=True)
class JointLine:
    """A joint opinion with how many councils it carries."""

    opinion: Opinion
    council_count: int

    @property
    def state(self) -> str:
        return state_words(self.opinion)

    @property
    def tone(self) -> str:
        return tone_of(self.opinion)

    @property
    def desk_url(self) -> str:
        return reverse("opinion_desk:detail", args=[self.opinion.pk])

    @property
    def public_url(self) -> str:
        return reverse("opinions:detail", args=[self.opinion.pk])


def joint_opinions(federation: Council, *, public: bool) -> list[JointLine]:
    """Those made from the opinions of councils, the latest first."""
    rows = Opinion.objects.published() if public else Opinion.objects.all()
    found = rows.filter(council=federation).annotate(count=Count("joined__opinion__council", distinct=True))
    listed = (
        found.filter(count__gt=0).select_related("council", "sent_to").order_by("-proposed_on", "-created_at")
    )
    return [JointLine(one, one.count) for one in listed]


def open_joints(federation: Council) -> list[Opinion]:
    """Joint opinions that may still take councils in."""
    states = (*Opinion.BEFORE, State.VOTED, *Opinion.WAITING)
    rows = Opinion.objects.of(federation).filter(state__in=states, answered_on=None, joined__isnull=False)
    return list(rows.distinct().order_by("-proposed_on"))


def words_together(received: Iterable[Received]) -> str:
    """The words of each council, one after the other, to be made into one text."""
    return "\n\n".join(f"{one.opinion.council.name} : {one.opinion.text}" for one in received)


def next_meetings(federation: Council, *, public: bool) -> list[Meeting]:
    """The joint agenda: what is convened in the federation and its councils, the soonest first."""
    members = [one.council.pk for one in federated_councils(federation)]
    rows = Meeting.objects.to_come(timezone.now()).filter(council__in=[federation.pk, *members])
    if public:
        rows = rows.filter(council__is_public=True)
    return list(rows.select_related("council")[:MOST_SHOWN])
