"""Lines of data·inclusion: any record is written so that their validator accepts it, and what they can say comes back."""

import datetime
import json
from dataclasses import replace
from typing import Any

import pytest
from data_inclusion.schema import v1
from hypothesis import given, settings

from directory.codes import Audience
from directory.exchange.inclusion import codes, read, write
from directory.exchange.reading import Object, Reading
from directory.exchange.records import LocationRecord, OrganisationRecord, ServiceRecord
from tests.directory.exchange import strategies

TOWNS = {"commune:47086": ("Duras", "Lot-et-Garonne")}
TODAY = datetime.date(2026, 11, 22)
LINE = {
    "source": "dora",
    "structure_id": "dora--1",
    "id": "dora--2",
    "nom": "Atelier numérique",
    "description": "On apprend ensemble.",
    "date_maj": "2026-01-02",
}


def service_line(one: ServiceRecord, place: LocationRecord | None = None) -> dict[str, Any]:
    return write.service(one, structure_id="dora--1", place=place, towns=TOWNS, areas={}, today=TODAY)


@given(strategies.SERVICES, strategies.LOCATIONS)
@settings(max_examples=30, deadline=None)
def test_any_service_is_written_as_they_accept(one: ServiceRecord, place: LocationRecord) -> None:
    line = service_line(one, place)
    assert list(line) == [name for name in codes.SERVICE if name in line]
    v1.Service.model_validate(line, context={"ignore_warnings": False})


@given(strategies.ORGANISATIONS, strategies.LOCATIONS)
@settings(max_examples=30, deadline=None)
def test_any_organisation_is_written_as_they_accept(one: OrganisationRecord, place: LocationRecord) -> None:
    line = write.structure(one, place, towns=TOWNS, today=TODAY)
    v1.Structure.model_validate(line, context={"ignore_warnings": False})


def back(line: dict[str, Any]) -> tuple[list[Any], Reading]:
    reading = Reading("x")
    found = read.read_service if "structure_id" in line else read.read_structure
    return list(found(Object(reading, json.loads(json.dumps(line))))), reading


SAID = ("name", "kind", "status", "audiences", "situations", "email", "phone", "link", "reach", "reached_by")


@given(strategies.SERVICES)
@settings(max_examples=30, deadline=None)
def test_what_their_line_can_say_comes_back(one: ServiceRecord) -> None:
    line = service_line(replace(one, hours=(), closed=(), at=(), numbers=(), status="active"))
    (found,), reading = back(line)
    assert not reading.problems
    kept = {name: getattr(one, name) for name in SAID} | {
        "audiences": tuple(code for code in one.audiences if code not in codes.NOT_IN_V1),
        "name": write.title(one.name, "x"),
        "status": "active",
    }
    assert {name: getattr(found, name) for name in SAID} == kept
    assert found.uid == one.uid


@given(strategies.SERVICES)
@settings(max_examples=30, deadline=None)
def test_a_line_read_and_written_again_is_the_same_line(one: ServiceRecord) -> None:
    line = service_line(replace(one, closed=(), numbers=()))
    records, reading = back({**line, "source": "dora", "id": "dora--2"})
    again = service_line(records[-1])
    same = set(line) - {"source", "id", "thematiques", "date_maj", "horaires_accueil"}
    assert {name: again.get(name) for name in same} == {name: line[name] for name in same}
    assert not reading.problems


def test_every_code_of_ours_has_one_of_theirs_and_back() -> None:
    assert {one.value for one in v1.Public} == set(Audience.values) - codes.NOT_IN_V1
    themes = {one.value for one in v1.Thematique}
    assert set(codes.THEMES.values()) | set(codes.NEEDS) <= themes
    assert {one.value for one in v1.ModeMobilisation} == set(codes.REACH.values())
    assert {one.value for one in v1.PersonneMobilisatrice} == set(codes.REACHED_BY.values())
    assert set(codes.STRUCTURE) == set(v1.Structure.model_fields)
    assert set(codes.SERVICE) == set(v1.Service.model_fields)


def test_a_line_says_its_organisation_its_place_and_its_need() -> None:
    (place, service), reading = back(
        {
            **LINE,
            "adresse": "1 rue",
            "code_insee": "47086",
            "code_postal": "47120",
            "thematiques": ["famille--soutien-aidants", "se-former--trouver-sa-formation"],
            "horaires_accueil": "Mo-Fr 09:00-12:00; PH off",
        }
    )
    assert (place.commune, service.needs, len(service.hours)) == ("commune:47086", ("1.E.8",), 5)
    assert service.at[0].location == place.uid
    assert service.organisation == place.organisation == read.uid_of("dora--1")
    assert len(reading.notices) == 1


@pytest.mark.parametrize(
    ("given", "word"),
    [
        ({"publics": ["martiens"]}, "martiens"),
        ({"publics": ["tous-publics", "seniors"]}, "tous-publics"),
        ({"frais": "cher"}, "frais = cher"),
        ({"type": "fête"}, "fête"),
        ({"modes_accueil": ["fusee"]}, "fusee"),
        ({"zone_eligibilite": ["4708"]}, "4708"),
        ({"zone_eligibilite": ["99130"]}, "99130"),
        ({"id": "42"}, "dora--42"),
        ({"nom": ""}, "nom"),
        ({"description": None}, "description"),
        ({"date_maj": "bientôt"}, "bientôt"),
        ({"adresse": "1 rue", "latitude": "nord"}, "nord"),
        ({"publics": 3}, "publics"),
        ({"source": None}, "source"),
    ],
    ids=lambda given: next(iter(given)) if isinstance(given, dict) else None,
)
def test_each_defect_is_named(given: dict[str, Any], word: str) -> None:
    _records, reading = back({**LINE, **given})
    (problem,) = reading.problems
    assert word in f"{problem.message} {problem.remedy}"
    assert problem.remedy
