"""The index a process keeps is what is committed, and only what changed is read again."""

import datetime

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from directory.finding import arrays
from directory.finding.arrays import current
from directory.finding.asked import Asked
from directory.finding.models import IndexChange, IndexState, SearchRow
from directory.finding.openings import pack, unpack
from directory.finding.ordering import BANDS, PRIME, band_of, bands, first, shuffled
from directory.finding.selectors import search
from directory.finding.services import (
    index_everything,
    index_service,
    index_services,
    settle_changes,
    start_again,
)
from directory.hours import PARIS, Span
from directory.models import Service
from organisations.models import Organisation
from tests.factories import directory as make
from tests.factories.territories import territory

np = arrays.np


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrays, "_kept", arrays._Kept())


@pytest.fixture
def meals(transactional_db: None) -> list[Service]:
    place = territory("Duras", code="47086")
    body = Organisation.objects.create(name="Une association", slug="une-association", territory=place)
    made = [make.service(body, name=f"Repas {number}") for number in range(4)]
    index_everything()
    return made


def found() -> set[str]:
    return {hit.service.name for hit in search(Asked("repas")).hits}


def test_what_is_committed_is_found_and_only_that_is_read_again(
    meals: list[Service], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    assert len(found()) == 4
    kept = current()
    with django_assert_num_queries(1):
        assert current() is kept
    meals[0].name = "Repas du soir"
    meals[0].save()
    index_service(meals[0])
    with django_assert_num_queries(3):
        now = current()
    assert (now.changed, [part.alive.sum() for part in now.parts]) == ({meals[0].pk}, [3, 1])
    assert found() == {"Repas du soir", "Repas 1", "Repas 2", "Repas 3"}
    assert search(Asked("repas")).total == 4
    meals[1].published = False
    meals[1].save()
    index_service(meals[1])
    assert (len(found()), search(Asked("repas")).total) == (3, 3)


def test_a_service_that_is_deleted_is_found_no_more(meals: list[Service]) -> None:
    current()
    key = meals[0].pk
    meals[0].delete()
    assert index_services([key]) == 0
    assert (search(Asked("repas")).total, len(found())) == (3, 3)


def test_inside_a_transaction_nothing_is_kept(meals: list[Service]) -> None:
    with transaction.atomic():
        Service.objects.filter(pk=meals[0].pk).update(published=False)
        index_service(meals[0])
        assert len(found()) == 3
        transaction.set_rollback(True)
    assert len(found()) == 4


def test_changes_are_settled_in_the_order_they_are_committed(meals: list[Service]) -> None:
    """What another process wrote and did not settle is found once the tick has run."""
    current()
    SearchRow.objects.filter(service=meals[0]).delete()
    IndexChange.objects.create(service=meals[0].pk)
    assert search(Asked("repas")).total == 4
    assert settle_changes() == 1
    assert settle_changes() == 0
    assert search(Asked("repas")).total == 3


def test_who_comes_back_after_long_reads_everything(
    meals: list[Service], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("directory.finding.services.KEPT_REVISIONS", 1)
    kept = current()
    for one in meals[:3]:
        index_service(one)
    assert IndexChange.objects.count() == 1
    now = current()
    assert (now.token, now.changed, now.revision) == (kept.token, frozenset(), kept.revision + 3)


def test_many_changes_read_everything_again(meals: list[Service], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrays, "MOST_RECENT", 2)
    current()
    index_service(meals[0])
    index_service(meals[0])
    assert len(current().changed) == 1
    index_service(meals[1])
    index_service(meals[2])
    assert (len(current().parts), len(current().changed)) == (1, 0)


def test_another_index_is_read_whole(meals: list[Service]) -> None:
    before = current()
    SearchRow.objects.filter(service=meals[0]).delete()
    start_again()
    assert (current().token == before.token, len(found())) == (False, 3)


@pytest.mark.django_db
def test_without_an_index_nothing_is_found_and_nothing_breaks() -> None:
    assert (found(), IndexState.objects.exists()) == (set(), False)


moments = st.datetimes(datetime.datetime(2020, 1, 1), datetime.datetime(2100, 1, 1)).map(
    lambda one: one.replace(microsecond=0, tzinfo=datetime.UTC)
)


@given(st.lists(st.tuples(moments, moments), max_size=9))
def test_openings_come_back_as_they_were(ends: list[tuple[datetime.datetime, datetime.datetime]]) -> None:
    opens, closes = unpack(pack(Span(start.astimezone(PARIS), end) for start, end in ends))
    assert [(int(a.timestamp()), int(b.timestamp())) for a, b in ends] == list(
        zip(opens.tolist(), closes.tolist(), strict=True)
    )


@given(
    st.lists(
        st.tuples(st.integers(0, 2), st.integers(0, len(BANDS)), st.integers(1, 3 * PRIME)), max_size=40
    ),
    st.dates(),
    st.integers(1, 50),
)
def test_the_first_are_those_of_a_whole_sort(
    lines: list[tuple[int, int, int]], day: datetime.date, count: int
) -> None:
    columns = [np.array(column, np.int64) for column in zip(*lines, strict=True)] or [
        np.empty(0, np.int64)
    ] * 3
    order = first(*columns, day, count).tolist()
    whole = sorted(
        range(len(lines)),
        key=lambda place: (*lines[place][:2], shuffled(lines[place][2], day), lines[place][2]),
    )
    assert [lines[place] for place in order] == [lines[place] for place in whole[:count]]


@given(st.lists(st.floats(0, 300), min_size=1))
def test_bands_of_arrays_are_those_of_numbers(kms: list[float]) -> None:
    assert bands(np.array([km * km for km in kms])).tolist() == [band_of(np.sqrt(km * km)) for km in kms]
