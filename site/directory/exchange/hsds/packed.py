"""A CSV data package put together again: rows that hang from others find them through a scratch database on disk."""

import json
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from directory.exchange.hsds.tables import CHILDREN, COLUMNS, FILES, NESTED, PARENT
from directory.exchange.hsds.terms import SCHEMES, taxonomy_id
from directory.exchange.reading import Reading
from directory.exchange.streams import rows

Json = dict[str, Any]
Object = tuple[str, int, Json]
"""List it belongs to, line of its row, the object put together."""


def read_package(folder: Path, reading: Reading) -> Iterator[Object]:
    """Programs, organisations with their places, then services, as the nested objects of HSDS."""
    with tempfile.TemporaryDirectory() as scratch, closing(sqlite3.connect(Path(scratch) / "rows.db")) as db:
        db.execute("create table held (tbl text, parent text, row text)")
        for table in COLUMNS:
            path = folder / f"{FILES[table]}.csv"
            if path.exists() and table not in {"organization", "service"}:
                _load(db, table, path)
        db.execute("create index held_by on held (tbl, parent)")
        yield from _schemes(db)
        for table, name in (("organization", "organizations"), ("service", "services")):
            path = folder / f"{FILES[table]}.csv"
            reading.file = path.name
            for line, row in rows(path) if path.exists() else ():
                reading.place = _("line %(line)s") % {"line": line}
                yield name, line, _object(db, table, row)


def _load(db: sqlite3.Connection, table: str, path: Path) -> None:
    """Rows by what they hang from; others by their own identifier."""
    parents = [PARENT.get(table, "")] if table in PARENT else _parents(table)

    def each() -> Iterator[tuple[str, str, str]]:
        for _line, row in rows(path):
            keys = {row.get(name, "") for name in parents} - {""} if parents else {row.get("id", "")}
            for key in keys:
                yield table, key, json.dumps(row)

    db.executemany("insert into held values (?, ?, ?)", each())


def _parents(table: str) -> list[str]:
    holders = [owner for owner, names in CHILDREN.items() if any(NESTED[name] == table for name in names)]
    if table == "location":
        return ["organization_id", "id"]
    return [f"{owner}_id" for owner in holders]


def _held(db: sqlite3.Connection, table: str, parent: str) -> Iterator[Json]:
    found = db.execute("select row from held where tbl = ? and parent = ? order by rowid", (table, parent))
    return (json.loads(row) for (row,) in found.fetchall())


def _object(db: sqlite3.Connection, table: str, row: Json) -> Json:
    """The row with what it holds; empty cells say nothing."""
    built: Json = {name: value for name, value in row.items() if value != ""}
    uid = str(row.get("id", ""))
    for name in CHILDREN.get(table, ()):
        child = NESTED[name]
        wanted = "link_id" if child == "attribute" else f"{table}_id"
        held = [one for one in _held(db, child, uid) if one.get(wanted) == uid]
        if held:
            built[name] = [_object(db, child, one) for one in held]
    if table == "organization":
        places = [one for one in _held(db, "location", uid) if one.get("organization_id") == uid]
        built["locations"] = [_object(db, "location", one) for one in places]
    if table == "attribute":
        built["taxonomy_term"] = next(_held(db, "taxonomy_term", row.get("taxonomy_term_id", "")), None)
    if table == "service_capacity":
        built["unit"] = next(_held(db, "unit", row.get("unit_id", "")), None)
    return built


def _schemes(db: sqlite3.Connection) -> Iterator[Object]:
    """Terms of the taxonomy of schemes, as programs."""
    found = db.execute("select row from held where tbl = 'taxonomy_term' order by rowid").fetchall()
    for (text,) in found:
        term = json.loads(text)
        if term.get("taxonomy_id") == str(taxonomy_id(SCHEMES)):
            held = _held(db, "attribute", term["id"])
            attributes = [
                _object(db, "attribute", one) for one in held if one.get("link_entity") == "program"
            ]
            yield "programs", 0, {**term, "attributes": attributes}
