"""Exact linear algebra: what can be had from published sums by adding and subtracting them."""

from collections.abc import Callable, Hashable, Mapping
from typing import Generic, TypeVar

Column = TypeVar("Column", bound=Hashable)

PRIME = (1 << 61) - 1
"""A Mersenne prime: arithmetic modulo it is exact, and far wider than any determinant met here."""


class RowSpace(Generic[Column]):
    """The combinations of the rows given so far, kept reduced; columns are any hashable names.

    Columns of the least `rank` are eliminated first.
    """

    def __init__(self, rank: Callable[[Column], int] = lambda _column: 0) -> None:
        self._rank = rank
        self._pivots: dict[Column, dict[Column, int]] = {}

    def __len__(self) -> int:
        return len(self._pivots)

    def add(self, row: Mapping[Column, int]) -> bool:
        """Add a row; False when it was already a combination of the others."""
        rest = self.remainder(row)
        if not rest:
            return False
        pivot = min(rest, key=self._rank)
        inverse = pow(rest[pivot], -1, PRIME)
        self._pivots[pivot] = {column: factor * inverse % PRIME for column, factor in rest.items()}
        return True

    def contains(self, row: Mapping[Column, int]) -> bool:
        """True when `row` can be computed from the rows given."""
        return not self.remainder(row)

    def columns_alone(self, rank: int) -> set[Column]:
        """The columns of the combinations that hold columns of `rank` or more only.

        A row whose pivot has a rank holds no column of a lesser one, and no later row holds that pivot: those
        combinations are the ones of the rows with such pivots.
        """
        rows = (row for pivot, row in self._pivots.items() if self._rank(pivot) >= rank)
        return {column for row in rows for column in row}

    def remainder(self, row: Mapping[Column, int]) -> dict[Column, int]:
        """What is left of `row`, modulo `PRIME`, once the rows given are taken out of it."""
        rest = {column: value % PRIME for column, value in row.items() if value % PRIME}
        waiting = [column for column in rest if column in self._pivots]
        while waiting:
            column = waiting.pop()
            factor = rest.get(column, 0)
            if not factor:
                continue
            for other, value in self._pivots[column].items():
                left = (rest.get(other, 0) - factor * value) % PRIME
                if left:
                    if other not in rest and other in self._pivots:
                        waiting.append(other)
                    rest[other] = left
                else:
                    rest.pop(other, None)
        return rest
