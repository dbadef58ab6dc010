"""What the workspace shows of signals: nothing small, nothing that tells what is small, by steps of five."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Role
from tests.factories import unmet as make
from tests.factories.process import person
from unmet.models import Kind, Offer
from unmet.selectors import RECORDS, Line, Place, line_of, lines, places_read, years_counted
from unmet.selectors.desk import STEP, split_of


def whole(land: Any) -> Place:
    return Place(land.departement.pk, "departement:47", "Lot-et-Garonne", is_whole=True)


def part(code: str) -> Place:
    where = make.epci(code)
    return Place(where.pk, f"epci:{code}", where.name, is_whole=False)


def said(line: Line) -> dict[str, int | None]:
    return {one.label: one.value for one in (*line.kinds, *line.places)}


@pytest.mark.django_db
def test_a_need_is_split_by_reason_and_by_place_never_both() -> None:
    land = make.land()
    make.observed(23, make.epci("1"))
    make.observed(14, make.epci("2"), kind="full")
    make.observed(8, land.departement)
    make.signal(land.departement)
    (line,) = lines(whole(land))
    assert line.total == 45
    assert said(line) == {
        "nothing found": 30,
        "no place left": 10,
        "epci 1": 20,
        "epci 2": 10,
        "place not said": 5,
    }


@pytest.mark.django_db
def test_what_is_small_is_hidden_with_what_would_tell_it() -> None:
    land = make.land()
    make.observed(23, make.epci("1"))
    make.observed(3, make.epci("2"))
    make.observed(9, land.departement)
    for where in (land.departement, make.epci("1"), make.epci("2")):
        make.signal(where)
    (line,) = lines(whole(land))
    assert said(line) == {"nothing found": 35, "epci 1": 20, "others": None}
    assert lines(part("2")) == [] and lines(part("1"))[0].total == 20
    assert lines(part("1"))[0].kinds == ()


@pytest.mark.django_db
def test_the_most_frequent_come_first_and_filters_narrow() -> None:
    land = make.land()
    make.observed(30, land.departement)
    make.observed(60, land.departement, need=make.OTHER)
    make.observed(12, land.departement, kind="full")
    make.signal(land.departement, state="answered"), make.signal(land.departement, need=make.OTHER)
    place = whole(land)
    assert [one.need.code for one in lines(place)] == [make.OTHER, make.NEED]
    assert [one.need.code for one in lines(place, state="answered")] == [make.NEED]
    assert [one.need.code for one in lines(place, kind="full")] == [make.NEED]
    assert lines(place, year=make.year() - 1) == []
    assert years_counted() == [make.year()]


@pytest.mark.django_db
def test_a_need_whose_every_service_is_full_is_a_signal_by_itself() -> None:
    land = make.land()
    make.signal(land.departement)
    assert lines(whole(land)) == []
    Offer.objects.create(need=make.NEED, territory=land.departement, services=2, full=2)
    (line,) = lines(whole(land))
    assert line.total is None and line.is_saturated


@pytest.mark.django_db
def test_what_records_say_by_themselves_are_reasons_one_can_choose() -> None:
    land = make.land()
    make.signal(land.departement), make.signal(land.departement, need=make.OTHER)
    Offer.objects.create(need=make.NEED, territory=land.departement, services=2, stale=1)
    Offer.objects.create(need=make.OTHER, territory=land.departement, services=3, full=3, stale=1)
    place = whole(land)
    assert [one.need.code for one in lines(place)] == [make.NEED, make.OTHER]
    assert [one.need.code for one in lines(place, kind=RECORDS)] == [make.NEED]
    assert [one.need.code for one in lines(place, kind=Kind.FULL)] == [make.OTHER]
    assert lines(place, kind=Kind.FAR) == []


@pytest.mark.django_db
def test_people_see_the_places_their_role_holds_on() -> None:
    land = make.land()
    make.signal(make.epci("1"))
    names = [one.name for one in places_read(person(Role.ANALYST, on=land.departement))]
    assert names == ["Lot-et-Garonne", "epci 1"]
    assert [one.name for one in places_read(person(Role.ORGANISER, on=make.epci("1")))] == ["epci 1"]
    assert places_read(person()) == []


@pytest.mark.django_db
def test_the_number_of_queries_does_not_grow_with_the_signals() -> None:
    land = make.land()

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            lines(whole(land))
        return len(seen)

    make.signal(land.departement)
    make.observed(30, make.epci("1"))
    few = queries()
    for number in range(20):
        make.need(f"1.9.{number}")
        make.signal(land.departement, need=f"1.9.{number}")
        make.observed(30, make.epci("2"), need=f"1.9.{number}")
    assert queries() == few == 5


@pytest.mark.django_db
def test_one_signal_is_told_as_in_the_list() -> None:
    land = make.land()
    one = make.signal(land.departement)
    assert line_of(one, whole(land)) is None
    make.observed(30, make.epci("1"))
    line = line_of(one, whole(land))
    assert line is not None and line.total == 30


tables = st.dictionaries(
    st.tuples(st.integers(1, 5), st.sampled_from(Kind.values)), st.integers(0, 30), max_size=25
)


@given(tables)
def test_nothing_about_one_to_four_is_shown_nor_can_be_had_by_subtraction(
    table: dict[tuple[int, str], int],
) -> None:
    split = split_of(table)
    total = sum(table.values())
    if split is None:
        assert total < STEP
        return
    assert total - split.total in range(STEP)
    for axis, told in ((1, split.kinds), (0, split.places)):
        counts: dict[str, int] = {}
        for key, count in table.items():
            counts[str(key[axis])] = counts.get(str(key[axis]), 0) + count
        hidden = [counts[name] for name, value in told.items() if value is None]
        assert all(value is None or not 0 < counts[name] < STEP for name, value in told.items())
        assert all(
            value is None or value == counts[name] - counts[name] % STEP for name, value in told.items()
        )
        assert not hidden or (len(hidden) > 1 and sum(hidden) >= STEP) or sum(counts.values()) == sum(hidden)
