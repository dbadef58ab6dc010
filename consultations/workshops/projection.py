"""What the big screen shows as a plain page, where scripts do not run: the same scenes, read again every ten seconds."""

from dataclasses import dataclass, field

from consultations.live.models import Room
from consultations.live.registries import Role, Viewer
from consultations.workshops.board.snapshot import state_of
from consultations.workshops.board.state import Item, State
from consultations.workshops.models import Stage, Workshop
from consultations.workshops.screens import Board, Choice, RoomPoll, board_of

ABOUT_POLLS = ("stage", "results")


@dataclass(frozen=True)
class Scene:
    """One scene: `kind` says which part of the template draws it."""

    kind: str
    board: Board
    large: str = ""
    inside: list[Item] = field(default_factory=list)
    totals: list[Choice] = field(default_factory=list)
    counts: Item = field(default_factory=dict)


def scene_of(room: Room, asked: RoomPoll | None) -> Scene:
    """The scene facilitators chose, from what everyone may see; how to come in when there is nothing else."""
    workshop = Workshop.objects.get(pk=room.key)
    state = state_of(room, Viewer(Role.PROJECTOR))
    board, view = board_of(room, state), workshop.projector_view
    stage = board.stage
    if view == "blank":
        return Scene("blank", board)
    if large := _spotlit(workshop, state):
        return Scene("spotlight", board, *large)
    if asked and view in ABOUT_POLLS and _is_about_poll(asked, stage):
        return Scene("poll", board)
    if view == "join" or stage is None:
        return Scene("join", board)
    counts = state["counts"].get(str(stage.pk), {})
    if view == "stage":
        return Scene("question", board, counts=counts)
    if view == "results" and stage.kind in (*Stage.VOTING, Stage.Kind.RANK):
        return Scene("results", board, totals=_totals(board) if stage.revealed else [], counts=counts)
    return Scene("board", board)


def _is_about_poll(asked: RoomPoll, stage: Stage | None) -> bool:
    return asked.poll.status == "open" or (stage is not None and stage.kind == Stage.Kind.POLL)


def _spotlit(workshop: Workshop, state: State) -> tuple[str, list[Item]] | None:
    """The words shown large, and the cards inside when it is a group."""
    key = str(workshop.spotlight)
    if key in state["cards"]:
        return state["cards"][key]["text"], []
    if key in state["groups"]:
        inside = [card for card in state["cards"].values() if card["group"] == key]
        return state["groups"][key]["name"], inside
    return None


def _totals(board: Board) -> list[Choice]:
    """The most first; what nobody chose stays, last."""
    return sorted(board.choices, key=lambda one: -(one.total["points"] if one.total else 0))
