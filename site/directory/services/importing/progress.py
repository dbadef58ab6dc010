"""How far a step has come: told outside of its transaction, so that a page can show it while nothing is written yet."""

from dataclasses import dataclass
from uuid import UUID

from django.core.cache import caches

KEPT_SECONDS = 3600


@dataclass(frozen=True)
class Progress:
    """Lines behind, and in all; no total while the file is still being read."""

    done: int = 0
    total: int = 0


def _key(run: UUID) -> str:
    return f"directory-import-{run}"


def tell(run: UUID, done: int, total: int = 0) -> None:
    """So many lines are behind, of so many."""
    caches["shared"].set(_key(run), (done, total), KEPT_SECONDS)


def told(run: UUID) -> Progress:
    """The last that was told; nothing at the start."""
    return Progress(*caches["shared"].get(_key(run), ()))
