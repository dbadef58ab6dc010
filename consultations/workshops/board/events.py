"""The events of a workshop's room, as one definition: the log, the sockets and the documentation use it."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field, SerializerFunctionWrapHandler, model_serializer


class Said(BaseModel):
    """Only what was said is written: the default of a field is never taken for news."""

    model_config = ConfigDict(extra="forbid")

    @model_serializer(mode="wrap")
    def _only_what_was_said(self, write: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return {name: value for name, value in write(self).items() if name in self.model_fields_set}


class Item(Said):
    """Part or all of an item; only `id` is always there."""

    id: str


class BoardItem(Item):
    """What the projector shows: `view` and the card or group under the spotlight."""

    spotlight: str | None = None
    view: str = ""


class StageItem(Item):
    """A stage. `ends_at` is an instant, UTC, while its clock runs; `seconds_left` while it is paused."""

    order: int = 0
    kind: str = ""
    title: str = ""
    instruction: str = ""
    easy_read: str = ""
    minutes: int = 0
    source: str | None = None
    settings: dict[str, Any] = {}
    state: str = ""
    ends_at: str | None = None
    seconds_left: int | None = None
    contributions_open: bool = False
    revealed: bool = False


class CardItem(Item):
    """A card. `mine` is told to its author alone; a hidden card only reaches its author and facilitators."""

    stage: str = ""
    text: str = ""
    need: str | None = None
    need_label: str = ""
    level: str = ""
    college: str = ""
    table: str = ""
    mode: str = ""
    group: str | None = None
    late: str = ""
    hidden: bool = False
    hidden_reason: str = ""
    order: int = 0
    mine: bool = True


class GroupItem(Item):
    """A group that stands on the board."""

    stage: str = ""
    name: str = ""
    order: int = 0


class TallyItem(Item):
    """The total of a target in a stage (`id` is `stage:target`); a rank counts `places + 1 - position`."""

    stage: str = ""
    target: str = ""
    points: int = 0
    effort: int = 0
    voters: int = 0


class CountItem(Item):
    """How many cards and voters a stage has; never who."""

    cards: int = 0
    voters: int = 0


class VoteItem(Item):
    """One's own vote (`id` is `stage:target`)."""

    stage: str = ""
    target: str = ""
    points: int = 0
    effort: int | None = None


class RankItem(Item):
    """One's own order in a stage."""

    targets: list[str] = []


class ReactionItem(Item):
    """How many people reacted to a card, by kind (`id` is the card)."""

    agree: int = 0
    lived: int = 0
    unclear: int = 0


class ReactedItem(Item):
    """One's own reactions to a card."""

    kinds: list[str] = []


class SignalItem(Item):
    """A signal: one's own by its kind, or, for facilitators, `participant:kind`."""

    participant: str = ""
    name: str = ""
    college: str = ""
    table: str = ""
    kind: str = ""
    order: int = 0


class PollItem(Item):
    """A question put to the room. Results are not in it: they are read under the rules of polls."""

    status: str = ""
    kind: str = ""
    question: str = ""
    easy_question: str = ""
    options: list[dict[str, str]] = []
    least: int = 0
    most: int = 0
    points: int = 0
    is_secret: bool = True
    visibility: str = ""


class VotedItem(Item):
    """A poll this device has voted in, while it is open."""


class UndoableItem(Item):
    """The last operation that may be undone (`id` is `last`), for facilitators."""

    operation: int = 0
    kind: str = ""


class Items(Said):
    """Items by collection."""

    board: list[BoardItem] = []
    stages: list[StageItem] = []
    cards: list[CardItem] = []
    groups: list[GroupItem] = []
    tallies: list[TallyItem] = []
    counts: list[CountItem] = []
    votes: list[VoteItem] = []
    ranks: list[RankItem] = []
    reactions: list[ReactionItem] = []
    reacted: list[ReactedItem] = []
    signals: list[SignalItem] = []
    polls: list[PollItem] = []
    voted: list[VotedItem] = []
    undoable: list[UndoableItem] = []


class Clear(Said):
    """Forget every item of a collection whose field has this value."""

    collection: str
    field: str
    value: str


class Patch(Said):
    """The payload of every event of a workshop: see `consultations.workshops.board.state`."""

    put: Items = Field(default_factory=Items)
    set: Items = Field(default_factory=Items)
    drop: dict[str, list[str]] = {}
    clear: list[Clear] = []


KINDS = (
    "stage_changed",
    "cards_revealed",
    "card_added",
    "card_changed",
    "card_withdrawn",
    "card_hidden",
    "card_moved",
    "group_created",
    "group_renamed",
    "groups_merged",
    "group_split",
    "board_undone",
    "votes_changed",
    "signal_changed",
    "reaction_changed",
    "projector_changed",
    "poll_changed",
)
EVENTS: dict[str, type[BaseModel]] = dict.fromkeys(KINDS, Patch)
