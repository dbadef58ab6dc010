"""What the plain pages of a room show, from the same state as the live screens."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils import timezone

from consultations.live.models import Participant, Room
from consultations.live.registries import Role, Viewer
from consultations.live.selectors import Presence, count_present
from consultations.polls.forms import DrawnBallot, draw_ballot
from consultations.polls.models import Poll
from consultations.polls.selectors import PollResults, poll_results
from consultations.polls.selectors import Viewer as Reader
from consultations.polls.services.voting import COUNTED_BY_HAND
from consultations.workshops.board.items import vote_key
from consultations.workshops.board.snapshot import ballots_given, state_of
from consultations.workshops.board.state import Item, State, empty_state
from consultations.workshops.kinds import (
    DotsSettings,
    GroupSettings,
    RankSettings,
    Settings,
    read_settings,
    write_settings,
)
from consultations.workshops.models import BoardOperation, Card, College, Signal, Stage, Workshop
from consultations.workshops.polling import PLACE, polls_of
from consultations.workshops.targets import targets_of, written_in

MOST_UNFOLDED = 24


@dataclass(frozen=True)
class Clock:
    """The stage's clock as a page without JavaScript can say it."""

    ends_at: datetime.datetime | None
    minutes_left: int | None
    is_paused: bool


@dataclass(frozen=True)
class Column:
    """A group with its cards; without a group, the cards not put together yet."""

    group: Item | None
    cards: list[Item]


@dataclass(frozen=True)
class Choice:
    """Something to vote on: a group or a card, what was given to it, and totals once they are shown."""

    key: str
    label: str
    cards: list[Item]
    points: int = 0
    effort: int | None = None
    total: Item | None = None

    @property
    def mean(self) -> float | None:
        """Mean of the points of those who gave some."""
        return self.total["points"] / self.total["voters"] if self.total else None

    @property
    def mean_effort(self) -> float | None:
        return self.total["effort"] / self.total["voters"] if self.total else None


@dataclass(frozen=True)
class Board:
    """The state of the room around one stage."""

    stage: Stage | None
    settings: Settings | None
    clock: Clock | None
    number: int
    count: int
    columns: list[Column] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)


@dataclass(frozen=True)
class RoomPoll:
    """A poll of the room: its ballot while one may vote, its results as far as they may be shown."""

    poll: Poll
    results: PollResults
    ballot: DrawnBallot | None = None
    has_voted: bool = False
    turn: int = 1
    people: int = 1

    @property
    def can_vote(self) -> bool:
        return self.ballot is not None

    @property
    def takes_hands(self) -> bool:
        return not self.poll.is_secret and self.poll.kind in COUNTED_BY_HAND


@dataclass(frozen=True)
class ParticipantScreen:
    """One participant's page."""

    board: Board
    state: State
    my_cards: list[Item]
    cards_left: int
    dots_left: int | None
    ranked: list[str]
    signals: set[str]
    participants_move: bool
    polls: list[RoomPoll]

    @property
    def columns(self) -> list[Column]:
        """Everyone's cards, where they are looked at: others' ones while writing, none while voting."""
        stage = self.board.stage
        if stage is None or stage.kind in (*Stage.VOTING, Stage.Kind.RANK, Stage.Kind.POLL):
            return []
        if stage.kind not in Stage.WRITING:
            return self.board.columns
        others = [
            Column(column.group, [card for card in column.cards if not card.get("mine")])
            for column in self.board.columns
        ]
        return [column for column in others if column.cards]

    @property
    def is_folded(self) -> bool:
        """True when the board is too long to stand open above what comes after it."""
        return sum(len(column.cards) for column in self.columns) > MOST_UNFOLDED

    @property
    def can_write(self) -> bool:
        stage = self.board.stage
        return bool(stage and stage.kind in Stage.WRITING and stage.contributions_open)

    @property
    def can_vote(self) -> bool:
        stage = self.board.stage
        return bool(stage and stage.contributions_open and stage.kind not in (*Stage.WRITING, "group"))


@dataclass(frozen=True)
class ConsoleScreen:
    """The facilitator's page."""

    board: Board
    state: State
    stages: list[Stage]
    presence: Presence
    late: list[Item]
    hidden: list[Item]
    signals: list[Item]
    counts: Item
    last_operation: BoardOperation | None
    polls: list[RoomPoll]

    @property
    def large(self) -> str:
        """The words shown alone on the big screen: of a card, or the name of a group."""
        key = self.state["board"]["board"]["spotlight"]
        card, group = self.state["cards"].get(key), self.state["groups"].get(key)
        return card["text"] if card else group["name"] if group else ""

    @property
    def calls(self) -> list[Item]:
        """Those who wait for an answer, in order."""
        return [signal for signal in self.signals if signal["kind"] != Signal.Kind.READY]


def participant_screen(room: Room, participant: Participant) -> ParticipantScreen:
    """What this device may see and do now."""
    state = state_of(room, Viewer(Role.PARTICIPANT, participant=participant))
    _add_reactions(state)
    board = board_of(room, state)
    stage = board.stage
    mine = [card for card in state["cards"].values() if card.get("mine")]
    here = [card for card in mine if stage and card["stage"] == str(stage.pk)]
    most = write_settings(stage).most_cards * participant.headcount if stage else 0
    ranked = state["ranks"].get(str(stage.pk), {}).get("targets", []) if stage else []
    return ParticipantScreen(
        board=board,
        state=state,
        my_cards=sorted(here if stage and stage.kind in Stage.WRITING else mine, key=_order),
        cards_left=max(0, most - len(here)),
        dots_left=_dots_left(board, participant),
        ranked=ranked,
        signals=set(state["signals"]),
        participants_move=isinstance(board.settings, GroupSettings) and board.settings.participants_move,
        polls=polls_for_participant(room, state, participant),
    )


def _add_reactions(state: State) -> None:
    """Which cards may be reacted to, and how this device did: no page draws its own."""
    for key, card in state["cards"].items():
        settings = state["stages"][card["stage"]]["settings"]
        card["takes_reactions"] = bool(settings.get("reactions")) and not card.get("mine")
        card["reacted"] = state["reacted"].get(key, {}).get("kinds", [])


def blank_screen() -> ParticipantScreen:
    """The same with nothing in it."""
    return ParticipantScreen(
        board=Board(stage=None, settings=None, clock=None, number=0, count=0),
        state=empty_state(),
        my_cards=[],
        cards_left=0,
        dots_left=None,
        ranked=[],
        signals=set(),
        participants_move=False,
        polls=[],
    )


def polls_for_participant(room: Room, state: State, participant: Participant) -> list[RoomPoll]:
    """The first open poll not voted in yet, then those whose results are promised; the latest first."""
    found, ballot_drawn = [], False
    polls = list(Poll.objects.at(PLACE, room.key).opened().order_by("created_at", "pk"))
    given = ballots_given([poll for poll in polls if poll.status == Poll.Status.OPEN], participant)
    for poll in polls:
        has_voted = str(poll.pk) in state["voted"]
        reader = Reader.VOTER if has_voted else Reader.VISITOR
        asks = poll.status == Poll.Status.OPEN and not has_voted and not ballot_drawn
        ballot_drawn = ballot_drawn or asks
        ballot = draw_ballot(poll.asked) if asks else None
        turn = given.get(poll.pk, 0) + 1
        results = poll_results(poll, reader)
        found.append(RoomPoll(poll, results, ballot, has_voted, turn, participant.headcount))
    return sorted(found, key=lambda one: not one.can_vote)


def poll_on_screen(room: Room) -> RoomPoll | None:
    """The poll the big screen may show: the latest one open, else the latest one closed; as everyone reads it."""
    found = list(Poll.objects.at(PLACE, room.key).opened().order_by("created_at", "pk"))
    found.sort(key=lambda poll: poll.status == Poll.Status.OPEN)
    return RoomPoll(found[-1], poll_results(found[-1], Reader.VISITOR)) if found else None


def _order(card: Item) -> tuple[int, str]:
    return card["order"], card["id"]


def _dots_left(board: Board, participant: Participant) -> int | None:
    if not isinstance(board.settings, DotsSettings):
        return None
    return board.settings.dots * participant.headcount - sum(choice.points for choice in board.choices)


def console_screen(room: Room, user: Any) -> ConsoleScreen:
    """Everything a facilitator needs to run the room."""
    state = state_of(room, Viewer(Role.FACILITATOR, user=user))
    labels = dict(College.choices)
    for card in state["cards"].values():
        card["college_label"] = str(labels.get(card["college"], card["college"]))
    board = board_of(room, state)
    workshop = Workshop.objects.get(pk=room.key)
    cards = sorted(state["cards"].values(), key=_order)
    empty = {"cards": 0, "voters": 0}
    return ConsoleScreen(
        board=board,
        state=state,
        stages=list(workshop.stages.select_related("source")),
        presence=count_present(room),
        late=[card for card in cards if card["late"] == Card.Late.WAITING],
        hidden=[card for card in cards if card["hidden"]],
        signals=sorted(state["signals"].values(), key=lambda signal: signal["order"]),
        counts=state["counts"].get(str(board.stage.pk), empty) if board.stage else empty,
        last_operation=BoardOperation.objects.last_of(workshop.pk),
        polls=[RoomPoll(poll, poll_results(poll, Reader.FACILITATOR)) for poll in polls_of(workshop)],
    )


def board_of(room: Room, state: State) -> Board:
    """The stage under way with what is around it; the last one finished when none is."""
    stages = list(
        Stage.objects.filter(workshop_id=room.key).select_related("source", "workshop").order_by("order")
    )
    current = next((stage for stage in stages if stage.is_current), None)
    if current is None:
        return Board(None, None, None, 0, len(stages))
    settings = read_settings(current.kind, current.settings)
    number = stages.index(current) + 1
    columns = columns_of(current, state)
    votes = current.kind in (*Stage.VOTING, Stage.Kind.RANK)
    choices = choices_of(current, state) if votes else []
    return Board(current, settings, clock_of(current), number, len(stages), columns, choices)


def clock_of(stage: Stage) -> Clock:
    """How long is left, in whole minutes, rounded up; None once the time has run out."""
    seconds = stage.seconds_left
    if stage.ends_at is not None:
        seconds = round((stage.ends_at - timezone.now()).total_seconds())
    minutes = -(-seconds // 60) if seconds and seconds > 0 else None
    return Clock(stage.ends_at, minutes, stage.state == Stage.State.PAUSED)


def columns_of(stage: Stage, state: State) -> list[Column]:
    """The cards a stage works on, by group, those left alone last; hidden and late ones apart."""
    written = {str(one.pk) for one in written_in(stage)}
    by_group: dict[str | None, list[Item]] = defaultdict(list)
    for card in sorted(state["cards"].values(), key=_order):
        is_kept = not card["hidden"] and card["late"] != Card.Late.WAITING
        if card["stage"] in written and is_kept:
            by_group[card["group"]].append(card)
    groups = sorted(state["groups"].values(), key=_order)
    own = {str(stage.pk), text(stage.source_id)}
    shown = [group for group in groups if by_group.get(group["id"]) or group["stage"] in own]
    columns = [Column(group, by_group.get(group["id"], [])) for group in shown]
    return [*columns, Column(None, by_group[None])] if by_group.get(None) else columns


def text(key: UUID | None) -> str:
    return str(key) if key else ""


def choices_of(stage: Stage, state: State) -> list[Choice]:
    """What may be voted on, in the order of the board."""
    found = targets_of(stage)
    cards = [state["cards"][str(key)] for key in found.cards if str(key) in state["cards"]]
    groups = [state["groups"][str(key)] for key in found.groups if str(key) in state["groups"]]
    inside: dict[str, list[Item]] = defaultdict(list)
    for card in sorted(state["cards"].values(), key=_order):
        if card["group"] and not card["hidden"]:
            inside[card["group"]].append(card)
    named = [(group["id"], group["name"], inside[group["id"]]) for group in sorted(groups, key=_order)]
    alone: Iterable[tuple[str, str, list[Item]]] = (
        (card["id"], card["text"], []) for card in sorted(cards, key=_order)
    )
    return [_choice(stage, state, *one) for one in [*named, *alone]]


def _choice(stage: Stage, state: State, key: str, label: str, cards: list[Item]) -> Choice:
    vote = state["votes"].get(vote_key(stage.pk, UUID(key)), {})
    total = state["tallies"].get(vote_key(stage.pk, UUID(key)))
    return Choice(key, label, cards, vote.get("points", 0), vote.get("effort"), total)


def rank_places(settings: Settings | None) -> range:
    """The places to fill in a ranking stage, from 1."""
    return range(1, settings.places + 1) if isinstance(settings, RankSettings) else range(0)
