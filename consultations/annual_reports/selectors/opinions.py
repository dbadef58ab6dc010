"""Opinions of councils in a year, and what became of them."""

import datetime
from collections.abc import Collection
from typing import TYPE_CHECKING
from uuid import UUID

from consultations.annual_reports.figures import OpinionLine

if TYPE_CHECKING:
    from consultations.annual_reports.selectors.late import Late


def opinions_of(councils: Collection[UUID], year: int) -> dict[UUID, list[OpinionLine]]:
    """By council, those voted or sent in the year."""
    return {}


def overdue_answers(councils: Collection[UUID], day: datetime.date) -> "dict[UUID, list[Late]]":
    """By council, opinions whose answer was due before that day."""
    return {}
