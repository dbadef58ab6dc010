"""What users say of a service, counted so that nobody can be found: pure.

Months are released in blocks of at least `minimum` people, so that no comparison of two publications is about
fewer; shares are rounded to ten percent.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

PUBLIC_MINIMUM, STAFF_MINIMUM = 11, 5
SATISFIED = 3
"""Marks are 1 to 4; from 3 on a person is content."""


@dataclass(frozen=True)
class Share:
    """How many answered, and how many of ten were content."""

    people: int
    in_ten: int

    @property
    def percent(self) -> int:
        return 10 * self.in_ten


def share(marks_by_month: Mapping[str, Iterable[int]], minimum: int = PUBLIC_MINIMUM) -> Share | None:
    """The share of content people, over the months that can be released; None when there are too few."""
    released: list[int] = []
    pending: list[int] = []
    for month in sorted(marks_by_month):
        pending += marks_by_month[month]
        if len(pending) >= minimum:
            released += pending
            pending = []
    if not released:
        return None
    content = sum(1 for mark in released if mark >= SATISFIED)
    return Share(len(released), round(10 * content / len(released)))
