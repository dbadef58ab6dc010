"""Is this process able to serve? `/healthz` says it answers, `/readyz` that what it needs answers too."""

import logging
from collections.abc import Callable
from functools import cache as remember

from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

logger = logging.getLogger(__name__)


class NotReady(Exception):
    """What is missing, in words for whoever runs the server."""


def check_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def check_migrations() -> None:
    if count := waiting_migrations():
        waiting_migrations.cache_clear()
        raise NotReady(f"{count} migrations to apply: manage.py migrate")


@remember
def waiting_migrations() -> int:
    """How many are left; an answer of zero holds for the life of the process."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def check_cache() -> None:
    cache.set("core.readyz", "kept", 5)
    if cache.get("core.readyz") != "kept":
        raise NotReady("what is written is not read back")


CHECKS: dict[str, Callable[[], None]] = {
    "database": check_database,
    "migrations": check_migrations,
    "cache": check_cache,
}


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Says that the process answers; touches nothing else."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when all is well, 503 naming what is not; the cause goes to the log only."""
    report = {name: describe(name, check) for name, check in CHECKS.items()}
    status = 200 if set(report.values()) == {"ok"} else 503
    return JsonResponse(report, status=status)


def describe(name: str, check: Callable[[], None]) -> str:
    try:
        check()
    except NotReady as missing:
        return str(missing)
    except Exception:
        logger.exception("Not ready: %s", name)
        return "does not answer"
    return "ok"
