"""What is written in HSDS is read back the same, for every record that may be kept."""

import datetime
import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.exchange.hsds.read import read_location, read_organization, read_program, read_service
from directory.exchange.hsds.terms import Vocabulary
from directory.exchange.hsds.write import Writer
from directory.exchange.plain import from_plain, to_plain
from directory.exchange.reading import Object, Reading
from directory.exchange.records import (
    LocationRecord,
    OrganisationRecord,
    Places,
    Record,
    SchemeRecord,
    ServiceRecord,
    kind_of,
)
from tests.directory.exchange import strategies
from tests.directory.exchange.standards import errors

WRITER = Writer(Vocabulary(), {"commune:47086": ("Duras", "Lot-et-Garonne")})
ANY = st.one_of(strategies.ORGANISATIONS, strategies.LOCATIONS, strategies.SERVICES, strategies.SCHEMES)
PAIRS: dict[Any, tuple[str, Callable[[Any], Any], Callable[[Object, Any], Any]]] = {
    OrganisationRecord: ("organization", WRITER.organization, lambda one, _: read_organization(one)),
    LocationRecord: ("location", WRITER.location, lambda one, kept: read_location(one, kept.organisation)),
    ServiceRecord: ("service", WRITER.service, lambda one, _: read_service(one)),
    SchemeRecord: ("program", WRITER.program, lambda one, _: read_program(one)),
}


@given(ANY)
@settings(max_examples=30, deadline=None)
def test_what_is_written_is_read_back_the_same(record: Record) -> None:
    _name, write, read = PAIRS[type(record)]
    reading = Reading("x")
    assert list(read(Object(reading, json.loads(json.dumps(write(record)))), record)) == [record]
    assert not reading.problems
    assert not reading.notices


def test_nobody_waiting_is_not_nothing_said() -> None:
    told = [Places("lits", datetime.date(2026, 1, 2), "full", 12, 0, waiting) for waiting in (0, None)]
    for places in told:
        record = ServiceRecord(
            uid=UUID(int=1),
            organisation=UUID(int=2),
            name="Accueil",
            description="De jour",
            capacities=(places,),
        )
        written = json.loads(json.dumps(WRITER.service(record)))
        assert [one.capacities for one in read_service(Object(Reading("x"), written))] == [(places,)]


@given(ANY)
@settings(max_examples=30, deadline=None)
def test_every_record_is_written_as_the_standard_asks(record: Record) -> None:
    name, write, _read = PAIRS[type(record)]
    assert errors(name, json.loads(json.dumps(write(record)))) == []


@given(ANY)
@settings(max_examples=30, deadline=None)
def test_a_staged_record_comes_back_the_same(record: Record) -> None:
    assert from_plain(kind_of(record), json.loads(json.dumps(to_plain(record)))) == record


JUNK: Any = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(strategies.SERVICES, st.data())
@settings(max_examples=30, deadline=None)
def test_whatever_replaces_a_value_is_a_problem_and_never_an_error(
    record: ServiceRecord, data: st.DataObject
) -> None:
    drawn = json.loads(json.dumps(WRITER.service(record)))
    drawn[data.draw(st.sampled_from(sorted(drawn)))] = data.draw(JUNK)
    list(read_service(Object(Reading("x"), drawn)))


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("id", "12", "UUID"),
        ("name", "", "obligatoire|missing|manque"),
        ("status", "ouvert", "active, inactive, defunct"),
        ("minimum_age", "vieux", "nombre|number"),
        ("assured_date", "hier", "2026-11-22"),
        ("schedules", [{"byday": "LU", "opens_at": "09:00", "closes_at": "10:00"}], "MO,TU"),
        ("schedules", "toujours", "liste|list"),
    ],
)
def test_each_defect_is_named_with_its_remedy(field: str, value: object, said: str) -> None:
    reading = Reading("x")
    service = {
        "id": "6f0e3a52-7c1b-5d0a-9a59-7d1a2ab0c0de",
        "organization_id": "6f0e3a52-7c1b-5d0a-9a59-7d1a2ab0c0df",
    }
    list(read_service(Object(reading, {**service, "name": "A", "status": "active", field: value})))
    (problem,) = reading.problems
    assert any(word in f"{problem.message} {problem.remedy}" for word in said.split("|"))
