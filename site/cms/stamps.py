"""The version of everything anonymous visitors see; caches are keyed by it, so a change empties them all.

It lives in the database because the tick and the worker, which publish on schedule, are other processes.
A process reads it at most once a second.
"""

from collections.abc import Callable, Hashable
from time import monotonic
from typing import Any, TypeVar

from django.apps import apps
from django.core.cache import cache
from django.db import transaction
from django.db.models import F, QuerySet

T = TypeVar("T")
FRESH_SECONDS, KEPT_SECONDS = 1.0, 300
PAGES, FIGURES = 1, 2
"""What is versioned: everything shown, and the drawn figures, which only a new release changes."""
MOST_AT_HAND = 500
_memo: dict[str, tuple[dict[int, int], float]] = {}
_at_hand: dict[Hashable, Any] = {}


def _rows() -> QuerySet:
    """Found by name, because the pages' models read what is kept under these versions."""
    return apps.get_model("cms", "ContentStamp")._default_manager.all()


def current_version(part: int = PAGES) -> int:
    """At most a second old."""
    versions, read_at = _memo.get("versions", ({}, -FRESH_SECONDS))
    if monotonic() - read_at >= FRESH_SECONDS:
        versions = dict(_rows().values_list("pk", "version"))
        _memo["versions"] = (versions, monotonic())
    return versions.get(part, 0)


def forget_version() -> None:
    """The next read asks the database."""
    _memo.clear()


def bump_version(*parts: int) -> None:
    """Everything cached before is out of date; the other processes see it once this transaction commits."""
    for part in {PAGES, *parts}:
        if not _rows().filter(pk=part).update(version=F("version") + 1):
            _rows().get_or_create(pk=part)
    forget_version()
    transaction.on_commit(forget_version)


def cached(name: str, read: Callable[[], T], part: int = PAGES) -> T:
    """What `read` returns, kept until its part changes and for five minutes at most."""
    key = f"cms:{part}:{current_version(part)}:{name}"
    kept: tuple[T] | None = cache.get(key)
    if kept is None:
        kept = (read(),)
        cache.set(key, kept, KEPT_SECONDS)
    return kept[0]


def at_hand(name: Hashable, make: Callable[[], T]) -> T:
    """What `make` returns, kept as `cached` does but by this process: small things that every page reads."""
    key = (current_version(), int(monotonic() / KEPT_SECONDS), name)
    kept: tuple[T] | None = _at_hand.get(key)
    if kept is None:
        kept = (make(),)
        if len(_at_hand) >= MOST_AT_HAND:
            _at_hand.clear()
        _at_hand[key] = kept
    return kept[0]


def forget_at_hand() -> None:
    """Everything is made again."""
    _at_hand.clear()
