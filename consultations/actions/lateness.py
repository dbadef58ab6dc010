"""When a step or a sheet is late, and when silence is told: the one rule, in pure functions of days and states.

`Late` and `silent` in the database (`selectors.standing`) say the same; a property test compares the two.
"""

import datetime
from enum import StrEnum

from consultations.actions.models import State

RUNNING = frozenset({State.ADOPTED, State.UNDER_WAY})
"""Only a sheet that was adopted and is not stopped, done or abandoned can be late or silent."""
DRAFT = frozenset({State.PROPOSED, State.WRITING, State.COMMENTS})


class Status(StrEnum):
    """Where a step stands, as pages and classes name it."""

    DONE = "done"
    LATE = "late"
    UNDER_WAY = "under_way"
    TO_COME = "to_come"
    STOPPED = "stopped"


def step_status(
    *,
    state: str,
    starts_on: datetime.date | None,
    ends_on: datetime.date,
    done_on: datetime.date | None,
    today: datetime.date,
) -> Status:
    """A step is late from the day after the one it was expected, while its sheet runs and until it is done."""
    if done_on is not None:
        return Status.DONE
    if state in DRAFT:
        return Status.TO_COME
    if state not in RUNNING:
        return Status.STOPPED
    if ends_on < today:
        return Status.LATE
    return Status.UNDER_WAY if starts_on is not None and starts_on <= today else Status.TO_COME


def days_late(*, ends_on: datetime.date, done_on: datetime.date | None, today: datetime.date) -> int:
    """How many days after the one it was expected: until it was done, or until today; never below zero."""
    return max((min(done_on or today, today) - ends_on).days, 0)


def silent_days(
    *, state: str, since: datetime.date, last_news_on: datetime.date | None, limit: int, today: datetime.date
) -> int | None:
    """How many days a running sheet has been without news, once they are more than `limit`; None before."""
    if state not in RUNNING:
        return None
    days = (today - (last_news_on or since)).days
    return days if days > limit else None
