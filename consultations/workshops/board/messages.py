"""What a screen may ask of a workshop's room: one message per verb, the same from a socket and from a form."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

MOST_CARDS = 200
# An empty field of a plain form means nothing was chosen.
Nothing = BeforeValidator(lambda value: None if value == "" else value)
Optional_uuid = Annotated[UUID | None, Nothing]
Code = Annotated[Annotated[str, Field(max_length=20)] | None, Nothing]
Effort = Annotated[Annotated[int, Field(ge=1, le=5)] | None, Nothing]


class Message(BaseModel):
    """Unknown fields are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Empty(Message):
    """Nothing more to say."""


class StageMessage(Message):
    stage: UUID


class StageStart(StageMessage):
    """`seen` is the stage the facilitator's screen showed, `none` between two: another one means someone moved on."""

    seen: Annotated[UUID | Literal["none"] | None, Nothing] = None


class Undo(Message):
    """`operation` is the one the facilitator's button named; without it, the last one."""

    operation: Annotated[Annotated[int, Field(ge=1, le=2**63 - 1)] | None, Nothing] = None


class ExtendMessage(StageMessage):
    minutes: Annotated[int, Field(ge=1, le=60)]


class CardMessage(Message):
    card: UUID


class CardText(Message):
    """Words of a card; their length is checked by the service, which can say it plainly."""

    text: str
    need: Code = None
    level: Code = None


class CardAdd(CardText):
    stage: UUID


class CardEdit(CardText):
    card: UUID


class CardAddFor(CardAdd):
    """A card written by a facilitator for someone: on paper or said aloud."""

    mode: Literal["paper", "hand"]
    college: Annotated[str, Field(max_length=16)]
    table: Annotated[str, Field(max_length=10)] = ""


class CardHide(CardMessage):
    reason: str


class CardMove(CardMessage):
    group: Optional_uuid = None


class React(CardMessage):
    kind: Annotated[str, Field(max_length=8)]
    on: bool = True


class SignalSet(Message):
    kind: Annotated[str, Field(max_length=10)]
    on: bool = True


class SignalClear(Message):
    participant: UUID
    kind: Annotated[str, Field(max_length=10)]


class VoteSet(StageMessage):
    """Points for one target; 0 takes them back."""

    target: UUID
    points: Annotated[int, Field(ge=0, le=10_000)]
    effort: Effort = None


class BallotVote(Message):
    target: UUID
    points: Annotated[int, Field(ge=0, le=10_000)]
    effort: Effort = None


class BallotSet(StageMessage):
    """All of one's votes in a stage, kept whole or not at all."""

    votes: Annotated[list[BallotVote], Field(max_length=MOST_CARDS)]


class RankSet(StageMessage):
    targets: Annotated[list[UUID], Field(max_length=10)]


class GroupCreate(StageMessage):
    name: str
    cards: Annotated[list[UUID], Field(max_length=MOST_CARDS)] = []


class GroupRename(Message):
    group: UUID
    name: str


class GroupMerge(Message):
    """`source` goes into `target`."""

    source: UUID
    target: UUID


class GroupSplit(Message):
    group: UUID
    name: str
    cards: Annotated[list[UUID], Field(max_length=MOST_CARDS)]


class Spotlight(Message):
    target: Optional_uuid = None


class ProjectorShow(Message):
    view: Literal["join", "stage", "board", "results", "blank"]


class PollMessage(Message):
    poll: UUID


class PollVote(PollMessage):
    """A whole ballot: a number by option, as `consultations.polls.definition` reads it."""

    choices: Annotated[dict[Annotated[str, Field(max_length=15)], int], Field(max_length=20)]


class PollHands(PollMessage):
    """Hands raised, by option."""

    counts: Annotated[dict[Annotated[str, Field(max_length=15)], int], Field(max_length=20)]
    college: Annotated[str, Field(max_length=16)] = ""
