"""The whole directory written into a folder, a batch at a time: memory does not grow with it."""

import csv
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from django.utils import timezone

from directory.exchange import gather
from directory.exchange.hsds import tables
from directory.exchange.hsds.terms import taxonomies_json, term_json
from directory.exchange.hsds.write import Writer
from directory.exchange.inclusion import codes, write
from directory.exchange.records import LocationRecord
from directory.models import Service
from directory.selectors import drawn
from directory.selectors.words import towns, vocabulary
from territories.models import Territory
from territories.selectors import members

Json = dict[str, Any]
Counts = dict[str, int]


def export(form: str, folder: Path) -> Counts:
    """Write the public directory in a format; how many objects of each kind there are."""
    folder.mkdir(parents=True, exist_ok=True)
    return EXPORTS[form](folder)


def _write_list(path: Path, rows: Iterable[Json]) -> int:
    """A JSON list, written as it comes."""
    count = 0
    with path.open("w", encoding="utf-8") as file:
        file.write("[")
        for count, row in enumerate(rows, 1):
            file.write((",\n" if count > 1 else "\n") + json.dumps(row, ensure_ascii=False))
        file.write("\n]\n")
    return count


def programs() -> Iterator[Json]:
    writer = Writer(vocabulary(), {})
    for batch in gather.batches(gather.schemes()):
        yield from (writer.program(gather.scheme_record(one)) for one in batch)


def organizations() -> Iterator[Json]:
    for batch in gather.batches(gather.organisations()):
        for one in drawn.organizations(batch, whole=True):
            yield {name: value for name, value in one.items() if name != "services"}


def services() -> Iterator[Json]:
    for batch in gather.batches(Service.objects.public()):
        yield from drawn.whole_services(batch)


def _hsds_json(folder: Path) -> Counts:
    terms = (term_json(one) for one in vocabulary().terms.values())
    return {
        "taxonomies": _write_list(folder / "taxonomies.json", taxonomies_json()),
        "taxonomy_terms": _write_list(folder / "taxonomy_terms.json", terms),
        "programs": _write_list(folder / "programs.json", programs()),
        "organizations": _write_list(folder / "organizations.json", organizations()),
        "services": _write_list(folder / "services.json", services()),
    }


class Package:
    """Tables being written; a row that was written already is not written again."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.folder, self.stack = folder, stack
        self.writers: dict[str, Any] = {}
        self.counts: Counter[str] = Counter()
        self.units: set[str] = set()

    def add(self, table: str, row: Json) -> None:
        if table == "unit":
            if row["id"] in self.units:
                return
            self.units.add(row["id"])
        if table not in self.writers:
            path = self.folder / f"{tables.FILES[table]}.csv"
            file = self.stack.enter_context(path.open("w", encoding="utf-8", newline=""))
            self.writers[table] = csv.writer(file)
            self.writers[table].writerow([one.name for one in tables.columns(table)])
        self.writers[table].writerow(tables.cells(table, row))
        self.counts[table] += 1


def _hsds_csv(folder: Path) -> Counts:
    """The tabular data package; its description last, since it names the tables that have rows."""
    with ExitStack() as stack:
        package, words = Package(folder, stack), vocabulary()
        for taxonomy in taxonomies_json():
            package.add("taxonomy", taxonomy)
        for term in words.terms.values():
            package.add("taxonomy_term", term_json(term))
        for table, row in _rows():
            package.add(table, row)
    described = tables.package("Diapason", package.counts)
    (folder / "datapackage.json").write_text(json.dumps(described, ensure_ascii=False, indent=2), "utf-8")
    return dict(package.counts)


def _rows() -> Iterator[tuple[str, Json]]:
    for program in programs():
        for attribute in program.get("attributes", ()):
            yield from tables.flattened("attribute", attribute)
    for one in organizations():
        yield from tables.flattened("organization", one)
        for place in one.get("locations", ()):
            yield from tables.flattened("location", place)
    for service in services():
        yield from tables.flattened("service", {**service, "program_id": ""})


def _inclusion(folder: Path) -> Counts:
    return {
        **_lines(folder, "structures", codes.STRUCTURE, structures),
        **_lines(folder, "services", codes.SERVICE, service_lines),
    }


def _lines(folder: Path, name: str, columns: tuple[str, ...], lines: Callable[[], Iterator[Json]]) -> Counts:
    """The same lines as JSON and as CSV; lists in cells are JSON."""
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, columns)
        table.writeheader()

        def each() -> Iterator[Json]:
            for line in lines():
                table.writerow(
                    {
                        column: json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value
                        for column, value in line.items()
                    }
                )
                yield line

        return {name: _write_list(folder / f"{name}.json", each())}


def structures() -> Iterator[Json]:
    """Organisations as data·inclusion writes them."""
    today = timezone.localdate()
    for batch in gather.batches(gather.organisations()):
        rows = gather.locations(
            gather.public_locations().filter(organisation__in=batch, address_hidden=False)
        )
        places: dict[Any, LocationRecord] = {}
        for record in map(gather.location_record, rows.order_by("pk")):
            places.setdefault(record.organisation, record)
        names = towns(one.commune for one in places.values())
        for one in map(gather.organisation_record, batch):
            yield write.structure(one, places.get(one.uid), towns=names, today=today)


def service_lines() -> Iterator[Json]:
    """Public services as data·inclusion writes them, at the first place that may be shown."""
    today, areas = timezone.localdate(), held_by_areas()
    for batch in gather.batches(gather.services()):
        records = [gather.service_record(one) for one in batch]
        places = drawn.places_of({at.location for one in records for at in one.at})
        names = towns(one.commune for one in places.values())
        owners = {one.pk: one for one in gather.organisations(drawn.organisations_in(batch))}
        for row, one in zip(batch, records, strict=True):
            owner = gather.organisation_record(owners[row.organisation_id])
            known = (places[at.location] for at in one.at if at.location in places)
            yield write.service(
                one,
                structure_id=write.line_id(owner.numbers, owner.uid),
                place=next((place for place in known if not place.address_hidden), None),
                towns=names,
                areas=areas,
                today=today,
            )


def held_by_areas() -> dict[str, tuple[str, ...]]:
    """Of the areas data·inclusion cannot name, the codes of what they hold."""
    found = {}
    finer = {"region": "departement", "canton": "commune", "arrondissement": "commune"}
    used = Territory.objects.filter(covering_services__isnull=False, level__in=finer).distinct()
    for one in used.order_by("pk"):
        inside = members(one, finer[one.level_id])
        every = [*inside.full, *(kin.territory for kin in inside.partial)]
        found[f"{one.level_id}:{one.code}"] = tuple(each.code for each in every)
    return found


EXPORTS: dict[str, Callable[[Path], Counts]] = {
    "hsds-json": _hsds_json,
    "hsds-csv": _hsds_csv,
    "data-inclusion": _inclusion,
}
