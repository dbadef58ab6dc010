"""Opinions of councils in a year, and what became of them."""

import datetime
from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from consultations.annual_reports.figures import OpinionLine, iso
from consultations.opinions.models import Opinion


def opinions_of(councils: Collection[UUID], year: int) -> dict[UUID, list[OpinionLine]]:
    """By council, those voted in the year, in their order."""
    rows = Opinion.objects.filter(council__in=councils, voted_on__year=year).select_related("council")
    found: dict[UUID, list[OpinionLine]] = defaultdict(list)
    for one in rows.order_by("voted_on", "number"):
        found[one.council_id].append(_line(one))
    return found


def _line(one: Opinion) -> OpinionLine:
    is_answered = one.answered_on is not None
    days = (one.answered_on - one.sent_on).days if one.answered_on and one.sent_on else None
    return OpinionLine(
        title=one.title,
        voted_on=iso(one.voted_on),
        state=one.state,
        state_label=str(one.get_state_display()),
        answer=str(one.get_answer_kind_display()) if is_answered else "",
        days_to_answer=days,
        is_overdue=one.is_overdue,
        is_public=one.is_published,
    )


def overdue_opinions(councils: Collection[UUID], day: datetime.date) -> dict[UUID, list[Opinion]]:
    """By council, those whose answer was due before that day, the oldest first."""
    rows = Opinion.objects.overdue(day).filter(council__in=councils).select_related("council")
    found: dict[UUID, list[Opinion]] = defaultdict(list)
    for one in rows.order_by("due_on"):
        found[one.council_id].append(one)
    return found
