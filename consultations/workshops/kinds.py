"""What can be set on a stage, kind by kind: one definition for the editor, the board and the templates."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import BaseModel, ConfigDict, Field
from pydantic import ValidationError as Malformed

from consultations.workshops.models import Stage


class TargetKind(StrEnum):
    """What people vote on."""

    CARDS = "cards"
    GROUPS = "groups"


@dataclass(frozen=True)
class Words:
    """How the editor names a setting; one without words is not shown."""

    label: str | Promise
    hint: str | Promise = ""


TARGET_LABELS: dict[str, Promise] = {
    TargetKind.CARDS: gettext_lazy("the cards, one by one"),
    TargetKind.GROUPS: gettext_lazy("the groups of cards"),
}


class Settings(BaseModel):
    """Unknown names are refused, so that a template never carries a setting nothing reads."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class WriteSettings(Settings):
    """Cards: how many each may put, whether others see them at once, and what is asked with them."""

    most_cards: Annotated[int, Field(ge=1, le=50), Words(gettext_lazy("Cards each person may write"))] = 10
    private_first: Annotated[
        bool,
        Words(
            gettext_lazy("Everyone writes alone first"),
            gettext_lazy("Cards appear to all when you show them."),
        ),
    ] = True
    asks_need: Annotated[bool, Words(gettext_lazy("Ask which need each card is about"))] = False
    asks_level: Annotated[
        bool, Words(gettext_lazy("Ask where it happens: at home, in the commune, further"))
    ] = False
    reactions: Annotated[bool, Words(gettext_lazy("People may react to the cards of others"))] = True


class GroupSettings(Settings):
    """Who may move cards into groups."""

    participants_move: Annotated[
        bool, Words(gettext_lazy("Participants may put cards together themselves"))
    ] = False


class VoteSettings(Settings):
    """What is voted on, and whether totals wait until the facilitator shows them."""

    targets: Annotated[TargetKind, Words(gettext_lazy("What people choose among"))] = TargetKind.GROUPS
    hidden_first: Annotated[bool, Words(gettext_lazy("Totals stay hidden until you show them"))] = True


class DotsSettings(VoteSettings):
    dots: Annotated[int, Field(ge=1, le=30), Words(gettext_lazy("Dots for each person"))] = 5
    most_per_target: Annotated[
        int, Field(ge=1, le=30), Words(gettext_lazy("Dots at most on the same choice"))
    ] = 3


class ScoresSettings(VoteSettings):
    highest: Annotated[int, Field(ge=2, le=10), Words(gettext_lazy("Highest score"))] = 5


class RankSettings(VoteSettings):
    places: Annotated[
        int, Field(ge=1, le=10), Words(gettext_lazy("How many choices each person puts in order"))
    ] = 3


class GridSettings(VoteSettings):
    steps: Annotated[int, Field(ge=3, le=5), Words(gettext_lazy("Steps of effort and of effect"))] = 5


class PollSettings(Settings):
    """Nothing to set: the polls of the workshop are opened one by one."""


class TalkSettings(Settings):
    """Nothing to set: people talk, the floor is asked for and given."""


SETTINGS: dict[str, type[Settings]] = {
    Stage.Kind.WRITE: WriteSettings,
    Stage.Kind.FEEDBACK: WriteSettings,
    Stage.Kind.GROUP: GroupSettings,
    Stage.Kind.DOTS: DotsSettings,
    Stage.Kind.SCORES: ScoresSettings,
    Stage.Kind.RANK: RankSettings,
    Stage.Kind.GRID: GridSettings,
    Stage.Kind.POLL: PollSettings,
    Stage.Kind.TALK: TalkSettings,
}


def read_settings(kind: str, given: dict[str, Any]) -> Settings:
    """The settings of a stage, complete; raises ValidationError naming each one that is wrong."""
    try:
        return SETTINGS[kind].model_validate(given)
    except KeyError as unknown:
        raise ValidationError({"kind": _("Choose a kind of stage in the list.")}) from unknown
    except Malformed as error:
        names = sorted({str(part["loc"][0]) if part["loc"] else "settings" for part in error.errors()})
        message = _("This setting of the stage is not possible: %(names)s.") % {"names": ", ".join(names)}
        raise ValidationError({"settings": message}) from error


def write_settings(stage: Stage) -> WriteSettings:
    """Those of a stage where cards are written; defaults for any other."""
    if stage.kind in Stage.WRITING:
        return WriteSettings.model_validate(stage.settings)
    return WriteSettings()


def vote_targets(stage: Stage) -> TargetKind:
    """Whether a voting stage is about cards or groups."""
    settings = read_settings(stage.kind, stage.settings)
    return settings.targets if isinstance(settings, VoteSettings) else TargetKind.CARDS
