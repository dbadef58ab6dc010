"""Numbers and dates are counted in bands that belong to the questionnaire: each answer is in exactly one."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.surveys.bands import band_of, bands_of, edges_of, grouping_of
from consultations.surveys.definition import Question, parse_definition, read_definition
from consultations.surveys.publication import check_publication
from tests.surveys.documents import question, questionnaire


def made(kind: str = "number", **more) -> Question:
    return parse_definition(questionnaire(question("q", kind, **more))).by_code["q"]


def labels(asked: Question) -> list[str]:
    return [band.label for band in bands_of(asked)]


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"bands": [1, 4, 8], "min": 0, "step": 1}, ["0", "1 à 3", "4 à 7", "8 et plus"]),
        ({"bands": [1.5], "unit": {"fr": "km"}}, ["moins de 1,5 km", "1,5 km et plus"]),
        ({"min": 0, "max": 50, "step": 1}, ["0 à 9", "10 à 19", "20 à 29", "30 à 39", "40 et plus"]),
        ({"min": 18, "max": 110, "step": 1}, ["18 à 39", "40 à 59", "60 à 79", "80 à 99", "100 et plus"]),
        ({"min": 0, "max": 3, "step": 1}, ["0", "1", "2", "3"]),
        ({"min": 0, "max": 1000}, ["de 0 à moins de 200", "de 200 à moins de 400", "de 400 à moins de 600",
                                   "de 600 à moins de 800", "800 et plus"]),
        ({"min": 0}, []),
        ({}, []),
    ],
)  # fmt: skip
def test_bands_come_from_the_question_alone(settings, expected):
    assert labels(made(**settings)) == expected


@pytest.mark.parametrize(
    ("first", "last", "group_by", "expected"),
    [
        ("2026-12-15", "2027-01-31", "", ["décembre 2026", "janvier 2027"]),
        ("2024-01-01", "2026-12-31", "", ["2024", "2025", "2026"]),
        ("1990-01-01", "2019-12-31", "", ["de 1990 à 1999", "de 2000 à 2009", "de 2010 à 2019"]),
        ("2026-12-15", "2027-01-31", "year", ["2026", "2027"]),
        ("2026-12-15", None, "", []),
    ],
)
def test_dates_are_counted_as_chosen_or_as_fits_their_range(first, last, group_by, expected):
    assert labels(made("date", first_day=first, last_day=last, group_by=group_by)) == expected


@given(
    st.lists(st.integers(-50, 50), min_size=1, max_size=9, unique=True).map(sorted),
    st.one_of(st.integers(-100, 100), st.floats(-100, 100)),
)
def test_every_number_is_in_one_band_known_beforehand(edges, number):
    asked = made(bands=edges)
    codes = [band.code for band in bands_of(asked)]
    assert len(set(codes)) == len(edges) + 1
    assert codes.index(str(band_of(asked, number))) == sum(number >= edge for edge in edges)


@given(st.integers(-1000, 1000), st.integers(1, 100_000), st.sampled_from([None, 1, 5]))
def test_derived_bands_are_few_and_inside_the_bounds(low, size, step):
    asked = made(min=low, max=low + size, step=step)
    assert len(bands_of(asked)) <= 7
    assert all(low < edge <= low + size for edge in edges_of(asked))
    assert {band_of(asked, low), band_of(asked, low + size)} <= {band.code for band in bands_of(asked)}


@given(
    st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 12, 31)),
    st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 12, 31)),
    st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 12, 31)),
)
def test_a_date_is_in_one_period_when_it_is_in_the_range(one, other, day):
    first, last = sorted((one, other))
    asked = made("date", first_day=first.isoformat(), last_day=last.isoformat())
    assert grouping_of(asked) is not None
    assert len(bands_of(asked)) <= 24
    band = band_of(asked, day.isoformat())
    if first <= day <= last:
        assert band in {each.code for each in bands_of(asked)}
    elif not first.year // 10 <= day.year // 10 <= last.year // 10:
        assert band is None


@pytest.mark.parametrize(
    ("kind", "settings"),
    [
        ("number", {"bands": [4, 1]}),
        ("number", {"bands": "1; 4"}),
        ("number", {"bands": [1, "quatre"]}),
        ("number", {"bands": list(range(10))}),
        ("number", {"bands": [0, 4], "min": 0}),
        ("number", {"bands": [4, 60], "max": 50}),
        ("number", {"bands": [1.5], "min": 0, "step": 1}),
        ("date", {"first_day": "demain"}),
        ("date", {"first_day": "2026-02-30"}),
        ("date", {"first_day": "2026-02-02", "last_day": "2026-02-01"}),
        ("date", {"first_day": "1920-01-01", "last_day": "2020-01-01", "group_by": "month"}),
        ("date", {"group_by": "week"}),
    ],
    ids=str,
)
def test_bands_that_cannot_be_used_are_refused_at_their_place(kind, settings):
    problems = read_definition(questionnaire(question("q", kind, **settings)))[1]
    assert problems
    assert {problem.place.split(".")[0] for problem in problems} == {"q"}


@pytest.mark.parametrize(
    ("kind", "before", "after", "is_allowed"),
    [
        ("number", {"bands": [1, 4]}, {"bands": [1, 5]}, False),
        ("number", {"bands": [1, 4]}, {}, False),
        ("number", {}, {"bands": [1, 4]}, True),
        ("number", {"min": 0, "max": 50, "step": 1}, {"min": 0, "max": 90, "step": 1}, False),
        ("number", {"min": 0, "max": 50, "step": 1},
         {"min": 0, "max": 90, "step": 1, "bands": [10, 20, 30, 40]}, True),
        ("number", {"bands": [1, 4], "min": 0}, {"bands": [1, 4], "min": -3}, False),
        ("date", {"first_day": "2026-01-01", "last_day": "2026-03-31"},
         {"first_day": "2026-01-01", "last_day": "2026-06-30"}, True),
        ("date", {"first_day": "2026-01-01", "last_day": "2026-03-31"},
         {"first_day": "2026-02-01", "last_day": "2026-03-31"}, False),
        ("date", {"first_day": "2026-01-01", "last_day": "2026-03-31"},
         {"first_day": "2026-01-01", "last_day": "2026-03-31", "group_by": "year"}, False),
    ],
    ids=str,
)  # fmt: skip
def test_published_bands_stay(kind, before, after, is_allowed):
    """Two cuts of the same answers would tell, by subtraction, what lies between their bounds."""
    old, new = (questionnaire(question("q", kind, **each)) for each in (before, after))
    problems = check_publication(new, previous_versions=[old], need_codes=())
    assert (not any(one.is_blocking for one in problems)) is is_allowed


def test_number_without_figure_is_told_before_publication():
    problems = check_publication(questionnaire(question("q", "number")), previous_versions=[], need_codes=())
    assert [(one.place, one.is_blocking) for one in problems] == [("q.bands", False)]
