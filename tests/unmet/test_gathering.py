"""What is counted becomes observations, offers and signals; nothing else is kept."""

import datetime
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from directory.finding.models import SearchSignal
from directory.finding.outcomes import fold_old_outcomes
from directory.models import Capacity, Service
from tests.factories import directory
from tests.factories import unmet as make
from tests.factories.process import body
from unmet.models import Kind, Observation, Offer, Signal
from unmet.services.gathering import gather_signals, gather_when_due

pytestmark = pytest.mark.django_db


def counted() -> dict[tuple[str, str, str], int]:
    rows = Observation.objects.values_list("need", "territory__code", "kind", "count")
    return {(need, code, kind): count for need, code, kind, count in rows}


@pytest.mark.parametrize(
    ("found", "nearest", "kind"),
    [
        ("0", "", Kind.NOTHING),
        ("1-2", "50", Kind.FAR),
        ("10+", "51", Kind.FAR),
        ("3-9", "20", None),
        ("1-2", "5", None),
        ("1-2", "remote", None),
        ("1-2", "", None),
    ],
)
def test_a_search_counts_when_it_found_nothing_near(found: str, nearest: str, kind: Kind | None) -> None:
    make.land()
    make.searched(7, found=found, nearest=nearest)
    gather_signals()
    assert counted() == ({(make.NEED, "1", str(kind)): 7} if kind else {})


@pytest.mark.parametrize(
    ("outcome", "kind"),
    [
        ("nothing", "nothing"), ("far", "far"), ("unavailable", "full"), ("full", "full"), ("refused", "refused"),
        ("expired", "expired"), ("closed", "expired"), ("accepted", None),
    ],
)  # fmt: skip
def test_an_orientation_counts_by_how_it_ended(outcome: str, kind: str | None) -> None:
    make.land()
    make.ended(3, outcome)
    gather_signals()
    assert counted() == ({(make.NEED, "1", kind): 3} if kind else {})


def test_a_search_without_a_place_or_from_a_place_nobody_knows_counts_for_the_whole() -> None:
    make.land()
    make.searched(4, "")
    make.searched(5, "999999999")
    make.searched(6, need="9.9.9")
    gather_signals()
    assert counted() == {(make.NEED, "47", "nothing"): 9}


def test_gathering_twice_counts_once_and_follows_what_changes() -> None:
    make.land()
    make.searched(20)
    first = gather_signals()
    assert gather_signals() == first.__class__(first.observations, first.offers, 0, 0)
    SearchSignal.objects.update(count=21)
    make.searched(5, "2")
    gather_signals()
    assert counted() == {(make.NEED, "1", "nothing"): 21, (make.NEED, "2", "nothing"): 5}
    SearchSignal.objects.all().delete()
    gather_signals()
    assert counted() == {}


def test_a_signal_opens_from_five_in_a_place_and_in_the_whole() -> None:
    make.land()
    make.searched(4, "1")
    make.searched(5, "2")
    make.searched(4, "1", need=make.OTHER)
    gather_signals()
    found = Signal.objects.order_by("territory__code").values_list("need", "territory__code", "state")
    assert list(found) == [(make.NEED, "2", "open"), (make.NEED, "47", "open")]


def test_without_a_departement_nothing_is_counted() -> None:
    make.searched(20)
    assert gather_signals().observations == 0


def test_the_tick_counts_once_a_day() -> None:
    make.land()
    make.searched(20)
    assert [gather_when_due(), gather_when_due()] == [1, 0]


def test_the_command_reports(capsys: pytest.CaptureFixture[str]) -> None:
    make.land()
    make.searched(20)
    call_command("gather_signals", "--json")
    assert '"observations": 1' in capsys.readouterr().out


# The day of a search


def test_the_day_of_a_search_is_forgotten_after_sixty_days() -> None:
    today = timezone.localdate()
    old = (today - datetime.timedelta(days=100)).replace(day=15)
    make.searched(2, day=old)
    make.searched(3, day=old.replace(day=16))
    make.searched(4, day=old.replace(day=16), found="1-2")
    make.searched(5, day=today - datetime.timedelta(days=59))
    assert fold_old_outcomes() == 3
    rows = SearchSignal.objects.order_by("day", "found").values_list("day", "found", "count")
    first = old.replace(day=1)
    assert list(rows) == [(first, "0", 5), (first, "1-2", 4), (today - datetime.timedelta(days=59), "0", 5)]
    assert fold_old_outcomes() == 0


def test_what_is_kept_of_a_search_has_no_room_for_words() -> None:
    kept = {field.name for field in SearchSignal._meta.get_fields()}
    assert kept == {"id", "day", "need", "epci", "found", "nearest", "count"}
    held = {field.name for field in Observation._meta.get_fields()}
    assert held == {"id", "year", "need", "territory", "kind", "count"}


# Services offered


def offered(code: str, need: str = make.NEED) -> tuple[int, int, int] | None:
    row = Offer.objects.filter(need=need, territory__code=code).first()
    return (row.services, row.full, row.stale) if row else None


def service(land: Any, **fields: Any) -> Service:
    made = directory.service(body(land.towns["a"]), **fields)
    made.needs.add(make.need(make.NEED))
    return made


def test_a_service_counts_where_it_says_that_it_serves_and_in_what_holds_it() -> None:
    land = make.land()
    service(land).coverage.add(make.epci("1"))
    gather_signals()
    for code in ("47", "1", "47001", "47003"):
        assert offered(code) == (1, 0, 0)
    assert offered("2") is None and offered("47004") is None


def test_a_service_that_says_nothing_counts_where_it_is_else_in_the_whole() -> None:
    land = make.land()
    directory.at(service(land), directory.location(commune=land.towns["d"]))
    service(land)
    gather_signals()
    assert offered("47") == (2, 0, 0) and offered("2") == (1, 0, 0) and offered("1") is None


def test_a_hidden_address_tells_no_place() -> None:
    land = make.land()
    where = directory.location(commune=land.towns["d"], address_hidden=True, hidden_reason="safety")
    directory.at(service(land), where)
    gather_signals()
    assert offered("47") == (1, 0, 0) and offered("2") is None


def test_services_full_closed_or_not_checked_are_counted_apart() -> None:
    land, today = make.land(), timezone.localdate()
    Capacity.objects.create(service=service(land), unit="places", state="full", updated_on=today)
    service(land, status="temporarily_closed", closed_until=today)
    service(land, review_due_on=today)
    service(land, published=False)
    gather_signals()
    assert offered("47") == (3, 2, 1)


@pytest.mark.parametrize(("late", "opens"), [(0, False), (1, False), (2, True), (3, True)])
def test_a_signal_opens_when_half_of_the_records_or_more_have_gone_stale(late: int, opens: bool) -> None:
    land, today = make.land(), timezone.localdate()
    for number in range(4 if late == 2 else 3):
        due = today if number < late else today + datetime.timedelta(days=1)
        service(land, review_due_on=due).coverage.add(make.epci("1"))
    assert bool(gather_signals().signals) is opens
    found = Signal.objects.order_by("territory__code").values_list("need", "territory__code")
    assert list(found) == ([(make.NEED, "1"), (make.NEED, "47")] if opens else [])


def test_a_branch_does_not_say_again_what_its_needs_say() -> None:
    land = make.land()
    branch = make.need("1.3.2")
    type(branch).objects.filter(code=make.NEED).update(parent=branch)
    service(land, review_due_on=timezone.localdate())
    gather_signals()
    assert set(Signal.objects.values_list("need", flat=True)) == {make.NEED}


def test_a_service_answers_narrower_and_wider_needs() -> None:
    land = make.land()
    make.need("1.3.2"), make.need("1.3.2.1")
    service(land)
    gather_signals()
    assert offered("47", "1.3.2") == (1, 0, 0) and offered("47", "1.3.2.1") is None


def test_the_number_of_queries_does_not_grow_with_what_is_counted() -> None:
    land = make.land()

    def queries() -> int:
        Observation.objects.all().delete()
        Offer.objects.all().delete()
        Signal.objects.all().delete()
        with CaptureQueriesContext(
            connection,
        ) as seen:
            gather_signals()
        return len(seen)

    service(land).coverage.add(make.epci("1"))
    make.searched(20)
    few = queries()
    day = timezone.localdate().replace(month=1, day=1)
    SearchSignal.objects.bulk_create(
        SearchSignal(
            day=day,
            need=(make.NEED, make.OTHER)[n % 2],
            epci=str(n % 7),
            found="0",
            nearest=f"{n // 14}",
            count=9,
        )
        for n in range(2_000)
    )
    for _n in range(30):
        service(land).coverage.add(make.epci("2"))
    assert queries() == few
