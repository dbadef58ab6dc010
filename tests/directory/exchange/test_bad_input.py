"""One defect per file: refused whole, naming the line and the remedy; never an error, nothing written."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from directory.models import DirectoryImport, Location, Service
from organisations.models import Organisation
from tests.directory.exchange.test_imports import SERVICE, STRUCTURE
from tests.factories import directory as made
from tests.factories.territories import territory

pytestmark = pytest.mark.django_db
A, B, C = (f"00000000-0000-4000-8000-00000000000{number}" for number in (1, 2, 3))
ORGANISATION: dict[str, Any] = {"id": A, "name": "Mairie", "description": "d"}
OFFER: dict[str, Any] = {
    "id": B,
    "organization_id": A,
    "name": "Accueil",
    "description": "d",
    "status": "active",
}


@pytest.fixture(autouse=True)
def duras(monkeypatch: pytest.MonkeyPatch) -> None:
    made.need("1.E.8")
    territory("Lot-et-Garonne", "departement", code="47")
    territory("Duras", code="47086")
    monkeypatch.setattr("directory.services.importing.world.centres", lambda level: {"47086": (44.67, 0.18)})


def refused(path: Path, form: str, capsys: Any) -> list[dict[str, str]]:
    with pytest.raises(CommandError):
        call_command("import_directory", str(path), "--format", form, "--json")
    report = json.loads(capsys.readouterr().out)
    assert report["ok"] is False
    counts = (
        Service.objects.count(),
        Location.objects.count(),
        Organisation.objects.count(),
        DirectoryImport.objects.count(),
    )
    assert counts == (0, 0, 0, 0)
    problems: list[dict[str, str]] = report["problems"]
    return problems


HOURS = {"byday": "MO", "freq": "WEEKLY", "opens_at": "09:00", "closes_at": "12:00"}
PLACE = {"id": C, "location_type": "physical", "name": "Mairie"}
AT = {"id": "00000000-0000-4000-8000-000000000009", "location_id": C}
OFFERS: dict[str, tuple[dict[str, Any], str]] = {
    "unknown need": (
        {
            "attributes": [
                {"link_type": "need", "taxonomy_term_id": "@need:9.9", "taxonomy_term": {"code": "9.9"}}
            ]
        },
        "9.9",
    ),
    "unknown code": (
        {"attributes": [{"link_type": "audience", "taxonomy_term": {"code": "audience:martiens"}}]},
        "audience:martiens",
    ),
    "unknown territory": ({"service_areas": [{"id": C, "extent": "commune:99999"}]}, "commune:99999"),
    "foreign territory": ({"service_areas": [{"id": C, "extent": "commune:75056"}]}, "commune:75056"),
    "overlap": (
        {"schedules": [{"id": A, **HOURS}, {"id": B, **HOURS, "opens_at": "11:00", "closes_at": "13:00"}]},
        "11:00",
    ),
    "dates upside down": (
        {"schedules": [{"id": A, **HOURS, "valid_from": "2026-12-01", "valid_to": "2026-01-01"}]},
        "dernier|last day",
    ),
    "ages upside down": ({"minimum_age": 60, "maximum_age": 20}, "âge|age"),
    "age of a tree": ({"minimum_age": 900}, "120"),
    "checked tomorrow": ({"assured_date": "2999-01-01"}, "avenir|future"),
    "long name": ({"name": "x" * 400}, "150"),
    "huge text": ({"description": "x" * 30_000}, "20"),
    "long text": ({"description": "x" * 12_000}, "10"),
    "hostile link": ({"url": "javascript:alert(1)"}, "https://"),
    "hiding link": ({"url": "https://example.org@evil.example/"}, "@"),
    "wrong e-mail": ({"email": "moi chez moi"}, "nom@exemple.fr|e-mail"),
    "wrong phone": ({"phones": [{"id": A, "number": "appelez-moi"}]}, "05 53 00 00 00"),
    "invisible characters": ({"name": "Accueil\u202egnp.exe"}, "invisible"),
    "absent organisation": ({"organization_id": C}, C),
    "absent place": ({"service_at_locations": [AT]}, C),
    "place out of the world": (
        {"service_at_locations": [{**AT, "location": {**PLACE, "latitude": 144, "longitude": 0.2}}]},
        "90",
    ),
    "place in the sea": (
        {"service_at_locations": [{**AT, "location": {**PLACE, "latitude": 0, "longitude": 0}}]},
        "Afrique|Africa",
    ),
    "half a point": ({"service_at_locations": [{**AT, "location": {**PLACE, "latitude": 44}}]}, "longitude"),
    "wrong kind of place": (
        {"service_at_locations": [{**AT, "location": {**PLACE, "location_type": "lune"}}]},
        "lune",
    ),
}


@pytest.mark.parametrize("name", OFFERS)
def test_a_service_with_one_defect(tmp_path: Path, capsys: Any, name: str) -> None:
    defect, said = OFFERS[name]
    text = json.dumps([{**OFFER, **defect}]).replace("@need:9.9", _term("9.9"))
    (tmp_path / "organizations.json").write_text(json.dumps([ORGANISATION]))
    (tmp_path / "services.json").write_text(text)
    problems = refused(tmp_path, "hsds", capsys)
    assert problems[0]["file"] == "services.json"
    assert "1" in problems[0]["place"]
    told = " ".join(f"{one['message']} {one['remedy']}" for one in problems)
    assert any(word in told for word in said.split("|")), told


def _term(code: str) -> str:
    from directory.exchange.hsds.terms import term_id  # noqa: PLC0415

    return str(term_id("need", code))


ROWS: dict[str, tuple[list[dict[str, Any]], str]] = {
    "one id, two records": ([OFFER, {**OFFER, "name": "Autre"}], B),
    "a number given to two": (
        [
            {**OFFER, "attributes": [{"taxonomy_term_id": "@field", "value": "finess:1"}]},
            {**OFFER, "id": C, "attributes": [{"taxonomy_term_id": "@field", "value": "finess:1"}]},
        ],
        "finess 1",
    ),
}


@pytest.mark.parametrize("name", ROWS)
def test_two_services_that_cannot_both_be(tmp_path: Path, capsys: Any, name: str) -> None:
    from directory.exchange.hsds.terms import term_id  # noqa: PLC0415

    rows, said = ROWS[name]
    text = json.dumps(rows, indent=0).replace("@field", str(term_id("field", "identifier")))
    (tmp_path / "organizations.json").write_text(json.dumps([ORGANISATION]))
    (tmp_path / "services.json").write_text(text)
    (problem,) = refused(tmp_path, "hsds", capsys)
    assert said in problem["message"]
    assert problem["place"] != "ligne 1"


def test_organisations_that_turn_in_a_circle(tmp_path: Path, capsys: Any) -> None:
    rows = [
        {**ORGANISATION, "parent_organization_id": B},
        {**ORGANISATION, "id": B, "parent_organization_id": C},
        {**ORGANISATION, "id": C, "parent_organization_id": A},
    ]
    (tmp_path / "organizations.json").write_text(json.dumps(rows))
    assert "→" in refused(tmp_path, "hsds", capsys)[0]["message"]


WHOLE = json.dumps([OFFER], indent=1)
BROKEN: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "1"),
    "cut in an object": (WHOLE[:-20].encode(), ""),
    "cut after an object": (WHOLE[:-2].encode(), ""),
    "more after the end": (WHOLE.encode() + b" {}", ""),
    "a list of numbers": (b"[1, 2]", ""),
    "not JSON": (b"<html>", ""),
    "not a number": (b'[{"id": NaN}]', ""),
    "not text": (b"\xff\xfe\x00\x01", ""),
    "nested without end": (b"[" + b'{"a":' * 100_000, ""),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file(tmp_path: Path, capsys: Any, name: str) -> None:
    (tmp_path / "services.json").write_bytes(BROKEN[name][0])
    (problem,) = refused(tmp_path, "hsds", capsys)
    assert problem["file"] == "services.json"
    assert problem["remedy"]


LINES: dict[str, tuple[dict[str, Any], str]] = {
    "commune of elsewhere": ({"code_insee": "75056"}, "75056"),
    "country": ({"zone_eligibilite": ["99130"]}, "99130"),
    "far from its commune": ({"latitude": 48.85, "longitude": 2.35}, "km"),
    "postal code": ({"code_postal": "1234"}, "47000"),
    "unknown public": ({"publics": ["elfes"]}, "elfes"),
    "no description": ({"description": ""}, "description"),
    "hostile link": ({"lien_mobilisation": "data:text/html,x"}, "https://"),
}


@pytest.mark.parametrize("name", LINES)
def test_a_line_of_data_inclusion_with_one_defect(tmp_path: Path, capsys: Any, name: str) -> None:
    defect, said = LINES[name]
    (tmp_path / "structures.json").write_text(json.dumps([STRUCTURE]))
    (tmp_path / "services.json").write_text(json.dumps([{**SERVICE, "adresse": "autre", **defect}]))
    problems = refused(tmp_path, "data-inclusion", capsys)
    told = " ".join(f"{one['message']} {one['remedy']}" for one in problems)
    assert said in told


TABLES: dict[str, tuple[bytes, str]] = {
    "cells missing": (b"source,id,nom,date_maj\ndora,dora--1\n", "4"),
    "column twice": (b"id,id,nom\na,b,c\n", "id"),
    "no header": (b"\n", "1"),
    "open quote": (b'source,id,nom,date_maj\ndora,dora--1,"Nom,2026-01-01\n', ""),
    "huge cell": (b"source,id,nom,date_maj\ndora,dora--1," + b"x" * 200_000 + b",2026-01-01\n", ""),
    "other encoding": ("source,id,nom,date_maj\ndora,dora--1,Été,2026-01-01\n".encode("utf-16"), "UTF-8"),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_with_one_defect(tmp_path: Path, capsys: Any, name: str) -> None:
    content, said = TABLES[name]
    (tmp_path / "structures.csv").write_bytes(content)
    problems = refused(tmp_path, "data-inclusion", capsys)
    assert said in " ".join(f"{one['place']} {one['message']} {one['remedy']}" for one in problems)


def test_a_byte_order_mark_and_semicolons_are_read(tmp_path: Path) -> None:
    columns = list(STRUCTURE)
    rows = [";".join(columns), ";".join(str(STRUCTURE[name]) for name in columns)]
    (tmp_path / "structures.csv").write_text("\ufeff" + "\r\n".join(rows) + "\r\n", encoding="utf-8")
    call_command("import_directory", str(tmp_path), "--format", "data-inclusion")
    assert Organisation.objects.get().name == "Association des aidants"


def test_markup_stays_text(tmp_path: Path, client: Any) -> None:
    hostile = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    (tmp_path / "structures.json").write_text(json.dumps([STRUCTURE]))
    (tmp_path / "services.json").write_text(json.dumps([{**SERVICE, "nom": "Aide", "description": hostile}]))
    call_command("import_directory", str(tmp_path), "--format", "data-inclusion")
    page = client.get(f"/annuaire/service/{Service.objects.get().slug}/").content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page


@pytest.mark.parametrize("path", ["absent", "vide"])
def test_nothing_to_read(tmp_path: Path, capsys: Any, path: str) -> None:
    (tmp_path / "vide").mkdir()
    for form in ("hsds", "data-inclusion", "csv"):
        assert refused(tmp_path / path, form, capsys)[0]["remedy"]
