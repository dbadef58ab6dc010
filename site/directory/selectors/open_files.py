"""The whole public directory as files that anyone downloads: one archive a format, made each night."""

import datetime
from dataclasses import dataclass

from django.core.files.storage import default_storage
from django.utils import timezone

from directory.selectors.exported import EXPORTS

FOLDER = "directory/open"
KEPT_DAYS = 7
"""Days an archive is offered while a newer one is missing."""


@dataclass(frozen=True)
class OpenFile:
    """An archive: its format, the day it says, its bytes, its name in the storage."""

    form: str
    day: datetime.date
    size: int
    name: str


def name_of(form: str, day: datetime.date) -> str:
    """Where the archive of a format and a day is kept."""
    return f"{FOLDER}/{form}-{day.isoformat()}.zip"


def open_file(form: str) -> OpenFile | None:
    """The newest archive of a format; None before the first night, or for a format that does not exist."""
    if form not in EXPORTS:
        return None
    today = timezone.localdate()
    for ago in range(KEPT_DAYS):
        day = today - datetime.timedelta(days=ago)
        name = name_of(form, day)
        if default_storage.exists(name):
            return OpenFile(form, day, default_storage.size(name), name)
    return None


def open_files() -> dict[str, OpenFile]:
    """The newest archive of each format, by format; those that are not made yet are absent."""
    return {form: found for form in EXPORTS if (found := open_file(form))}
