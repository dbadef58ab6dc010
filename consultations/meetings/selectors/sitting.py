"""What the screens of a sitting show: the item, the vote, the queue, the quorum."""

from dataclasses import dataclass
from uuid import UUID

from consultations.meetings.majority import Votes
from consultations.meetings.models import AgendaItem, Attendance, Decision, HasVoted, Meeting, SpeechRequest
from consultations.meetings.quorum import Verdict
from consultations.meetings.selectors.presence import Room, room_of
from consultations.meetings.wording import quorum_title, quorum_words, result_words, votes_words


@dataclass(frozen=True)
class VoteShown:
    """A vote: under way, how many have voted; closed, its totals."""

    decision: Decision
    voted: int
    voices: int

    @property
    def is_open(self) -> bool:
        return self.decision.state == Decision.State.OPEN

    @property
    def result(self) -> str:
        return result_words(self.decision.result)

    @property
    def votes(self) -> str:
        return votes_words(self.decision.votes)

    @property
    def bars(self) -> list[tuple[str, Votes]]:
        return self.decision.by_constituency


@dataclass(frozen=True)
class Screen:
    """The sitting as it is now."""

    meeting: Meeting
    room: Room
    items: list[AgendaItem]
    current: AgendaItem | None
    votes: list[VoteShown]
    queue: list[SpeechRequest]

    @property
    def verdict(self) -> Verdict:
        return self.room.verdict

    @property
    def quorum_title(self) -> str:
        return quorum_title(self.verdict)

    @property
    def quorum_words(self) -> list[str]:
        return quorum_words(self.verdict)

    @property
    def open_vote(self) -> VoteShown | None:
        return next((one for one in self.votes if one.is_open), None)

    @property
    def undecided(self) -> bool:
        """True when something that decides is left and the quorum is not there."""
        left = any(one.decides and one.state == AgendaItem.State.ACCEPTED for one in self.items)
        return left and not self.verdict.is_valid


def screen_of(meeting: Meeting) -> Screen:
    """Read afresh: what was recorded is what is shown."""
    room = room_of(meeting)
    items = list(meeting.items.on_agenda().prefetch_related("documents"))
    current = next((one for one in items if one.pk == meeting.current_item_id), None)
    decisions = list(current.decisions.order_by("number")) if current else []
    votes = [VoteShown(one, voted_count(one), len(room.voices)) for one in decisions]
    waiting = meeting.speech_requests.exclude(state=SpeechRequest.State.DONE)
    queue = list(waiting.select_related("attendance__mandate"))
    return Screen(meeting, room, items, current, votes, queue)


def voted_count(decision: Decision) -> int:
    """How many voices were used: on phones, and counted on paper or by hands."""
    on_paper = sum(sum(one.values()) for one in decision.paper.values())
    return decision.ballots.count() + on_paper


@dataclass(frozen=True)
class Mine:
    """What a member's phone may do now."""

    attendance: Attendance
    has_voice: bool
    stands_in_for: str
    has_voted: bool
    request: SpeechRequest | None


def mine_of(screen: Screen, attendance: Attendance) -> Mine:
    """One member's part of the screen."""
    line = screen.room.line_of(attendance.mandate_id)
    voice = line.voice if line else None
    seat: UUID | None = (voice.stands_in_for or voice.key) if voice else None
    vote = screen.open_vote
    voted = (
        vote is not None
        and seat is not None
        and HasVoted.objects.filter(decision=vote.decision, mandate_id=seat).exists()
    )
    request = next((one for one in screen.queue if one.attendance_id == attendance.pk), None)
    return Mine(attendance, voice is not None, line.stands_in_for if line else "", voted, request)
