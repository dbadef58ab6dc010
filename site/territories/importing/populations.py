"""Legal populations of communes, and the sums that may be made of them."""

import datetime
from collections import defaultdict

from django.utils.translation import gettext as _

from core.tabular import Row, Table
from territories.importing.cog import line
from territories.importing.folder import Folder
from territories.importing.plan import Belonging, Key, Plan

LAG_IN_YEARS = 3
"""Populations of year Y are in force, and drawn on the communes, on 1 January of Y + 3."""
SUMMED_LEVELS = ("epci", "arrondissement", "canton", "departement")


def add_populations(plan: Plan, folder: Folder) -> None:
    """Add what the files say, then the sums over territories that hold all their communes whole."""
    for table in folder.tables("population-communes-*.csv", "code_commune", *_columns()):
        for row in plan.take(table):
            _add_row(plan, table, row, "commune", row.cells["code_commune"])
    _add_sums(plan)
    for table in folder.tables("population-departements-*.csv", "code_departement", *_columns()):
        for row in plan.take(table):
            if row.cells["code_departement"] not in plan.home:
                _add_row(plan, table, row, "departement", row.cells["code_departement"])


def share_epci(plan: Plan) -> None:
    """Each EPCI lies in the départements of its communes: in part, by inhabitants, when there are several."""
    latest: dict[Key, int] = {}
    for (key, _year), (municipal, _total) in sorted(plan.populations.items(), key=lambda item: item[0][1]):
        latest[key] = municipal
    departements = {
        one.child: one.parent for one in plan.belongings.values() if one.parent.level == "departement"
    }
    members: dict[Key, list[Belonging]] = defaultdict(list)
    for one in plan.belongings.values():
        if one.parent.level == "epci":
            members[one.parent].append(one)
    for key, inside in members.items():
        counts: dict[Key, int] = defaultdict(int)
        for one in (each for each in inside if each.child in departements):
            counts[departements[one.child]] += latest.get(one.child, 0)
        total = sum(counts.values())
        since = min(one.valid_from for one in inside)
        for parent, count in counts.items():
            weight = None if len(counts) == 1 else round(count / total, 4) if total else 0.0
            plan.belong(key, parent, since=since, weight=weight)


def _columns() -> tuple[str, ...]:
    return ("annee_reference", "population_municipale", "population_totale")


def _add_row(plan: Plan, table: Table, row: Row, level: str, code: str) -> None:
    numbers = {}
    for column in _columns():
        text = row.cells[column].replace("\u202f", "").replace("\xa0", "").replace(" ", "")
        if not text.isdecimal():
            plan.refuse(
                table.name,
                line(row),
                _("%(column)s: “%(text)s” is not a whole number")
                % {"column": column, "text": row.cells[column]},
                _("Write digits only."),
            )
            return
        numbers[column] = int(text)
    year = numbers["annee_reference"]
    key = plan.find(level, code, datetime.date(year + LAG_IN_YEARS, 1, 1))
    if key is None and level == "commune" and not code.startswith(tuple(plan.home)):
        plan.note(table.name, line(row), _("%(code)s is outside the territories: ignored") % {"code": code})
    elif key is None:
        plan.refuse(
            table.name,
            line(row),
            _("%(level)s %(code)s is unknown") % {"level": level, "code": code},
            _("Correct the code, or add it to the COG file."),
        )
    elif (key, year) in plan.populations:
        plan.refuse(
            table.name,
            line(row),
            _("%(code)s has two populations for %(year)s") % {"code": code, "year": year},
            _("Delete one of the two lines."),
        )
    else:
        plan.populations[key, year] = (numbers["population_municipale"], numbers["population_totale"])


def _add_sums(plan: Plan) -> None:
    years = sorted({year for _key, year in plan.populations})
    children: dict[Key, list[Belonging]] = defaultdict(list)
    for one in plan.belongings.values():
        if one.child.level == "commune" and one.parent.level in SUMMED_LEVELS:
            children[one.parent].append(one)
    for parent, members in children.items():
        if parent.level == "departement" and parent.code not in plan.home:
            continue  # only some of its communes are known
        for year in years:
            _add_sum(plan, parent, members, year)


def _add_sum(plan: Plan, parent: Key, members: list[Belonging], year: int) -> None:
    """The sum on the territory as it was that year, or as near as its own life allows."""
    day = datetime.date(year + LAG_IN_YEARS, 1, 1)
    start = min(one.valid_from for one in members)
    end = plan.places[parent].valid_to
    day = max(day, start)
    if end and day >= end:
        day = end - datetime.timedelta(days=1)
    inside = [
        one for one in members if one.valid_from <= day and (one.valid_to is None or one.valid_to > day)
    ]
    found = [plan.populations.get((one.child, year)) for one in inside]
    if inside and all(found) and not any(one.weight is not None for one in inside):
        municipal = sum(pair[0] for pair in found if pair)
        total = sum(pair[1] or 0 for pair in found if pair)
        plan.populations[parent, year] = (municipal, total)
