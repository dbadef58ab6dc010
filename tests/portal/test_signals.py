"""Needs without an answer: what is published, what the public pages show, and what nobody can recover."""

import csv
import io
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Role
from observatory.disclosure import PUBLIC, Area, Counts, Table, protect
from observatory.disclosure.attack import recovered_cells
from observatory.indicators.models import Indicator, PublishedCell, Release
from observatory.portal.gap import gap_of, signals_of
from observatory.portal.signals import publish_due_signals, publish_signals, show_signals
from tests.factories import unmet as make
from tests.factories.process import person
from unmet.models import Kind, Observation, Offer
from unmet.services.replying import reply_to_signal

pytestmark = pytest.mark.django_db


def fill(land: Any, **counts: int) -> None:
    """Searches from each group of communes (`e1`, `e2`) and from nowhere said (`whole`)."""
    for name, count in counts.items():
        where = land.departement if name == "whole" else make.epci(name[1:])
        if count:
            make.observed(count, where)


def cells() -> dict[tuple[str, str, str], tuple[str, float | None]]:
    rows = PublishedCell.objects.filter(release__is_latest=True).values_list(
        "level_code", "territory_code", "slice_key", "status", "value"
    )
    return {(level, code, key): (status, value) for level, code, key, status, value in rows}


def publish() -> Release | None:
    return publish_signals(make.year())


def test_a_need_is_published_by_place_and_its_reasons_for_the_whole_only() -> None:
    land = make.land()
    fill(land, e1=30, whole=12)
    make.observed(20, make.epci("1"), kind="full")
    publish()
    found = cells()
    assert found["departement", "47", "total"] == ("V", 62)
    assert found["departement", "47", "nothing"] == ("V", 42)
    assert found["departement", "47", "full"] == ("V", 20)
    assert found["epci", "1", "total"] == ("V", 50)
    assert found["epci", "2", "total"] == ("V", 0)
    assert {key for level, _code, key in found if level == "epci"} == {"total"}
    assert found["epci", "3", "total"] == ("M", None), "a group that is not wholly inside is not counted"
    assert {level for level, _code, _key in found} == {"departement", "epci"}


def test_a_group_of_communes_with_few_hides_them_all() -> None:
    land = make.land()
    fill(land, e1=30, e2=7)
    publish()
    found = cells()
    assert found["departement", "47", "total"] == ("V", 37)
    assert {found["epci", code, "total"] for code in "12"} == {("N", None)}


def test_what_is_left_of_the_whole_by_subtraction_is_not_small_either() -> None:
    land = make.land()
    fill(land, e1=30, e2=30, whole=4)
    publish()
    assert cells()["epci", "1", "total"] == ("N", None)


def test_a_need_counted_ten_times_has_no_figure() -> None:
    land = make.land()
    fill(land, e1=10)
    assert publish() is None
    assert not Indicator.objects.exists()


def test_the_count_of_a_release_tells_no_remainder() -> None:
    land = make.land()
    fill(land, e1=30, whole=12)
    release = publish()
    assert release and release.base_count == 33


def test_a_release_waits_for_eleven_more() -> None:
    land = make.land()
    fill(land, e1=30)
    first = publish()
    assert publish() == first
    Observation.objects.update(count=33)
    assert publish() == first
    Observation.objects.update(count=50)
    second = publish()
    assert second and second.number == 2
    assert cells()["departement", "47", "total"] == ("V", 50)


def test_the_tick_publishes_once_a_day_and_never_fails() -> None:
    land = make.land()
    fill(land, e1=30)
    assert [publish_due_signals(), publish_due_signals()] == [1, 0]


NAMES = ("w", "1", "2", "3")
counts = st.lists(
    st.lists(st.sampled_from([0, 0, 2, 5, 9, 11, 15, 40]), min_size=3, max_size=3), min_size=4, max_size=4
)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(counts)
def test_no_published_cell_lets_anyone_recover_a_small_one(rows: list[list[int]]) -> None:
    kinds = tuple(Kind.values[:3])
    base = {part: sum(row) for part, row in zip(NAMES, rows, strict=True)}
    by_kind = {
        kind: {part: row[n] for part, row in zip(NAMES, rows, strict=True)} for n, kind in enumerate(kinds)
    }
    areas = {Area("departement", "47"): frozenset(NAMES)}
    areas |= {Area("epci", code): frozenset(code) for code in NAMES[1:]}
    table = Table(("departement", "epci"), areas, kinds, Counts(base, by_kind))
    protection = protect(table, rule=PUBLIC, choices_at="departement")
    assert recovered_cells(table, protection, rule=PUBLIC) == []


# Pages


def read(path: str) -> tuple[int, str]:
    page = Client().get(f"/observatoire/{path}")
    return page.status_code, page.content.decode()


def voiced(land: Any, need: str, count: int) -> None:
    """A published survey answer that voices the need in the whole."""
    release = Release.objects.create(
        subject_kind="survey", subject_id="s", slug="enquete", scope_level="departement", scope_code="47",
        scope_name="Lot-et-Garonne", geography_on="2026-01-01", number=1, title="Enquête", released_on="2026-02-01",
        base_count=count, input_hash="x", report={"indicators": {}, "breaks": {}},
    )  # fmt: skip
    PublishedCell.objects.create(
        release=release, indicator_code="enquete--besoins", level_code="departement", territory_code="47",
        territory_name="Lot-et-Garonne", period="2026", slice_key=need, value=count, base_count=count, status="V",
    )  # fmt: skip


def test_anyone_reads_what_found_no_answer_and_what_is_answered() -> None:
    land = make.land()
    fill(land, e1=30)
    signal = make.signal(land.departement)
    actor = person(Role.ORGANISER, on=land.departement)
    reply_to_signal(actor=actor, signal=signal, verb="answer", text="Dix places ouvrent.", by="Le CCAS")
    status, page = read("besoins-sans-reponse/")
    assert status == 200 and "Dix places" not in page
    publish()
    status, page = read("besoins-sans-reponse/")
    assert status == 200 and "Besoin 1.3.2.2" in page and "Dix places ouvrent." in page and "Le CCAS" in page
    assert "Dix places ouvrent." in read(f"besoins-sans-reponse-{make.year()}--1-3-2-2/")[1]


def test_a_group_of_communes_without_a_reply_of_its_own_reads_that_of_the_departement() -> None:
    land = make.land()
    fill(land, e1=30)
    actor = person(Role.ORGANISER, on=land.departement)
    whole, part = make.signal(land.departement), make.signal(make.epci("1"))
    reply_to_signal(actor=actor, signal=whole, verb="answer", text="Pour tous.", by="Nous")
    publish()
    assert "Pour tous." in read("besoins-sans-reponse/?territory=epci:1")[1]
    reply_to_signal(actor=actor, signal=part, verb="answer", text="Ici.", by="Nous")
    page = read("besoins-sans-reponse/?territory=epci:1")[1]
    assert "Ici." in page and "Pour tous." not in page


def test_a_reply_about_a_place_whose_figure_is_secret_is_not_shown() -> None:
    land = make.land()
    fill(land, e1=30, e2=7)
    signal = make.signal(make.epci("1"))
    actor = person(Role.ORGANISER, on=land.departement)
    reply_to_signal(actor=actor, signal=signal, verb="answer", text="Dix places ouvrent.", by="Le CCAS")
    publish()
    status, page = read("besoins-sans-reponse/?territory=epci:1")
    assert (
        status == 200 and "Dix places" not in page and "1 other need" in page
    ) or "secret statistique" in page
    assert signals_of(make.epci("1")).secret_count == 1


def test_a_need_whose_every_service_is_full_is_told_without_a_count() -> None:
    land = make.land()
    Offer.objects.create(need=make.NEED, territory=land.departement, services=2, full=2)
    page = signals_of(land.departement)
    assert page.lines == () and [one.need.code for one in page.saturated] == [make.NEED]
    assert "Besoin 1.3.2.2" in read("besoins-sans-reponse/")[1]


def test_a_need_whose_records_have_gone_stale_is_told_and_its_reply_is_read_by_all() -> None:
    land = make.land()
    Offer.objects.create(need=make.NEED, territory=land.departement, services=3, stale=2)
    actor = person(Role.ORGANISER, on=land.departement)
    signal = make.signal(land.departement)
    reply_to_signal(actor=actor, signal=signal, verb="answer", text="Campagne d’appels.", by="Nous")
    show_signals()
    (line,) = signals_of(land.departement).outdated
    assert line.need.code == make.NEED and line.count == 0
    page = read("besoins-sans-reponse/")[1]
    assert "2 fiches n’ont pas été vérifiées à temps." in page or "2 were not checked in time." in page
    assert "Campagne d’appels." in page
    assert signals_of(make.epci("1")).outdated == ()


def test_needs_stand_beside_services() -> None:
    land = make.land()
    voiced(land, make.NEED, 40)
    voiced_few = PublishedCell.objects.get()
    voiced_few.pk, voiced_few.slice_key, voiced_few.value = None, make.OTHER, 10
    voiced_few.save()
    Offer.objects.create(need=make.NEED, territory=land.departement, services=3, full=1, stale=2)
    found = gap_of(land.departement)
    assert [(one.need.code, one.voices, one.services, one.full, one.stale) for one in found.lines] == [
        (make.NEED, 40, 3, 1, 2)
    ]
    assert not found.without_service
    status, page = read("besoins-et-services/")
    assert status == 200 and "40" in page


def test_a_need_without_a_service_is_listed() -> None:
    land = make.land()
    fill(land, e1=30)
    publish()
    found = gap_of(land.departement)
    assert [one.need.code for one in found.without_service] == [make.NEED]
    assert found.lines[0].voices is None and found.lines[0].unmet and found.lines[0].unmet.count == 30


def test_the_gap_can_be_taken_away() -> None:
    land = make.land()
    voiced(land, make.NEED, 40)
    Indicator.objects.all().delete()
    make.need(make.NEED).__class__.objects.filter(code=make.NEED).update(plain_label="=1+1")
    body = read("besoins-et-services/donnees.csv?territory=departement:47")[1]
    (row,) = csv.DictReader(io.StringIO(body))
    assert (row["NEED"], row["VOICES_AT_LEAST"], row["SERVICES"], row["WITHOUT_ANSWER"]) == (
        make.NEED,
        "40",
        "0",
        "",
    )
    assert row["LABEL"] == "'=1+1"
    found = Client().get("/observatoire/besoins-et-services/donnees.json").json()
    assert found["rows"][0]["voices_at_least"] == 40


@pytest.mark.parametrize(
    "page", ["besoins-sans-reponse/", "besoins-et-services/", "besoins-et-services/donnees.csv"]
)
@pytest.mark.parametrize(
    ("query", "status"),
    [("", 200), ("?territory=epci:1", 200), ("?territory=epci:nope", 400), ("?territory=commune:47001", 200)],
)
def test_pages_answer_whatever_is_asked(page: str, query: str, status: int) -> None:
    make.land()
    assert read(page + query)[0] == status


def test_without_a_departement_there_is_no_file() -> None:
    assert read("besoins-et-services/donnees.csv")[0] == 404


def test_the_number_of_queries_does_not_grow_with_needs() -> None:
    land = make.land()

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            signals_of(land.departement), gap_of(land.departement)
        return len(seen)

    fill(land, e1=30)
    publish()
    few = queries()
    for number in range(12):
        make.need(f"1.9.{number}")
        make.observed(30, make.epci("1"), need=f"1.9.{number}")
        Offer.objects.create(need=f"1.9.{number}", territory=land.departement, services=number)
    publish()
    assert queries() == few


@pytest.mark.parametrize("address", ["besoins-sans-reponse/", "besoins-et-services/"])
def test_a_site_without_territories_has_nothing_to_show_yet(client: Client, address: str) -> None:
    response = client.get(f"/observatoire/{address}")
    assert response.status_code == 200
    assert "Rien ne peut être montré ici" in response.content.decode()
