"""How many members must ask for a meeting for it to be owed (CASF D311-16: two thirds of the members): a pure rule."""

import math
from fractions import Fraction

FINEST = 20  # a share is written with four decimals: 0.6667 means two thirds


def needed_signatures(share: float, members: int) -> int:
    """The smallest number of members that makes the share: two thirds of 9 is 6, of 10 is 7; one at least."""
    return max(1, math.ceil(Fraction(str(share)).limit_denominator(FINEST) * members))
