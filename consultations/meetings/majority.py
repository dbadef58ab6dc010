"""What a vote decides: a pure rule. CASF D311-17: decided by the majority of the members present.

Abstaining or not voting while present therefore weighs against; statutes of other councils may count only the
votes cast, or ask for a larger share. A tie never decides.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

HALF = Fraction(1, 2)


class Base(StrEnum):
    """What the share is a share of; a choice of the bylaws."""

    PRESENT = "members_present"
    CAST = "votes_cast"


class Result(StrEnum):
    """Adopted or not; a tie is said, for the minutes to tell it."""

    ADOPTED = "adopted"
    REJECTED = "rejected"
    TIED = "tied"


@dataclass(frozen=True)
class Votes:
    """Ballots counted; `abstain` includes blank ones."""

    for_: int = 0
    against: int = 0
    abstain: int = 0

    def __post_init__(self) -> None:
        if min(self.for_, self.against, self.abstain) < 0:
            raise ValueError(f"votes are never negative: {self}")

    @property
    def total(self) -> int:
        return self.for_ + self.against + self.abstain

    @property
    def cast(self) -> int:
        """Those that say yes or no."""
        return self.for_ + self.against

    def __add__(self, other: "Votes") -> "Votes":
        return Votes(self.for_ + other.for_, self.against + other.against, self.abstain + other.abstain)

    def as_json(self) -> dict[str, int]:
        return {"for": self.for_, "against": self.against, "abstain": self.abstain}


def total(counted: Iterable[Votes]) -> Votes:
    """All constituencies together."""
    return sum(counted, Votes())


def decide(votes: Votes, *, present: int, base: Base = Base.PRESENT, share: Fraction = HALF) -> Result:
    """Adopted when the votes for are strictly more than the share; raises ValueError for more votes than people."""
    if votes.total > present:
        raise ValueError(f"{votes.total} votes for {present} people")
    if votes.for_ == votes.against and votes.for_ > 0:
        return Result.TIED
    counted = present if base == Base.PRESENT else votes.cast
    return Result.ADOPTED if votes.for_ > share * counted else Result.REJECTED
