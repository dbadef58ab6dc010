"""Thresholds and what they forbid.

Eleven persons for the public and five for organisers are the platform's rule for what people say about
themselves (INSEE asks for eleven on tax data of natural persons); three units and 85 % are INSEE's rules
for establishments (*Guide du secret statistique*).
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Rule:
    """A figure is publishable when it is about nobody or about at least `minimum` units.

    `dominance` is the share of an amount above which one unit would be recognised in it.
    """

    minimum: int
    dominance: float | None = None

    def is_small(self, count: int) -> bool:
        """True when `count` units exist and they are too few; nobody at all discloses nobody."""
        return 0 < abs(count) < self.minimum

    def is_dominated(self, amounts: Sequence[float]) -> bool:
        """True when the largest of `amounts` is more than the tolerated share of their sum."""
        total = sum(amounts)
        return self.dominance is not None and total > 0 and max(amounts) > self.dominance * total

    def parameters(self) -> dict[str, float | None]:
        """What a release keeps of the rule it was made with."""
        return asdict(self)


PUBLIC = Rule(minimum=11)
INTERNAL = Rule(minimum=5)
SERVICES = Rule(minimum=3, dominance=0.85)
OPEN = Rule(minimum=0)
