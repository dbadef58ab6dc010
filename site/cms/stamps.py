"""The version of everything anonymous visitors see; caches are keyed by it, so a change empties them all.

It lives in the database because the tick and the worker, which publish on schedule, are other processes.
A process reads it at most once a second.
"""

from time import monotonic

from django.db import transaction
from django.db.models import F

from cms.models import ContentStamp

ROW, FRESH_SECONDS = 1, 1.0
_memo: dict[str, tuple[int, float]] = {}


def current_version() -> int:
    """At most a second old."""
    version, read_at = _memo.get("version", (0, -FRESH_SECONDS))
    if monotonic() - read_at < FRESH_SECONDS:
        return version
    version = ContentStamp.objects.filter(pk=ROW).values_list("version", flat=True).first() or 0
    _memo["version"] = (version, monotonic())
    return version


def forget_version() -> None:
    """The next read asks the database."""
    _memo.clear()


def bump_version() -> None:
    """Everything cached before is out of date; the other processes see it once this transaction commits."""
    if not ContentStamp.objects.filter(pk=ROW).update(version=F("version") + 1):
        ContentStamp.objects.get_or_create(pk=ROW)
    forget_version()
    transaction.on_commit(forget_version)
