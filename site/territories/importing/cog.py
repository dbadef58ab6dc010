"""Regions, départements and arrondissements, from Insee's Code officiel géographique."""

from django.utils.translation import gettext as _

from core.tabular import Row, Table
from territories.importing.folder import Folder
from territories.importing.plan import Key, Plan


def add_wide_levels(plan: Plan, folder: Folder) -> None:
    """Regions, départements, arrondissements, and which is in which."""
    for table in folder.tables("cog*-regions.csv", "REG", "LIBELLE"):
        for row in plan.take(table):
            add_row(plan, table, row, Key("region", row.cells["REG"]))
    for table in folder.need("cog*-departements.csv", "DEP", "REG", "LIBELLE"):
        for row in plan.take(table):
            key = add_row(plan, table, row, Key("departement", row.cells["DEP"]))
            region = plan.find("region", row.cells["REG"])
            if key and region:
                plan.belong(key, region)
    for table in folder.tables("cog*-arrondissements*.csv", "ARR", "DEP", "LIBELLE"):
        for row in plan.take(table):
            key = add_row(plan, table, row, Key("arrondissement", row.cells["ARR"]))
            if key:
                belong_to(plan, table, row, key, ("departement", row.cells["DEP"]))


def add_row(plan: Plan, table: Table, row: Row, key: Key) -> Key | None:
    """The territory of one line, or None with a problem said."""
    name = row.cells["LIBELLE"]
    if not key.code or not name:
        plan.refuse(
            table.name, line(row), _("code or name missing"), _("Fill both cells, or delete the line.")
        )
        return None
    if key in plan.places:
        plan.refuse(
            table.name,
            line(row),
            _("%(level)s %(code)s is written twice") % {"level": key.level, "code": key.code},
            _("Delete one of the two lines."),
        )
        return None
    return plan.add_place(key, name)


def belong_to(plan: Plan, table: Table, row: Row, child: Key, parent: tuple[str, str]) -> None:
    """Put `child` in the territory of that level and code, or say that it is unknown."""
    found = plan.find(*parent)
    if found:
        plan.belong(child, found)
        return
    plan.refuse(
        table.name,
        line(row),
        _("%(code)s is in %(level)s “%(parent)s”, which is unknown")
        % {"code": child.code, "level": parent[0], "parent": parent[1]},
        _("Correct the code, or add it to its file."),
    )


def line(row: Row) -> str:
    return _("line %(line)s") % {"line": row.line}
