"""EPCI by year of composition: who was in which, and what became of those that ended."""

import datetime
import itertools
from collections import Counter, defaultdict

from django.utils.translation import gettext as _

from core.tabular import Row, Table
from territories.importing.cog import line
from territories.importing.folder import Folder
from territories.importing.plan import Alias, Change, Key, Plan
from territories.models import ALWAYS, TerritoryAlias, TerritoryEvent

Members = dict[int, dict[str, str]]
"""Year → commune code → SIREN of its EPCI."""


def add_epci(plan: Plan, folder: Folder) -> None:
    """Add EPCI, their members year by year, their mergers, and the départements they lie in."""
    names: dict[str, dict[int, str]] = defaultdict(dict)
    members: Members = defaultdict(dict)
    columns = (
        "annee_geographie",
        "siren_epci",
        "nom_epci",
        "code_commune",
        "nom_commune",
        "code_departement_commune",
    )
    for table in folder.tables("epci*-composition*.csv", *columns):
        for row in plan.take(table):
            _add_row(plan, table, row, names, members)
    years = sorted(members)
    for siren, by_year in sorted(names.items()):
        _add_one(plan, siren, by_year, years)
    _add_memberships(plan, members, years)
    _add_changes(plan, members, years)


def _add_row(plan: Plan, table: Table, row: Row, names: dict[str, dict[int, str]], members: Members) -> None:
    cells = row.cells
    if not cells["annee_geographie"].isdecimal():
        plan.refuse(
            table.name,
            line(row),
            _("“%(text)s” is not a year") % {"text": cells["annee_geographie"]},
            _("Write it as 2025."),
        )
        return
    year, code, siren = int(cells["annee_geographie"]), cells["code_commune"], cells["siren_epci"]
    if code in members[year]:
        plan.refuse(
            table.name,
            line(row),
            _("commune %(code)s is twice in the composition of %(year)s") % {"code": code, "year": year},
            _("A commune is in one EPCI a year: delete one of the two lines."),
        )
        return
    if not _known_commune(plan, table, row):
        return
    members[year][code] = siren
    names[siren][year] = cells["nom_epci"]


def _known_commune(plan: Plan, table: Table, row: Row) -> bool:
    """Communes of neighbouring départements are known by this file alone."""
    code, departement = row.cells["code_commune"], row.cells["code_departement_commune"]
    if plan.find("commune", code):
        return True
    parent = plan.find("departement", departement)
    if departement in plan.home or parent is None:
        plan.refuse(
            table.name,
            line(row),
            _("commune %(code)s is unknown") % {"code": code},
            _("Correct the code, or add the commune to the COG file."),
        )
        return False
    plan.belong(plan.add_place(Key("commune", code), row.cells["nom_commune"]), parent)
    return True


def _add_one(plan: Plan, siren: str, by_year: dict[int, str], years: list[int]) -> None:
    first, last = min(by_year), max(by_year)
    start = ALWAYS if first == years[0] else new_year(first)
    end = None if last == years[-1] else new_year(last + 1)
    key = plan.add_place(Key("epci", siren, start), by_year[last], end)
    for former in {*by_year.values()} - {by_year[last]}:
        plan.aliases.add(Alias(key, TerritoryAlias.Kind.NAME, former))


def _add_memberships(plan: Plan, members: Members, years: list[int]) -> None:
    """One relation per uninterrupted stay; nothing is said before the first file."""
    for code in sorted({code for year in years for code in members[year]}):
        start = None
        for year, following in zip(years, [*years[1:], None], strict=True):
            siren = members[year].get(code)
            start = start or year
            if following is None or members[following].get(code) != siren:
                _belong(plan, code, siren, start, following)
                start = None


def _belong(plan: Plan, code: str, siren: str | None, start: int, following: int | None) -> None:
    day = new_year(start)
    child = plan.find("commune", code, day)
    parent = plan.find("epci", siren, day) if siren else None
    if child and parent:
        one = plan.belong(child, parent, since=day)
        one.valid_to = new_year(following) if following else None


def _add_changes(plan: Plan, members: Members, years: list[int]) -> None:
    """An EPCI that ends leads to those that took its communes."""
    for year, following in itertools.pairwise(years):
        gone = {*members[year].values()} - {*members[following].values()}
        heirs = {
            siren: Counter(
                members[following][code]
                for code, own in members[year].items()
                if own == siren and code in members[following]
            )
            for siren in sorted(gone)
        }
        for groups in _by_heirs(heirs).values():
            _add_change(plan, groups, new_year(following))


def _by_heirs(heirs: dict[str, Counter[str]]) -> dict[str, dict[str, Counter[str]]]:
    groups: dict[str, dict[str, Counter[str]]] = defaultdict(dict)
    for siren, counts in heirs.items():
        groups[",".join(sorted(counts))][siren] = counts
    return groups


def _add_change(plan: Plan, group: dict[str, Counter[str]], day: datetime.date) -> None:
    eve = day - datetime.timedelta(days=1)
    links = [
        (before, after)
        for siren, counts in group.items()
        for heir in counts
        if (before := plan.find("epci", siren, eve)) and (after := plan.find("epci", heir, day))
    ]
    if not links:
        return
    many = len({after for _before, after in links}) > 1
    kind = TerritoryEvent.Kind.SPLIT if many else TerritoryEvent.Kind.MERGE
    label = " + ".join(dict.fromkeys(plan.places[before].name for before, _after in links))
    label += " → " + " + ".join(dict.fromkeys(plan.places[after].name for _before, after in links))
    plan.changes.append(Change(day, kind, label[:200], links))


def new_year(year: int) -> datetime.date:
    return datetime.date(year, 1, 1)
