"""The version of everything anonymous visitors see; caches are keyed by it, so a change empties them all.

It lives in the database because the tick and the worker, which publish on schedule, are other processes.
A process reads it at most once a second.
"""

from collections.abc import Callable
from time import monotonic
from typing import TypeVar

from django.apps import apps
from django.core.cache import cache
from django.db import transaction
from django.db.models import F, QuerySet

T = TypeVar("T")
ROW, FRESH_SECONDS, KEPT_SECONDS = 1, 1.0, 300
_memo: dict[str, tuple[int, float]] = {}


def _rows() -> QuerySet:  # type: ignore[type-arg]
    """The one row; found by name, because the pages' models read what is kept under it."""
    return apps.get_model("cms", "ContentStamp")._default_manager.filter(pk=ROW)


def current_version() -> int:
    """At most a second old."""
    version, read_at = _memo.get("version", (0, -FRESH_SECONDS))
    if monotonic() - read_at < FRESH_SECONDS:
        return version
    version = _rows().values_list("version", flat=True).first() or 0
    _memo["version"] = (version, monotonic())
    return version


def forget_version() -> None:
    """The next read asks the database."""
    _memo.clear()


def bump_version() -> None:
    """Everything cached before is out of date; the other processes see it once this transaction commits."""
    if not _rows().update(version=F("version") + 1):
        _rows().get_or_create(pk=ROW)
    forget_version()
    transaction.on_commit(forget_version)


def cached(name: str, read: Callable[[], T]) -> T:
    """What `read` returns, kept until something public changes and for five minutes at most."""
    key = f"cms:{current_version()}:{name}"
    kept: tuple[T] | None = cache.get(key)
    if kept is None:
        kept = (read(),)
        cache.set(key, kept, KEPT_SECONDS)
    return kept[0]
