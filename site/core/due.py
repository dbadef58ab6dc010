"""The tick: what has to happen by itself, once a minute, whichever app asks for it.

An app registers a callable in its `AppConfig.ready()`: `due.register("surveys.purge_drafts", purge_drafts)`.
Each must be cheap when nothing is due, safe to run twice, and may return a count of what it did.
"""

import logging
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from importlib import import_module
from time import perf_counter
from typing import Any

from django.conf import settings
from django.core.management import call_command

from core.registry import Registry

logger = logging.getLogger(__name__)
due: Registry[Callable[[], object]] = Registry("What runs once a minute")


@dataclass(frozen=True)
class Outcome:
    """What became of one entry: a count it returned, or the error that stopped it alone."""

    name: str
    count: int | None
    error: str
    seconds: float

    def as_dict(self) -> dict[str, Any]:
        """JSON values, for `run_due --json`."""
        return asdict(self)


def run_due() -> Iterator[Outcome]:
    """Run every entry in order of registration; a failing one is logged and never stops the others."""
    for name, work in due.items():
        started = perf_counter()
        count, error = None, ""
        try:
            result = work()
            count = result if isinstance(result, int) else None
        except Exception as failure:
            logger.exception("The tick could not run %s", name)
            error = f"{type(failure).__name__}: {failure}"
        yield Outcome(name, count, error, round(perf_counter() - started, 3))


def publish_scheduled_pages() -> None:
    """Wagtail publishes and withdraws the pages whose hour has come."""
    call_command("publish_scheduled", verbosity=0)


def purge_staged_imports() -> int:
    """Files nobody confirmed in time are forgotten."""
    return import_module("core.imports.services").purge_staged_imports()


def purge_sessions() -> None:
    """Sessions past their date are deleted, as the privacy page says."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()


def purge_task_results() -> None:
    """Finished background tasks are forgotten after two weeks."""
    if settings.TASKS["default"]["BACKEND"] == "django_tasks_db.DatabaseBackend":
        call_command("prune_db_task_results", verbosity=0)


def purge_handled_posts() -> int:
    """Forms carried out a day ago are forgotten."""
    return import_module("core.repeats").purge_handled_posts()


def register_housekeeping() -> None:
    """The entries that belong to no app in particular."""
    due.register("core.publish_scheduled_pages", publish_scheduled_pages)
    due.register("core.purge_sessions", purge_sessions)
    due.register("core.purge_task_results", purge_task_results)
    due.register("core.purge_staged_imports", purge_staged_imports)
    due.register("core.purge_handled_posts", purge_handled_posts)
