"""Imports: all or nothing, the same twice changes nothing, what was corrected here is kept, and all of it can be undone."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command

from directory.exchange import gather
from directory.exchange.inclusion.read import uid_of
from directory.models import Change, DirectoryImport, Location, Scheme, Service, SourceRecord
from directory.models import OrganisationRecord as OrganisationRow
from directory.services import records
from directory.services.importing import apply_import, stage_import, undo_import
from organisations.models import Organisation
from tests.directory.exchange.samples import full_directory
from tests.factories import directory as made
from tests.factories.process import person
from tests.factories.territories import territory

pytestmark = pytest.mark.django_db
STRUCTURE: dict[str, Any] = {
    "source": "dora",
    "id": "dora--1",
    "nom": "Association des aidants",
    "date_maj": "2026-01-02",
    "siret": "12345678900011",
    "adresse": "2 rue du Port",
    "code_postal": "47120",
    "code_insee": "47086",
    "horaires_accueil": "Mo-Fr 09:00-12:00",
}
SERVICE: dict[str, Any] = {
    "source": "dora",
    "structure_id": "dora--1",
    "id": "dora--2",
    "nom": "Groupe de parole",
    "description": "On parle ensemble.",
    "date_maj": "2026-01-02",
    "telephone": "05 00 00 00 10",
    "adresse": "2 rue du Port",
    "code_postal": "47120",
    "code_insee": "47086",
    "thematiques": ["famille--soutien-aidants"],
    "zone_eligibilite": ["47"],
}


@pytest.fixture
def duras() -> Any:
    made.need("1.E.8")
    territory("Lot-et-Garonne", "departement", code="47")
    return territory("Duras", code="47086")


@pytest.fixture
def lines(tmp_path: Path, duras: Any) -> Callable[..., Path]:
    """A folder of data·inclusion with these services."""

    def write(*services: dict[str, Any], structure: dict[str, Any] | None = None) -> Path:
        (tmp_path / "structures.json").write_text(json.dumps([{**STRUCTURE, **(structure or {})}]), "utf-8")
        given = [{**SERVICE, **one} for one in services or ({},)]
        (tmp_path / "services.json").write_text(json.dumps(given, indent=1), "utf-8")
        return tmp_path

    return write


def run(path: Path, form: str = "data-inclusion", *options: str, capsys: Any = None) -> Any:
    call_command("import_directory", str(path), "--format", form, "--json", *options)
    return json.loads(capsys.readouterr().out) if capsys else None


def one_service() -> Service:
    return Service.objects.get(uid=uid_of("dora--2"))


def everything() -> dict[str, Any]:
    return {
        "schemes": list(map(gather.scheme_record, gather.schemes())),
        "organisations": list(map(gather.organisation_record, gather.organisations())),
        "locations": list(map(gather.location_record, gather.locations())),
        "services": list(map(gather.service_record, gather.services())),
    }


def forget_everything() -> None:
    Service.objects.all().delete()
    Location.objects.all().delete()
    Scheme.objects.all().delete()
    OrganisationRow.objects.all().delete()
    Organisation.objects.all().delete()


@pytest.mark.parametrize("form", ["hsds-json", "hsds-csv"])
def test_a_whole_directory_goes_out_and_comes_back_the_same(tmp_path: Path, form: str) -> None:
    full_directory()
    call_command("export_directory", "--format", form, "--output", str(tmp_path))
    before = everything()
    forget_everything()
    run(tmp_path, "hsds")
    assert everything() == before


@pytest.mark.parametrize("suffix", ["json", "csv"])
def test_what_data_inclusion_can_say_comes_back_the_same(tmp_path: Path, suffix: str, capsys: Any) -> None:
    def published(name: str) -> dict[str, list[dict[str, Any]]]:
        call_command("export_directory", "--format", "data-inclusion", "--output", str(tmp_path / name))
        found = {path.stem: json.loads(path.read_text()) for path in (tmp_path / name).glob("*.json")}
        return {stem: [{**one, "date_maj": ""} for one in lines] for stem, lines in found.items()}

    full_directory()
    made.need("1.E.8")  # what its theme is read as
    before = published("out")
    for path in (tmp_path / "out").iterdir():
        if path.suffix != f".{suffix}":
            path.unlink()
    capsys.readouterr()
    report = run(tmp_path / "out", capsys=capsys)
    assert not report["counts"]  # still here: a line of ours says less than we know
    assert sum(report["notices"].values()) == 3
    forget_everything()
    run(tmp_path / "out")
    assert published("back") == before


@pytest.mark.parametrize("form", ["hsds-json", "hsds-csv"])
def test_importing_what_is_here_changes_nothing(tmp_path: Path, form: str, capsys: Any) -> None:
    one = full_directory()
    call_command("export_directory", "--format", form, "--output", str(tmp_path), "--json")
    capsys.readouterr()
    before, history = everything(), Change.objects.count()
    for _again in range(2):
        report = run(tmp_path, "hsds", capsys=capsys)
        assert {action for counts in report["counts"].values() for action in counts} == {"unchanged"}
        assert report["kept"] == []
    assert everything() == before
    assert Change.objects.count() == history
    one.shelter.refresh_from_db()
    assert (
        one.shelter.latitude == 44.6789
    )  # a hidden address is not erased by an export that does not tell it


def test_a_line_becomes_an_organisation_a_place_and_a_service(
    lines: Callable[..., Path], capsys: Any
) -> None:
    report = run(lines(), capsys=capsys)
    assert report["counts"] == {"organisation": {"new": 1}, "location": {"new": 1}, "service": {"new": 1}}
    service = one_service()
    assert service.organisation.name == "Association des aidants"
    assert service.organisation.identifiers.get(scheme="siret").value == "12345678900011"
    assert [place.commune.code for place in service.locations.all() if place.commune] == ["47086"]
    assert [need.code for need in service.needs.all()] == ["1.E.8"]
    assert service.source is not None
    assert service.source.slug == "data-inclusion"
    assert service.quality > 0
    assert service.review_due_on is not None
    assert service.locations.get().opening_hours.count() == 5
    assert run(lines(), capsys=capsys)["counts"]["service"] == {"unchanged": 1}


def test_a_rehearsal_stores_nothing_and_tells_the_same(lines: Callable[..., Path], capsys: Any) -> None:
    path = lines()
    told = run(path, "data-inclusion", "--dry-run", capsys=capsys)
    assert (Service.objects.count(), DirectoryImport.objects.count(), SourceRecord.objects.count()) == (
        0,
        0,
        0,
    )
    assert run(path, capsys=capsys)["counts"] == told["counts"]


def test_a_change_of_the_source_arrives_and_a_correction_here_stays(
    lines: Callable[..., Path], capsys: Any
) -> None:
    run(lines(), capsys=capsys)
    service = one_service()
    records.save_service(
        actor=None,
        organisation=service.organisation,
        service=service,
        values={"phone": "05 00 00 00 99", "languages": ["fr"]},
    )
    report = run(lines({"nom": "Café des aidants", "courriel": "a@example.org"}), capsys=capsys)
    assert report["counts"]["service"] == {"changed": 1}
    assert [(one["field"], one["here"], one["there"]) for one in report["kept"]] == [
        ("phone", "05 00 00 00 99", "05 00 00 00 10")
    ]
    service = one_service()
    told = (service.name, service.email, service.phone, service.languages)
    assert told == ("Café des aidants", "a@example.org", "05 00 00 00 99", ["fr"])
    assert Change.objects.filter(target_uid=service.uid, field="name", source=service.source).exists()


def test_both_changed_the_same_field_ours_is_kept_and_told(lines: Callable[..., Path], capsys: Any) -> None:
    run(lines(), capsys=capsys)
    service = one_service()
    records.save_service(
        actor=None, organisation=service.organisation, service=service, values={"name": "Le nôtre"}
    )
    report = run(lines({"nom": "Le leur"}), capsys=capsys)
    assert one_service().name == "Le nôtre"
    assert [one["field"] for one in report["kept"]] == ["name"]


def test_a_record_that_is_ours_is_not_taken_over_by_an_import(tmp_path: Path, capsys: Any) -> None:
    one = full_directory()
    call_command("export_directory", "--format", "hsds-json", "--output", str(tmp_path), "--json")
    capsys.readouterr()
    text = (tmp_path / "services.json").read_text().replace("Repas à domicile", "Publicité")
    (tmp_path / "services.json").write_text(text)
    report = run(tmp_path, "hsds", capsys=capsys)
    one.service.refresh_from_db()
    assert one.service.name == "Repas à domicile"
    assert [kept["field"] for kept in report["kept"]] == ["name"]


def test_what_the_source_no_longer_names_ends_and_comes_back(lines: Callable[..., Path], capsys: Any) -> None:
    run(lines({}, {"id": "dora--3", "nom": "Autre"}), capsys=capsys)
    gone = Service.objects.get(uid=uid_of("dora--3"))
    assert run(lines(), capsys=capsys)["counts"]["service"] == {"unchanged": 1, "gone": 1}
    gone.refresh_from_db()
    assert gone.status == "defunct"
    run(lines({}, {"id": "dora--3", "nom": "Autre"}), capsys=capsys)
    gone.refresh_from_db()
    assert gone.status == "active"


def test_a_part_of_a_file_ends_nothing(lines: Callable[..., Path], capsys: Any) -> None:
    run(lines({}, {"id": "dora--3", "nom": "Autre"}), capsys=capsys)
    assert "gone" not in run(lines(), "data-inclusion", "--partial", capsys=capsys)["counts"]["service"]


def test_the_same_organisation_is_known_by_its_siret(
    lines: Callable[..., Path], duras: Any, capsys: Any
) -> None:
    here = Organisation.objects.create(name="AIDANTS 47", slug="aidants", territory=duras)
    here.identifiers.create(scheme="siret", value="12345678900011")
    report = run(lines(), capsys=capsys)
    assert one_service().organisation == here
    here.refresh_from_db()
    assert here.name == "AIDANTS 47"
    assert "name" in {one["field"] for one in report["kept"]}


def test_undone_the_directory_is_as_before(lines: Callable[..., Path], capsys: Any) -> None:
    run(lines(), capsys=capsys)
    before = everything()
    second = run(
        lines({"nom": "Autre nom", "zone_eligibilite": ["47086"]}, {"id": "dora--9", "nom": "Neuf"}),
        capsys=capsys,
    )
    assert Service.objects.count() == 2
    call_command("undo_directory_import", second["import"], "--json")
    assert json.loads(capsys.readouterr().out)["counts"] == {"deleted": 1, "restored": 1}
    assert everything() == before
    third = run(lines({"nom": "Autre nom"}), capsys=capsys)
    assert third["counts"]["service"] == {"changed": 1}


def test_an_import_undone_brings_back_what_it_ended_and_deletes_what_it_made(
    lines: Callable[..., Path], capsys: Any
) -> None:
    first = run(lines({}, {"id": "dora--3", "nom": "Autre"}), capsys=capsys)
    second = run(lines(), capsys=capsys)
    with pytest.raises(CommandError):
        call_command("undo_directory_import", first["import"])
    call_command("undo_directory_import", second["import"])
    assert Service.objects.get(uid=uid_of("dora--3")).status == "active"
    call_command("undo_directory_import", first["import"])
    left = (
        Service.objects.count(),
        Location.objects.count(),
        Organisation.objects.count(),
        SourceRecord.objects.count(),
    )
    assert left == (0, 0, 0, 0)
    with pytest.raises(CommandError):
        call_command("undo_directory_import", first["import"])


def test_undoing_leaves_what_was_worked_on_since(lines: Callable[..., Path], capsys: Any) -> None:
    first = run(lines(), capsys=capsys)
    service = one_service()
    records.save_service(
        actor=None, organisation=service.organisation, service=service, values={"name": "Travaillé"}
    )
    call_command("undo_directory_import", first["import"], "--json")
    assert json.loads(capsys.readouterr().out)["counts"]["kept"] >= 1
    assert one_service().name == "Travaillé"


def test_organisations_within_others_come_whatever_their_order(
    tmp_path: Path, duras: Any, capsys: Any
) -> None:
    child, parent = UUID(int=1), UUID(int=2)
    rows = [
        {"id": str(child), "name": "Antenne", "description": "d", "parent_organization_id": str(parent)},
        {"id": str(parent), "name": "Siège", "description": "d"},
    ]
    (tmp_path / "organizations.json").write_text(json.dumps(rows))
    run(tmp_path, "hsds", capsys=capsys)
    antenna = OrganisationRow.objects.get(uid=child)
    assert str(antenna.parent) == "Siège"
    assert run(tmp_path, "hsds", capsys=capsys)["counts"]["organisation"] == {"unchanged": 2}


ACTORS = {
    "visitor": False,
    "member": False,
    "editor": False,
    "steward": False,
    "administrator": True,
    "superuser": True,
}


@pytest.mark.parametrize("name", ACTORS)
def test_who_may_import_and_undo(lines: Callable[..., Path], duras: Any, name: str) -> None:
    path = lines()
    actor = made.an_actor(name, made.body(duras))
    if name == "visitor":
        actor = person()
        actor.is_active = False
    if not ACTORS[name]:
        with pytest.raises(PermissionDenied):
            stage_import(actor=actor, path=path, form="data-inclusion", source="dora")
        return
    staged, _notices = stage_import(actor=actor, path=path, form="data-inclusion", source="dora")
    apply_import(actor=actor, run=staged)
    with pytest.raises(PermissionDenied):
        undo_import(actor=person(), run=staged)
    undo_import(actor=actor, run=staged)
    with pytest.raises(ValidationError):
        undo_import(actor=actor, run=staged)


def test_cost_grows_by_batches_and_not_by_lines(
    lines: Callable[..., Path], django_assert_max_num_queries: Any
) -> None:
    path = lines(*({"id": f"dora--{number}", "nom": f"Service {number}"} for number in range(2, 42)))
    with django_assert_max_num_queries(190):
        run(path)
    assert Service.objects.count() == 40
