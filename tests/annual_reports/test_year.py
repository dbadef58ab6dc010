"""The figures of a year, and how many meetings are due by a day."""

import datetime

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from consultations.annual_reports.calendar import bounds, meetings_due
from consultations.annual_reports.figures import read_figures
from consultations.annual_reports.selectors.year import year_of, years_of
from consultations.meetings.models import Attendance, Meeting
from tests.factories import opinions
from tests.factories.annual_reports import held, old_council, released_survey
from tests.factories.councils import mandate
from tests.factories.days import last_year

D = datetime.date
LONG_AGO = D(2000, 1, 1)


@pytest.mark.parametrize(
    ("per_year", "since", "on", "due"),
    [
        (3, LONG_AGO, D(2026, 12, 31), 3),
        (3, LONG_AGO, D(2026, 12, 30), 2),
        (3, LONG_AGO, D(2026, 5, 1), 0),
        (3, LONG_AGO, D(2026, 5, 2), 1),
        (4, LONG_AGO, D(2027, 3, 1), 4),
        (3, D(2026, 7, 1), D(2026, 12, 31), 1),
        (3, D(2027, 1, 1), D(2026, 12, 31), 0),
        (3, LONG_AGO, D(2025, 12, 31), 0),
    ],
)
def test_meetings_due_in_proportion_of_the_year(per_year: int, since: D, on: D, due: int) -> None:
    assert meetings_due(per_year, 2026, since=since, on=on) == due


@given(st.integers(1, 24), st.dates(D(2026, 1, 1), D(2026, 12, 30)), st.dates(D(2020, 1, 1), D(2027, 1, 1)))
def test_nothing_due_is_ever_taken_back(per_year: int, day: D, since: D) -> None:
    before = meetings_due(per_year, 2026, since=since, on=day)
    after = meetings_due(per_year, 2026, since=since, on=day + datetime.timedelta(days=1))
    assert 0 <= before <= after <= per_year


def test_bounds_are_the_civil_year() -> None:
    assert bounds(2026) == (D(2026, 1, 1), D(2026, 12, 31))


@pytest.mark.django_db
def test_meetings_and_attendance_of_the_year_alone() -> None:
    council = old_council()
    first = held(council, D(last_year(), 3, 4), came=5)
    held(council, D(last_year(), 4, 8), came=9, reconvened_from=first)
    held(council, D(last_year(), 6, 8), state="cancelled")
    held(council, D(last_year(), 9, 8), state="convened")
    held(council, D(last_year() - 1, 9, 8))
    figures = year_of(council, last_year())
    assert (figures.held, figures.seconds, figures.cancelled, figures.required) == (2, 1, 1, 3)
    assert [(one.occupied, one.seats) for one in figures.meetings] == [(5, 9), (9, 9)]
    assert figures.attendance == round(100 * 14 / 18)
    assert {one.constituency: one.seats for one in figures.presences}["families"] == 6


@pytest.mark.django_db
def test_a_substitute_occupies_a_seat_and_never_two() -> None:
    council = old_council()
    meeting = held(council, D(last_year(), 3, 4), came=9)
    for one in council.mandates.filter(rank="substitute"):
        Attendance.objects.create(meeting=meeting, mandate=one)
    assert [(one.occupied, one.seats) for one in year_of(council, last_year()).meetings] == [(9, 9)]
    Attendance.objects.filter(mandate__rank="full", mandate__constituency="staff").delete()
    assert year_of(council, last_year()).meetings[0].occupied == 9


@pytest.mark.django_db
def test_opinions_and_surveys_with_their_fate() -> None:
    council = old_council()
    this = timezone.localdate().year
    answered = opinions.answered(council, ago=10)
    released_survey(council, D(this, 1, 2))
    figures = year_of(council, answered.voted_on.year)
    assert [(one.title, one.answer, one.days_to_answer) for one in figures.opinions] == [
        (answered.title, "accepté", 10)
    ]
    assert figures.answered == 1
    assert [one.examined_on for one in year_of(council, this).surveys] == [""]


@pytest.mark.django_db
def test_mandates_that_began_ended_or_were_replaced() -> None:
    council = old_council()
    leaving = council.mandates.filter(rank="full", constituency="families").first()
    leaving.ended_on, leaving.end_reason = D(last_year(), 5, 1), "left"
    leaving.save()
    mandate(council, "families", starts_on=D(last_year(), 5, 2), replaces=leaving)
    council.vacancies.create(
        constituency="doctor",
        recorded_on=D(last_year(), 2, 1),
        reason="Personne",
        signed_by_title="La directrice",
    )
    figures = year_of(council, last_year()).mandates
    assert (figures.ended, figures.replaced, figures.opened) == (1, 1, 0)
    assert (figures.seats, figures.held) == (9, 9)
    assert len(figures.vacancies) == 1


@pytest.mark.django_db
def test_what_is_signed_is_read_again_as_it_was() -> None:
    council = old_council()
    held(council, D(last_year(), 3, 4))
    figures = year_of(council, last_year())
    assert read_figures(figures.as_json()) == figures


@pytest.mark.django_db
def test_many_councils_cost_what_one_does(django_assert_max_num_queries: object) -> None:
    councils = [old_council() for _one in range(3)]
    for one in councils:
        held(one, D(last_year(), 3, 4))
    with django_assert_max_num_queries(11):  # type: ignore[operator]
        found = years_of(councils, last_year())
    assert [found[one.pk].held for one in councils] == [1, 1, 1]
    assert Meeting.objects.count() == 3
