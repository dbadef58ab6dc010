"""How far a step has come: told outside of its transaction, so that a page can show it while nothing is written yet."""

from uuid import UUID

from django.core.cache import cache

KEPT_SECONDS = 3600


def _key(run: UUID) -> str:
    return f"directory-import-{run}"


def tell(run: UUID, done: int) -> None:
    """So many lines are behind."""
    cache.set(_key(run), done, KEPT_SECONDS)


def told(run: UUID) -> int:
    """The last that was told; 0 at the start, or when processes share no cache."""
    return int(cache.get(_key(run), 0))
