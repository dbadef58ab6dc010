"""Communes past and present: each period of each code, and what ended or started it."""

import datetime
from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.tabular import Row, Table
from territories.importing.cog import belong_to, line
from territories.importing.folder import Folder
from territories.importing.plan import Alias, Change, Day, Key, Plan
from territories.models import ALWAYS, TerritoryAlias, TerritoryEvent

CANTONS_SINCE = datetime.date(2015, 3, 22)
"""First elections in the cantons drawn in 2014; they have not changed since."""
CREATED_OR_RESTORED = {"20", "21"}
MERGED = {"31", "32", "33"}
"""MOD of the COG: 31 merger, 32 commune nouvelle, 33 association. 34 only changes associated communes."""


@dataclass(frozen=True)
class Movement:
    """A line where one commune, as a full commune, became or gave another."""

    day: Day
    mod: str
    before: str
    before_name: str
    after: str
    after_name: str


def add_communes(plan: Plan, folder: Folder) -> dict[str, str]:
    """Add the communes; gives the canton code that the COG writes for each current one."""
    rows: dict[str, tuple[Table, Row]] = {}
    for table in folder.need("cog????-communes-*.csv", *_columns()):
        _collect(plan, table, rows)
    movements = _movements(plan, folder)
    _add_periods(plan, {code: row.cells["LIBELLE"] for code, (_table, row) in rows.items()}, movements)
    _add_changes(plan, movements)
    for code, (table, row) in rows.items():
        key = plan.find("commune", code)
        if key:
            belong_to(plan, table, row, key, ("departement", row.cells["DEP"]))
            if row.cells["ARR"]:
                belong_to(plan, table, row, key, ("arrondissement", row.cells["ARR"]))
    return {code: row.cells["CAN"] for code, (_table, row) in rows.items()}


def _columns() -> tuple[str, ...]:
    return ("TYPECOM", "COM", "DEP", "ARR", "LIBELLE", "CAN")


def _collect(plan: Plan, table: Table, rows: dict[str, tuple[Table, Row]]) -> None:
    for row in plan.take(table):
        code = row.cells["COM"]
        if row.cells["TYPECOM"] != "COM":
            continue
        if not code or not row.cells["LIBELLE"]:
            plan.refuse(
                table.name, line(row), _("code or name missing"), _("Fill both cells, or delete the line.")
            )
        elif code in rows:
            plan.refuse(
                table.name,
                line(row),
                _("commune %(code)s is written twice") % {"code": code},
                _("Delete one of the two lines."),
            )
        else:
            rows[code] = (table, row)
            plan.home.add(row.cells["DEP"])


def _movements(plan: Plan, folder: Folder) -> list[Movement]:
    """From the oldest; only lines between full communes, since associated ones have no rank of their own."""
    found = []
    columns = ("MOD", "DATE_EFF", "TYPECOM_AV", "COM_AV", "LIBELLE_AV", "TYPECOM_AP", "COM_AP", "LIBELLE_AP")
    for table in folder.tables("cog*-mouvements-communes*.csv", *columns):
        for row in plan.take(table):
            cells = row.cells
            if cells["TYPECOM_AV"] != "COM" or cells["TYPECOM_AP"] != "COM":
                continue
            try:
                day = datetime.date.fromisoformat(cells["DATE_EFF"])
            except ValueError:
                plan.refuse(
                    table.name,
                    line(row),
                    _("“%(text)s” is not a date") % {"text": cells["DATE_EFF"]},
                    _("Write it as 2022-01-31."),
                )
                continue
            found.append(
                Movement(
                    day,
                    cells["MOD"],
                    cells["COM_AV"],
                    cells["LIBELLE_AV"],
                    cells["COM_AP"],
                    cells["LIBELLE_AP"],
                )
            )
    return sorted(found, key=lambda one: (one.day, one.mod, one.before, one.after))


def _add_periods(plan: Plan, current: dict[str, str], movements: list[Movement]) -> None:
    """Each code lives from its creation or restoration to its merger."""
    starts: dict[str, set[Day]] = defaultdict(set)
    ends: dict[str, dict[Day, str]] = defaultdict(dict)
    for one in movements:
        if one.before != one.after and one.mod in CREATED_OR_RESTORED:
            starts[one.after].add(one.day)
        elif one.before != one.after and one.mod in MERGED:
            ends[one.before][one.day] = one.before_name
    for code in sorted({*current, *ends}):
        begin: Day | None = ALWAYS
        for day in sorted({*starts[code], *ends[code]}):
            if day in ends[code] and begin is not None:
                plan.add_place(Key("commune", code, begin), ends[code][day], day)
                begin = None
            elif day in starts[code]:
                begin = day
        if begin is not None and code in current:
            plan.add_place(Key("commune", code, begin), current[code])


def _add_changes(plan: Plan, movements: list[Movement]) -> None:
    """Events with their links; a renaming keeps the territory and gives it another name to be found by."""
    groups: dict[tuple[Day, str, str], Change] = {}
    for one in movements:
        if one.before == one.after:
            if one.before_name != one.after_name:
                _rename(plan, one)
            continue
        if one.mod in MERGED:
            kind, centre = TerritoryEvent.Kind.MERGE, one.after
            ends = (_ending(plan, one.before, one.day), plan.find("commune", one.after, one.day))
            label = _("Merged into %(name)s") % {"name": one.after_name}
        elif one.mod in CREATED_OR_RESTORED:
            kind, centre = TerritoryEvent.Kind.SPLIT, one.before
            ends = (plan.find("commune", one.before, one.day), plan.find("commune", one.after, one.day))
            label = _("Separated from %(name)s") % {"name": one.before_name}
        else:
            continue
        before, after = ends
        if before and after:
            change = groups.setdefault((one.day, kind, centre), Change(one.day, kind, label))
            change.links.append((before, after))
    plan.changes.extend(groups.values())


def _rename(plan: Plan, one: Movement) -> None:
    key = plan.find("commune", one.after, one.day) or plan.find("commune", one.after)
    if key:
        label = _("%(before)s becomes %(after)s") % {"before": one.before_name, "after": one.after_name}
        plan.changes.append(Change(one.day, TerritoryEvent.Kind.RENAME, label, [(key, key)]))
        plan.aliases.add(Alias(key, TerritoryAlias.Kind.NAME, one.before_name))


def _ending(plan: Plan, code: str, day: Day) -> Key | None:
    eve = day - datetime.timedelta(days=1)
    return plan.find("commune", code, eve)
