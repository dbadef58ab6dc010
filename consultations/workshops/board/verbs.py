"""The workshop as a kind of room: its verbs, who may use them, what each viewer sees."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext as _
from pydantic import BaseModel

from accounts.models import User
from consultations.live.models import Room
from consultations.live.problems import Refused
from consultations.live.registries import Role, RoomKind, Verb, Viewer
from consultations.workshops.board import messages, standing
from consultations.workshops.board.events import EVENTS
from consultations.workshops.board.snapshot import shared, snapshot, snapshots
from consultations.workshops.models import Signal, Workshop
from consultations.workshops.permissions import can_facilitate_workshop
from consultations.workshops.services import cards, groups, polls, signals, stages, undoing, votes

KIND = "workshop"
Handler = Callable[..., dict[str, Any] | None]
PARTICIPANT, FACILITATOR = frozenset({Role.PARTICIPANT}), frozenset({Role.FACILITATOR})
BOTH = PARTICIPANT | FACILITATOR


def _for_facilitators(handle: Handler) -> Handler:
    """Ask again who the person is: a role may have ended since the socket opened."""

    def checked(*, room: Room, viewer: Viewer, **asked: Any) -> dict[str, Any] | None:
        if viewer.role == Role.FACILITATOR and view_of(viewer.user, room) != Role.FACILITATOR:
            raise Refused("forbidden", _("You no longer run this workshop."))
        return handle(room=room, viewer=viewer, **asked)

    return checked


def _verb(message: type[BaseModel], handle: Handler, roles: frozenset[Role] = FACILITATOR) -> Verb:
    return Verb(message, roles, _for_facilitators(handle), (handle.__doc__ or "").strip())


VERBS: Mapping[str, Verb] = {
    "card.add": _verb(messages.CardAdd, cards.add_card, PARTICIPANT),
    "card.edit": _verb(messages.CardEdit, cards.edit_card, PARTICIPANT),
    "card.withdraw": _verb(messages.CardMessage, cards.withdraw_card, PARTICIPANT),
    "react": _verb(messages.React, cards.react_to_card, PARTICIPANT),
    "signal.set": _verb(messages.SignalSet, signals.set_signal, PARTICIPANT),
    "vote.set": _verb(messages.VoteSet, votes.set_vote, PARTICIPANT),
    "ballot.set": _verb(messages.BallotSet, votes.set_ballot, PARTICIPANT),
    "rank.set": _verb(messages.RankSet, votes.set_rank, PARTICIPANT),
    "poll.vote": _verb(messages.PollVote, polls.vote_in_poll, PARTICIPANT),
    "group.move": _verb(messages.CardMove, groups.move_card, BOTH),
    "stage.start": _verb(messages.StageStart, stages.start_stage),
    "stage.pause": _verb(messages.StageMessage, stages.pause_stage),
    "stage.resume": _verb(messages.StageMessage, stages.resume_stage),
    "stage.extend": _verb(messages.ExtendMessage, stages.extend_stage),
    "stage.close": _verb(messages.StageMessage, stages.close_stage),
    "stage.reopen": _verb(messages.StageStart, stages.reopen_stage),
    "contributions.open": _verb(messages.StageMessage, stages.open_contributions),
    "contributions.close": _verb(messages.StageMessage, stages.close_contributions),
    "cards.reveal": _verb(messages.StageMessage, stages.reveal_stage),
    "group.create": _verb(messages.GroupCreate, groups.create_group),
    "group.rename": _verb(messages.GroupRename, groups.rename_group),
    "group.merge": _verb(messages.GroupMerge, groups.merge_groups),
    "group.split": _verb(messages.GroupSplit, groups.split_group),
    "undo": _verb(messages.Undo, undoing.undo_last),
    "spotlight": _verb(messages.Spotlight, signals.set_spotlight),
    "card.hide": _verb(messages.CardHide, cards.hide_card),
    "card.accept": _verb(messages.CardMessage, cards.accept_card),
    "card.add_for": _verb(messages.CardAddFor, cards.add_card_for),
    "signal.clear": _verb(messages.SignalClear, signals.clear_signal),
    "poll.open": _verb(messages.PollMessage, polls.open_room_poll),
    "poll.close": _verb(messages.PollMessage, polls.close_room_poll),
    "poll.hands": _verb(messages.PollHands, polls.count_hands),
    "projector.show": _verb(messages.ProjectorShow, signals.show_on_projector),
}


def view_of(user: User | None, room: Room) -> Role | None:
    """The role a signed-in person has by their account; participants have theirs by their device."""
    workshop = Workshop.objects.select_related("consultation").filter(pk=room.key).first()
    if workshop is None or user is None:
        return None
    return Role.FACILITATOR if can_facilitate_workshop(user, workshop) else None


def ready_count(room: Room) -> int:
    """How many people say they have finished the stage; a shared tablet says it for its table."""
    ready = Signal.objects.filter(workshop_id=room.key, kind=Signal.Kind.READY)
    return int(ready.aggregate(people=Sum("participant__headcount"))["people"] or 0)


ROOM_KIND = RoomKind(
    key=KIND,
    verbs=VERBS,
    snapshot=snapshot,
    snapshots=snapshots,
    shared=shared,
    view_of=view_of,
    events=EVENTS,
    ready=ready_count,
    allowed=lambda room, viewer: standing.allowed(room, viewer, VERBS),
)
