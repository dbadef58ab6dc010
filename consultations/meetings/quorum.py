"""When a council may decide: a pure rule, explained by numbers (`wording` puts it into words).

CASF D311-17 (wording before 2023, still in force: unverified, so the rule and the share are bylaws): an opinion
is valid only when the users' and families' representatives present are more than half of all members; otherwise
the item goes to a later meeting, where the majority of the members present is enough.
"""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

HALF = Fraction(1, 2)


class Rule(StrEnum):
    """Which presence is asked for; a choice of the bylaws."""

    TWO_STEP = "two_step"
    PRESENT = "half_present"
    NONE = "none"


class Ground(StrEnum):
    """What the verdict rests on."""

    REACHED = "reached"
    SHORT = "short"
    RECONVENED = "reconvened"
    NOT_ASKED = "not_asked"
    NOBODY = "nobody"


@dataclass(frozen=True)
class Presence:
    """Heads counted at one moment. `members`: seats that may vote; `users`: users and families among `present`."""

    members: int
    present: int
    users: int

    def __post_init__(self) -> None:
        if not 0 <= self.users <= self.present or self.members < 0:
            raise ValueError(f"impossible presence: {self}")


@dataclass(frozen=True)
class Verdict:
    """Valid or not, why, and the figures that say so; `missing` is how many more would be enough."""

    is_valid: bool
    ground: Ground
    rule: Rule
    presence: Presence
    needed: int

    @property
    def counted(self) -> int:
        """The heads that the rule looks at."""
        return self.presence.users if self.rule == Rule.TWO_STEP else self.presence.present

    @property
    def missing(self) -> int:
        return 0 if self.is_valid else max(0, self.needed - self.counted)

    def as_json(self) -> dict[str, int | str | bool]:
        """What a decision keeps of the quorum it was taken under."""
        return {
            "is_valid": self.is_valid,
            "ground": self.ground.value,
            "rule": self.rule.value,
            "members": self.presence.members,
            "present": self.presence.present,
            "users": self.presence.users,
            "needed": self.needed,
        }


def read_verdict(kept: dict[str, int | str | bool]) -> Verdict:
    """The verdict that `as_json` wrote."""
    presence = Presence(int(kept["members"]), int(kept["present"]), int(kept["users"]))
    ground, rule = Ground(str(kept["ground"])), Rule(str(kept["rule"]))
    return Verdict(bool(kept["is_valid"]), ground, rule, presence, int(kept["needed"]))


def least_above(share: Fraction, members: int) -> int:
    """The smallest whole number strictly above the share: more than half of 9 is 5, of 8 is 5."""
    return int(share * members) + 1


def quorum(
    presence: Presence, *, rule: Rule = Rule.TWO_STEP, share: Fraction = HALF, is_reconvened: bool = False
) -> Verdict:
    """Whether the council may decide now, under the rule of its bylaws."""
    needed = least_above(share, presence.members)
    if rule == Rule.NONE:
        needed = 1
    if presence.present == 0:
        return Verdict(False, Ground.NOBODY, rule, presence, needed)
    if rule == Rule.NONE:
        return Verdict(True, Ground.NOT_ASKED, rule, presence, needed)
    counted = presence.users if rule == Rule.TWO_STEP else presence.present
    if counted >= needed:
        return Verdict(True, Ground.REACHED, rule, presence, needed)
    if is_reconvened:
        return Verdict(True, Ground.RECONVENED, rule, presence, needed)
    return Verdict(False, Ground.SHORT, rule, presence, needed)
