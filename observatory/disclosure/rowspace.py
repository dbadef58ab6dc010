"""Exact linear algebra: what can be had from published sums by adding and subtracting them."""

from collections.abc import Hashable, Mapping

PRIME = (1 << 61) - 1
"""A Mersenne prime: arithmetic modulo it is exact, and far wider than any determinant met here."""


class RowSpace:
    """The combinations of the rows given so far, kept reduced; columns are any hashable names."""

    def __init__(self) -> None:
        self._pivots: dict[Hashable, dict[Hashable, int]] = {}

    def __len__(self) -> int:
        return len(self._pivots)

    def add(self, row: Mapping[Hashable, int]) -> bool:
        """Add a row; False when it was already a combination of the others."""
        rest = self._reduce(row)
        if not rest:
            return False
        pivot, value = next(iter(rest.items()))
        inverse = pow(value, -1, PRIME)
        self._pivots[pivot] = {column: factor * inverse % PRIME for column, factor in rest.items()}
        return True

    def contains(self, row: Mapping[Hashable, int]) -> bool:
        """True when `row` can be computed from the rows given."""
        return not self._reduce(row)

    def _reduce(self, row: Mapping[Hashable, int]) -> dict[Hashable, int]:
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
