"""Imports by batches: what lines refer to, what they claim of others, what the search knows of them, and what undoing leaves."""

import json
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from directory.exchange.hsds.terms import term_id
from directory.finding.models import SearchRow
from directory.models import DirectoryImport, Location, Report, Service
from directory.models import OrganisationRecord as OrganisationRow
from directory.services.importing import apply_import, progress, stage_import, undo_import
from organisations.models import Organisation
from tests.directory.exchange.test_imports import SERVICE, STRUCTURE
from tests.factories import directory as made
from tests.factories.territories import territory

pytestmark = pytest.mark.django_db
BY_TWO = (
    "directory.services.importing.lines.BATCH",
    "directory.services.importing.staging.BATCH",
    "directory.services.importing.ending.BATCH",
    "directory.services.importing.standing.BATCH",
)


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two lines a batch, so that what depends on batches shows on few lines."""
    for name in BY_TWO:
        monkeypatch.setattr(name, 2)
    made.need("1.E.8")
    territory("Lot-et-Garonne", "departement", code="47")
    territory("Duras", code="47086")


def uid(number: int) -> str:
    return str(UUID(int=number + (4 << 76) + (8 << 60)))


def organisation(number: int, **more: Any) -> dict[str, Any]:
    return {"id": uid(number), "name": f"Organisme {number}", "description": "d", **more}


def service(number: int, owner: int = 1, **more: Any) -> dict[str, Any]:
    return {
        "id": uid(number),
        "organization_id": uid(owner),
        "name": f"Service {number}",
        "description": "Une aide rare et zinzolin.",
        "status": "active",
        **more,
    }


def at(number: int, place: int) -> dict[str, Any]:
    held = {"id": uid(place), "location_type": "physical", "name": f"Lieu {place}"}
    return {"id": uid(number), "location_id": uid(place), "location": held}


def take_in(
    path: Path, organisations: list[dict[str, Any]], services: list[dict[str, Any]], source: str = "essai"
) -> DirectoryImport:
    (path / "organizations.json").write_text(json.dumps(organisations, indent=0))
    (path / "services.json").write_text(json.dumps(services, indent=0))
    run, _left_out = stage_import(actor=None, path=path, form="hsds", source=source)
    apply_import(actor=None, run=run, keep=False)
    apply_import(actor=None, run=run)
    return run


def refused(path: Path, capsys: Any, form: str = "hsds") -> list[dict[str, str]]:
    before = Service.objects.count(), Organisation.objects.count(), DirectoryImport.objects.count()
    with pytest.raises(CommandError):
        call_command("import_directory", str(path), "--format", form, "--source", "essai", "--json")
    assert before == (Service.objects.count(), Organisation.objects.count(), DirectoryImport.objects.count())
    problems: list[dict[str, str]] = json.loads(capsys.readouterr().out)["problems"]
    return problems


def test_what_is_imported_is_found_and_what_is_undone_is_not(tmp_path: Path) -> None:
    services = [service(number) for number in (11, 12, 13)]
    first = take_in(tmp_path, [organisation(1)], services)
    found = SearchRow.objects.values_list("service__uid", flat=True)
    assert {str(one) for one in found} == {uid(11), uid(12), uid(13)}
    second = take_in(tmp_path, [organisation(1)], services[:1])
    assert {str(one) for one in found.all()} == {uid(11)}
    undo_import(actor=None, run=second)
    assert {str(one) for one in found.all()} == {uid(11), uid(12), uid(13)}
    undo_import(actor=None, run=first)
    assert (SearchRow.objects.count(), Service.objects.count(), Organisation.objects.count()) == (0, 0, 0)


def test_a_rehearsal_tells_the_search_nothing(tmp_path: Path) -> None:
    (tmp_path / "organizations.json").write_text(json.dumps([organisation(1)]))
    (tmp_path / "services.json").write_text(json.dumps([service(11)]))
    call_command("import_directory", str(tmp_path), "--format", "hsds", "--dry-run", "--json")
    assert not SearchRow.objects.exists()


def test_a_parent_comes_back_when_an_import_is_undone(tmp_path: Path) -> None:
    bodies = [organisation(number) for number in (1, 2, 3, 4)]
    take_in(tmp_path, [{**bodies[0], "parent_organization_id": uid(4)}, *bodies[1:]], [])
    child = OrganisationRow.objects.get(uid=uid(1))
    assert str(child.parent) == "Organisme 4"
    second = take_in(tmp_path, [{**bodies[0], "parent_organization_id": uid(3)}, *bodies[1:]], [])
    child.refresh_from_db()
    assert str(child.parent) == "Organisme 3"
    undo_import(actor=None, run=second)
    child.refresh_from_db()
    assert str(child.parent) == "Organisme 4"


def test_a_parent_that_a_source_takes_away_goes_unless_it_was_given_here(tmp_path: Path) -> None:
    bodies = [organisation(number) for number in (1, 2, 3)]
    take_in(tmp_path, [{**bodies[0], "parent_organization_id": uid(3)}, *bodies[1:]], [])
    child, other = (OrganisationRow.objects.get(uid=uid(number)) for number in (1, 2))
    OrganisationRow.objects.filter(pk=other.pk).update(parent=child.organisation)
    second = take_in(tmp_path, bodies, [])
    child.refresh_from_db()
    other.refresh_from_db()
    assert child.parent is None and other.parent == child.organisation
    undo_import(actor=None, run=second)
    child.refresh_from_db()
    assert str(child.parent) == "Organisme 3"


def test_undoing_keeps_what_people_wrote_about_or_use_since(tmp_path: Path) -> None:
    run = take_in(
        tmp_path,
        [organisation(1)],
        [service(11), service(12), service(13, 1, service_at_locations=[at(21, 31)])],
    )
    told = Service.objects.get(uid=uid(11))
    Report.objects.create(service=told, kind="phone", reported_on=timezone.localdate())
    ours = made.service(Organisation.objects.get(), name="Le nôtre")
    made.at(ours, Location.objects.get())
    counts = undo_import(actor=None, run=run)
    assert set(Service.objects.values_list("name", flat=True)) == {"Service 11", "Le nôtre"}
    assert Report.objects.exists()
    assert Location.objects.exists()
    assert counts == {"deleted": 2, "kept": 3}  # the service told of, its organisation, the place in use


def test_progress_is_told_of_lines_and_of_undoing(tmp_path: Path) -> None:
    run = take_in(tmp_path, [organisation(1)], [service(number) for number in range(11, 16)])
    assert progress.told(run.pk) == progress.Progress(6, 6)
    undo_import(actor=None, run=run)
    assert progress.told(run.pk) == progress.Progress(6, 6)


def test_a_reference_and_a_double_are_seen_across_batches(tmp_path: Path, capsys: Any) -> None:
    services = [service(number) for number in (11, 12, 13)]
    services += [service(14, 99), {**service(11), "name": "Autre"}]
    (tmp_path / "organizations.json").write_text(json.dumps([organisation(1)]))
    (tmp_path / "services.json").write_text(json.dumps(services, indent=0))
    told = refused(tmp_path, capsys)
    assert len(told) == 2
    assert uid(11) in told[0]["message"] and "Autre" in told[0]["message"]
    assert uid(99) in told[1]["message"] and "Service 14" in told[1]["message"]


def test_a_circle_is_told_once_with_names_and_too_deep_a_tree_too(tmp_path: Path, capsys: Any) -> None:
    ring = [organisation(number, parent_organization_id=uid(number % 3 + 1)) for number in (1, 2, 3)]
    hung = organisation(4, parent_organization_id=uid(1))
    (tmp_path / "organizations.json").write_text(json.dumps([hung, *ring]))
    (problem,) = refused(tmp_path, capsys)
    assert "Organisme 1 → Organisme 2 → Organisme 3 → Organisme 1" in problem["message"]
    tree = [organisation(number, parent_organization_id=uid(number + 1)) for number in range(1, 24)]
    (tmp_path / "organizations.json").write_text(json.dumps([*tree, organisation(24)]))
    assert "20" in refused(tmp_path, capsys)[0]["message"]


def numbered(value: str) -> dict[str, Any]:
    return {"attributes": [{"taxonomy_term_id": str(term_id("field", "identifier")), "value": value}]}


HELD = "finess:470000001"
PLACES = [at(21, 31), at(22, 31)]
CLAIMS: dict[str, tuple[list[dict[str, Any]], str]] = {
    "a number of another record here": ([service(12, **numbered(HELD)), service(11)], "Service 11"),
    "a number and an identifier of one record": ([service(13, **numbered(HELD)), service(11)], "ligne 2"),
    "the same place twice": ([service(12, service_at_locations=PLACES)], "lieu"),
}


@pytest.mark.parametrize("name", CLAIMS)
def test_what_a_line_cannot_claim(tmp_path: Path, capsys: Any, name: str) -> None:
    services, said = CLAIMS[name]
    take_in(tmp_path, [organisation(1)], [service(11), service(12)])
    Service.objects.get(uid=uid(11)).identifiers.create(scheme="finess", value="470000001")
    (tmp_path / "organizations.json").write_text(json.dumps([organisation(1)]))
    (tmp_path / "services.json").write_text(json.dumps(services, indent=0))
    (problem, *_others) = refused(tmp_path, capsys)
    assert problem["place"]
    assert said in problem["message"] + problem["remedy"]


def test_a_link_whose_identifier_is_reused_gets_its_own(tmp_path: Path) -> None:
    take_in(
        tmp_path,
        [organisation(1)],
        [service(number, service_at_locations=[at(21, 31)]) for number in (11, 12, 13)],
    )
    assert sorted(one.locations.count() for one in Service.objects.all()) == [1, 1, 1]


def test_a_short_name_from_a_file_is_an_address(tmp_path: Path) -> None:
    slug = [{"taxonomy_term_id": str(term_id("field", "slug")), "value": "../a b"}]
    take_in(tmp_path, [organisation(1)], [service(11, attributes=slug)])
    assert "/" not in Service.objects.get().slug and " " not in Service.objects.get().slug


CANNOT_BE_KEPT = {
    "null": '"name": "Acc\\u0000ueil"',
    "half a character": '"name": "Acc\\ud800ueil"',
    "null in a code": '"status": "\\u0000"',
}


@pytest.mark.parametrize("name", CANNOT_BE_KEPT)
def test_what_no_database_keeps_is_told(tmp_path: Path, capsys: Any, name: str) -> None:
    (tmp_path / "organizations.json").write_text(json.dumps([organisation(1)]))
    text = json.dumps([service(11)])
    (tmp_path / "services.json").write_text(text[:-2] + ", " + CANNOT_BE_KEPT[name] + "}]")
    told = refused(tmp_path, capsys)
    assert "\\u0000" not in json.dumps(told) and "\\ud800" not in json.dumps(told)


TOLD = {
    "no line": ("structures.csv", b"source,id,nom,date_maj\n", "aucune fiche"),
    "other columns": ("structures.csv", b"a,b\n1,2\n", "source, id, nom, date_maj"),
    "huge cell": (
        "structures.csv",
        b"source,id,nom,date_maj\nd,d--1," + b"x" * 200_000 + b",2026-01-01\n",
        "caractères",
    ),
}


@pytest.mark.parametrize("name", TOLD)
def test_a_file_that_is_something_else_is_told_in_one_line(tmp_path: Path, capsys: Any, name: str) -> None:
    file, content, said = TOLD[name]
    (tmp_path / file).write_bytes(content)
    (problem,) = refused(tmp_path, capsys, "data-inclusion")
    assert said in problem["message"] and problem["remedy"]


def test_a_missing_structure_is_told_by_the_service_that_names_it(tmp_path: Path, capsys: Any) -> None:
    (tmp_path / "structures.json").write_text(json.dumps([STRUCTURE]))
    (tmp_path / "services.json").write_text(
        json.dumps(
            [{**SERVICE, "structure_id": "dora--404", "adresse": "", "code_insee": "", "code_postal": ""}]
        )
    )
    (problem,) = refused(tmp_path, capsys, "data-inclusion")
    assert "structure_id" in problem["message"] and SERVICE["nom"] in problem["message"]


def test_a_name_of_the_wrong_type_is_told_once(tmp_path: Path, capsys: Any) -> None:
    (tmp_path / "organizations.json").write_text(json.dumps([organisation(1)]))
    (tmp_path / "services.json").write_text(json.dumps([{**service(11), "name": ["a"]}]))
    assert len(refused(tmp_path, capsys)) == 1


def test_structures_that_share_a_siret_are_all_taken_in(tmp_path: Path) -> None:
    """As extracts of data·inclusion have them: the number stays on the first, and the same file again changes nothing."""
    shared = [
        {**STRUCTURE, "id": f"essai--{name}", "nom": f"Antenne {name}", "siret": "33310303900021"}
        for name in "abc"
    ]
    (tmp_path / "structures.json").write_text(json.dumps(shared))
    for action in ("new", "unchanged"):
        run, notices = stage_import(actor=None, path=tmp_path, form="data-inclusion", source="essai")
        counts = apply_import(actor=None, run=run).counts["organisation"]
        assert (dict(counts), sum(notices.values())) == ({action: 3}, 2)
    held = Organisation.objects.filter(identifiers__value="33310303900021")
    assert [one.name for one in held] == ["Antenne a"]
