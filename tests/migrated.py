"""A migrated SQLite database, kept in `build/` from one run of the tests to the next.

Carrying out every migration takes half a minute; copying what they made takes no time. `migrate` still runs on the
copy, so that what is new is applied. The runs on PostgreSQL and of the product itself migrate from nothing.
"""

import hashlib
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

from tests.environment import ROOT

KEPT = ROOT / "build"


def state_of_migrations() -> str:
    """Changes when a migration of ours or of a package does."""
    state = hashlib.sha256((ROOT / "requirements.txt").read_bytes())
    for path in sorted(ROOT.glob("[!.]*/**/migrations/*.py")):
        if "node_modules" not in path.parts:
            state.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    return state.hexdigest()[:16]


def from_what_is_kept(call_command: Callable[..., Any]) -> Callable[..., Any]:
    """`call_command` whose `migrate` begins, in an empty SQLite test database, with what an earlier run kept."""

    def call(name: str, *args: Any, **options: Any) -> Any:
        connection = connections[options.get("database", DEFAULT_DB_ALIAS)]
        if name != "migrate" or not options.get("run_syncdb") or connection.vendor != "sqlite":
            return call_command(name, *args, **options)
        path = KEPT / f"migrated-{state_of_migrations()}.sqlite3"
        connection.ensure_connection()
        if path.exists():
            with closing(sqlite3.connect(path)) as kept:
                kept.backup(connection.connection)
        result = call_command(name, *args, **options)
        if not path.exists():
            _keep(connection.connection, path)
        return result

    return call


def _keep(source: sqlite3.Connection, path: Path) -> None:
    """Written aside then put in place: several workers may do it at once."""
    for stale in KEPT.glob("migrated-*.sqlite3"):
        stale.unlink(missing_ok=True)
    aside = path.with_suffix(f".{os.getpid()}")
    with closing(sqlite3.connect(aside)) as target:
        source.backup(target)
    aside.replace(path)
