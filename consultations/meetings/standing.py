"""Who holds which voice at one moment: full members here, substitutes and proxies for those who are not. Pure.

A substitute stands in by themselves as soon as a full member of their constituency is missing, in the order of the
list, and gives the voice back when the member arrives (CASF D311-7 knows the substitute who takes over for good;
standing in for a meeting is left to bylaws). A proxy serves only where no substitute does: it is a vote carried by
someone who holds their own, never a presence; the texts read give none to a CVS.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

K = TypeVar("K")


@dataclass(frozen=True)
class Seated(Generic[K]):
    """A member as the rule sees them, in the order of the list."""

    key: K
    constituency: str
    is_full: bool


@dataclass(frozen=True)
class Voice(Generic[K]):
    """A vote held now by `key`; `stands_in_for` is the full member it belongs to, when it is not their own."""

    key: K
    constituency: str
    stands_in_for: K | None = None
    is_proxy: bool = False

    @property
    def seat(self) -> K:
        """The full member whose vote it is."""
        return self.key if self.stands_in_for is None else self.stands_in_for


def voices(
    members: Sequence[Seated[K]], here: Collection[K], represented: Collection[K] = ()
) -> list[Voice[K]]:
    """The voices held by those who are here: never more in a constituency than its full members.

    Substitutes sit first for those nobody represents otherwise, so that a proxy leaves no seat empty.
    """
    held: list[Voice[K]] = []
    for constituency in dict.fromkeys(one.constituency for one in members):
        own = [one for one in members if one.constituency == constituency]
        full = [one for one in own if one.is_full]
        held += [Voice(one.key, constituency) for one in full if one.key in here]
        missing = sorted((one.key for one in full if one.key not in here), key=lambda key: key in represented)
        ready = [one.key for one in own if not one.is_full and one.key in here]
        held += [Voice(key, constituency, absent) for absent, key in zip(missing, ready, strict=False)]
    return held


def carried(
    members: Sequence[Seated[K]], here: Collection[K], held: Sequence[Voice[K]], proxies: Mapping[K, K]
) -> list[Voice[K]]:
    """The votes of the absent (`proxies`: who is absent → who votes for them), where nobody sits for them already."""
    voting, seats = {voice.key for voice in held}, {voice.seat for voice in held}
    return [
        Voice(proxies[one.key], one.constituency, one.key, is_proxy=True)
        for one in members
        if one.is_full and one.key not in here and one.key not in seats and proxies.get(one.key) in voting
    ]
