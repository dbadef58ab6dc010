"""What the screens of a sitting show: the item, the vote, the queue, the quorum."""

from dataclasses import dataclass
from uuid import UUID

from consultations.meetings.models import AgendaItem, Attendance, Decision, HasVoted, Meeting, SpeechRequest
from consultations.meetings.quorum import Verdict
from consultations.meetings.selectors.presence import Room, room_of
from consultations.meetings.wording import (
    majority_words,
    quorum_title,
    quorum_words,
    result_words,
    voices_words,
    votes_words,
)


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
    def why(self) -> str:
        """Why more votes for than against were not enough; empty otherwise."""
        one = self.decision
        return majority_words(one.result, one.votes, base=one.majority, present=one.present_count)

    @property
    def votes(self) -> str:
        return votes_words(self.decision.votes)

    @property
    def bars(self) -> list[str]:
        """Totals by constituency, in words; none for a secret vote."""
        return [
            f"{label[:1].upper()}{label[1:]} : {votes_words(votes)}"
            for label, votes in self.decision.by_constituency
        ]


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
    def last_vote(self) -> VoteShown | None:
        """The latest vote of the item that was closed, not stopped."""
        done = [one for one in self.votes if one.decision.state == Decision.State.CLOSED]
        return done[-1] if done else None

    @property
    def waiting(self) -> list[SpeechRequest]:
        """Those who asked and have not the floor yet."""
        return [one for one in self.queue if one.state == SpeechRequest.State.WAITING]

    @property
    def speaking(self) -> SpeechRequest | None:
        """Who has the floor."""
        return next((one for one in self.queue if one.state == SpeechRequest.State.SPEAKING), None)

    @property
    def current_number(self) -> int:
        """The place of the item on the agenda."""
        return next((n for n, one in enumerate(self.items, start=1) if one == self.current), 0)

    @property
    def quorum_short(self) -> str:
        return quorum_title(self.verdict)

    @property
    def voices_words(self) -> str:
        """How many may vote now, of how many seats."""
        return voices_words(len(self.room.voices), self.verdict.presence.members)

    @property
    def may_ask_secret(self) -> bool:
        """True when one member is enough for this item to be voted in secret, and none asked yet."""
        item = self.current
        if item is None or not item.decides or item.secret_asked or item.state != AgendaItem.State.ACCEPTED:
            return False
        has_secret = any(one.is_open and one.decision.is_secret for one in self.votes)
        return not has_secret and bool(self.room.rules.value("secret_vote_on_demand"))

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
class MyBallot:
    """A voice to use; `voter` is empty for one's own."""

    seat: UUID
    voter: str = ""
    is_proxy: bool = False
    has_voted: bool = False


@dataclass(frozen=True)
class Mine:
    """What a member's phone may do now."""

    attendance: Attendance
    ballots: list["MyBallot"]
    request: SpeechRequest | None
    may_ask_secret: bool = False

    @property
    def has_voice(self) -> bool:
        return bool(self.ballots)

    @property
    def has_voted(self) -> bool:
        """Every voice they hold was used."""
        return bool(self.ballots) and all(one.has_voted for one in self.ballots)

    @property
    def next_ballot(self) -> "MyBallot | None":
        """The vote to cast now: one's own first, then those one carries."""
        return next((one for one in self.ballots if not one.has_voted), None)


def mine_of(screen: Screen, attendance: Attendance) -> Mine:
    """One member's part of the screen."""
    line = screen.room.line_of(attendance.mandate_id)
    vote = screen.open_vote
    voices = line.voices if line else ()
    used: set[UUID] = set()
    if vote is not None and voices:
        marks = HasVoted.objects.filter(decision=vote.decision, mandate_id__in=[one.seat for one in voices])
        used = set(marks.values_list("mandate_id", flat=True))
    voters = (line.stands_in_for, *line.votes_for) if line else ()
    ballots = [
        MyBallot(one.seat, voter, one.is_proxy, one.seat in used)
        for one, voter in zip(voices, voters, strict=False)
    ]
    request = next((one for one in screen.queue if one.attendance_id == attendance.pk), None)
    return Mine(attendance, ballots, request, bool(ballots) and screen.may_ask_secret)
