"""Days counted from the one on which a test runs. Parameters give them as `timedelta`, read by `dated`."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

DAY = datetime.timedelta(days=1)


def today() -> datetime.date:
    return timezone.localdate()


def days_ago(count: int) -> datetime.date:
    return today() - datetime.timedelta(days=count)


def last_year() -> int:
    return today().year - 1


def dated(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The same fields, where a `timedelta` is the day that far from today."""
    return {
        name: today() + value if isinstance(value, datetime.timedelta) else value
        for name, value in fields.items()
    }
