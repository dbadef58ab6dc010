"""When a place is open, through midnight, closures, holidays and changes of clock."""

import datetime

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from directory.hours import (
    NO_END,
    PARIS,
    Closure,
    Frequency,
    OnHolidays,
    Rule,
    Timetable,
    check_overlaps,
    current_opening,
    is_open,
    next_opening,
    spans_between,
)
from directory.hours_osm import UnreadHours, read_hours, write_hours
from directory.hours_words import hour_words, rule_words, season_lines, sentence, week_lines

MINUTE = datetime.timedelta(minutes=1)


def at(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text).replace(tzinfo=PARIS)


def hour(text: str) -> datetime.time:
    return datetime.time.fromisoformat(text)


def rule(weekday: int, opens: str, closes: str, **kwargs: object) -> Rule:
    return Rule(weekday, hour(opens), hour(closes), **kwargs)


OFFICE = Timetable(
    tuple(rule(day, *hours) for day in range(5) for hours in (("09:00", "12:00"), ("14:00", "17:30"))),
    (Closure(datetime.date(2026, 8, 3), datetime.date(2026, 8, 14), "congés d’été"),),
)
NIGHT = Timetable((rule(4, "21:00", "03:00"),), on_holidays=OnHolidays.AS_USUAL)
FIRST_TUESDAY = Timetable((rule(1, "14:00", "16:00", frequency="monthly", nth=1),))
LAST_FRIDAY = Timetable((rule(4, "10:00", "12:00", frequency="monthly", nth=-1),))
ALWAYS = Timetable(tuple(rule(day, "00:00", "00:00") for day in range(7)), on_holidays=OnHolidays.OPEN)


@pytest.mark.parametrize(
    ("timetable", "moment", "expected"),
    [
        (OFFICE, "2026-11-23T09:00", True),
        (OFFICE, "2026-11-23T12:00", False),
        (OFFICE, "2026-11-23T13:59", False),
        (OFFICE, "2026-11-23T17:29", True),
        (OFFICE, "2026-11-22T10:00", False),
        (OFFICE, "2026-08-05T10:00", False),
        (OFFICE, "2026-08-17T10:00", True),
        (OFFICE, "2026-07-14T10:00", False),  # 14 July
        (NIGHT, "2026-11-27T23:30", True),
        (NIGHT, "2026-11-28T02:59", True),
        (NIGHT, "2026-11-28T03:00", False),
        (NIGHT, "2026-11-27T02:00", False),
        (FIRST_TUESDAY, "2026-12-01T15:00", True),
        (FIRST_TUESDAY, "2026-12-08T15:00", False),
        (LAST_FRIDAY, "2026-11-27T11:00", True),
        (LAST_FRIDAY, "2026-11-20T11:00", False),
        (ALWAYS, "2026-12-25T04:00", True),
        (ALWAYS, "2026-03-29T02:30", True),  # an hour that does not exist
    ],
)
def test_open_at_a_moment(timetable: Timetable, moment: str, expected: bool) -> None:
    assert is_open(timetable, at(moment)) is expected


def test_a_night_through_the_change_of_clock_keeps_its_wall_hours() -> None:
    """From 22:00 to 06:00 lasts 7 hours in March and 9 in October."""
    night = Timetable((rule(5, "22:00", "06:00"),), on_holidays=OnHolidays.AS_USUAL)
    lengths = []
    for day in (datetime.date(2026, 3, 28), datetime.date(2026, 10, 24)):
        span = spans_between(night, day, day)[0]
        lengths.append((span.end - span.start).total_seconds() / 3600)
        assert span.end.astimezone(PARIS).time() == hour("06:00")
    assert lengths == [7.0, 9.0]


@pytest.mark.parametrize(
    ("timetable", "moment", "expected"),
    [
        (OFFICE, "2026-11-23T10:00", "Ouvert maintenant, jusqu’à 12 h."),
        (OFFICE, "2026-11-23T12:30", "Fermé maintenant. Ouvre aujourd’hui à 14 h."),
        (OFFICE, "2026-11-23T18:00", "Fermé maintenant. Ouvre demain à 9 h."),
        (OFFICE, "2026-11-27T18:00", "Fermé maintenant. Ouvre lundi à 9 h."),
        (OFFICE, "2026-08-05T10:00", "Fermé jusqu’au 14 août inclus (congés d’été). Ouvre le 17 août à 9 h."),
        (OFFICE, "2026-08-14T10:00", "Fermé aujourd’hui (congés d’été). Ouvre lundi à 9 h."),
        (
            Timetable(OFFICE.rules, (Closure(datetime.date.min, NO_END, "service suspendu"),)),
            "2026-11-23T10:00",
            "Fermé pour le moment (service suspendu). Aucune ouverture n’est annoncée.",
        ),
        (OFFICE, "2026-07-14T10:00", "Fermé aujourd’hui, jour férié (Fête nationale). Ouvre demain à 9 h."),
        (NIGHT, "2026-11-27T23:30", "Ouvert maintenant, jusqu’à demain 3 h."),
        (NIGHT, "2026-11-28T01:00", "Ouvert maintenant, jusqu’à 3 h."),
        (ALWAYS, "2026-11-28T01:00", "Ouvert maintenant, jour et nuit."),
        (Timetable(), "2026-11-28T01:00", ""),
        (
            Timetable((rule(0, "09:00", "12:00", valid_to=datetime.date(2026, 1, 31)),)),
            "2026-11-28T01:00",
            "Fermé maintenant. Aucune ouverture n’est annoncée.",
        ),
    ],
)
def test_the_sentence_says_until_when(timetable: Timetable, moment: str, expected: str) -> None:
    with translation.override("fr"):
        assert sentence(timetable, at(moment)) == expected


def test_a_week_in_words() -> None:
    rules = [*OFFICE.rules[:2], *FIRST_TUESDAY.rules, rule(5, "20:00", "02:00", note="sur rendez-vous")]
    with translation.override("fr"):
        lines = week_lines(rules, datetime.date(2026, 11, 22))
        assert [(line.day, line.hours) for line in lines[:2]] == [
            ("lundi", "9 h – 12 h, 14 h – 17 h 30"),
            ("mardi", "fermé"),
        ]
        assert (lines[5].hours, lines[5].note) == ("20 h – 2 h le lendemain", "sur rendez-vous")
        assert (lines[7].day, lines[7].hours) == ("premier mardi du mois", "14 h – 16 h")
        assert rule_words(rules[0]) == "lundi, 9 h – 12 h"
        assert hour_words(hour("08:05")) == "8 h 05"


@pytest.mark.parametrize(
    ("one", "other", "overlap"),
    [
        (rule(0, "09:00", "12:00"), rule(0, "12:00", "14:00"), False),
        (rule(0, "09:00", "12:00"), rule(0, "11:59", "14:00"), True),
        (rule(0, "09:00", "12:00"), rule(1, "09:00", "12:00"), False),
        (rule(0, "20:00", "02:00"), rule(1, "01:00", "03:00"), True),
        (rule(6, "20:00", "02:00"), rule(0, "01:00", "03:00"), True),
        (rule(0, "20:00", "02:00"), rule(1, "02:00", "03:00"), False),
        (rule(1, "09:00", "12:00", frequency="monthly", nth=1), rule(1, "09:00", "12:00"), True),
        (
            rule(1, "09:00", "12:00", frequency="monthly", nth=1),
            rule(1, "09:00", "12:00", frequency="monthly", nth=2),
            False,
        ),
        (
            rule(1, "09:00", "12:00", frequency="monthly", nth=-1),
            rule(1, "09:00", "12:00", frequency="monthly", nth=4),
            True,
        ),
        (
            rule(0, "09:00", "12:00", valid_to=datetime.date(2026, 6, 30)),
            rule(0, "09:00", "12:00", valid_from=datetime.date(2026, 7, 1)),
            False,
        ),
    ],
)
def test_overlaps(one: Rule, other: Rule, overlap: bool) -> None:
    assert bool(check_overlaps([one, other])) is overlap
    assert bool(check_overlaps([other, one])) is overlap


times = st.builds(datetime.time, st.integers(0, 23), st.sampled_from([0, 15, 30, 45]))
days = st.dates(datetime.date(2025, 1, 1), datetime.date(2027, 12, 31))


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    monthly = draw(st.booleans())
    first, last = draw(st.none() | days), draw(st.none() | days)
    if first and last and last < first:
        first, last = last, first
    opens, closes = draw(times), draw(times)
    if opens == closes:
        opens = closes = datetime.time(0)
    return Rule(
        draw(st.integers(0, 6)),
        opens,
        closes,
        Frequency.MONTHLY if monthly else Frequency.WEEKLY,
        draw(st.sampled_from([1, 2, 3, 4, 5, -1])) if monthly else 0,
        first,
        last,
    )


closures = st.builds(
    lambda day, length: Closure(day, day + datetime.timedelta(length)), days, st.integers(0, 30)
)
timetables = st.builds(
    Timetable,
    st.lists(rules(), max_size=6).map(tuple),
    st.lists(closures, max_size=2).map(tuple),
    st.sampled_from(OnHolidays),
)
moments = st.datetimes(datetime.datetime(2025, 2, 1), datetime.datetime(2027, 11, 1)).map(
    lambda moment: moment.replace(tzinfo=datetime.UTC, second=0, microsecond=0)
)


@given(timetables, moments)
def test_an_opening_holds_the_moments_it_names(timetable: Timetable, moment: datetime.datetime) -> None:
    opening = current_opening(timetable, moment)
    assert is_open(timetable, moment) is (opening is not None)
    if opening:
        assert opening.start <= moment < opening.end
        assert is_open(timetable, opening.start)
        assert is_open(timetable, opening.end - MINUTE)
        assert not is_open(timetable, opening.end) or opening.end - opening.start > datetime.timedelta(days=2)


@given(timetables, moments)
def test_nothing_opens_before_the_next_opening(timetable: Timetable, moment: datetime.datetime) -> None:
    following = next_opening(timetable, moment)
    if following:
        assert following.start > moment
        assert is_open(timetable, following.start)
        before = spans_between(timetable, moment.date(), following.start.date())
        assert not [span for span in before if moment < span.start < following.start]


@given(st.lists(rules(), max_size=4), moments)
def test_lines_that_do_not_overlap_are_never_open_together(
    lines: list[Rule], moment: datetime.datetime
) -> None:
    if not check_overlaps(lines):
        open_lines = [one for one in lines if is_open(Timetable((one,), holidays=()), moment)]
        assert len(open_lines) <= 1


@given(timetables)
def test_hours_survive_openstreetmap(timetable: Timetable) -> None:
    """Written and read again, the same moments are open; what is read is written the same."""
    written = write_hours(timetable)
    again = read_hours(written)
    window = (datetime.date(2024, 12, 20), datetime.date(2028, 1, 10))
    if timetable.rules:
        assert spans_between(again, *window) == spans_between(timetable, *window)
    assert write_hours(again) == written


@pytest.mark.parametrize(
    ("text", "moment", "expected"),
    [
        ("Mo-Fr 09:00-12:00,14:00-17:30; PH off", "2026-11-23T14:00", True),
        ("Mo-Fr 09:00-12:00; We 14:00-17:00", "2026-11-25T09:30", False),  # a later rule replaces
        ("Mo-Fr 09:00-12:00, We 14:00-17:00", "2026-11-25T09:30", True),  # a comma adds
        ("24/7", "2026-11-25T03:30", True),
        ("Fr 21:00-27:00", "2026-11-28T02:30", True),
        ("Tu[1] 14:00-16:00", "2026-12-01T15:00", True),
        ("Sa-Mo 10:00-11:00", "2026-11-22T10:30", True),
        ("Mo-Su 10:00-11:00; Su off", "2026-11-22T10:30", False),
        ('Mo 10:00-11:00; 2026 Dec 21-2027 Jan 03 off "congés"', "2026-12-28T10:30", False),
        ("", "2026-11-22T10:30", False),
    ],
)
def test_hours_of_openstreetmap(text: str, moment: str, expected: bool) -> None:
    assert is_open(read_hours(text), at(moment)) is expected


@pytest.mark.parametrize(
    "text",
    [
        "sunrise-sunset",
        "Mo 9-12",
        "week 10 Mo 10:00-11:00",
        "Mo 25:99-26:00",
        "Mo[7] 10:00-11:00",
        "Lundi 10:00-12:00",
        *["2026 Feb 30 Mo 10:00-11:00", "<script>", "Mo 10:00-11:00; Mo[1] off", "Mo 10:00-10:00"],
    ],
)
def test_hours_that_are_not_understood_are_named(text: str) -> None:
    with pytest.raises(UnreadHours, match="Mo-Fr 09:00-12:00"):
        read_hours(text)


def test_seasons_to_come_are_told_by_period_and_the_present_week_stays() -> None:
    nine, noon = datetime.time(9), datetime.time(12)
    summer = (datetime.date(2026, 7, 1), datetime.date(2026, 8, 31))
    rules = (
        Rule(0, nine, noon),
        Rule(2, nine, noon, valid_from=summer[0], valid_to=summer[1]),
        Rule(1, nine, noon, valid_from=summer[0], valid_to=summer[1]),
        Rule(3, nine, noon, valid_from=datetime.date(2030, 1, 1)),
    )
    with translation.override("fr"):
        (line,) = season_lines(rules, datetime.date(2026, 6, 1), datetime.date(2026, 12, 1))
        assert line.day == "du 1 juillet 2026 au 31 août 2026"
        assert line.hours.lower().index("mardi") < line.hours.lower().index("mercredi")
        assert season_lines(rules, datetime.date(2026, 7, 2), datetime.date(2026, 12, 1)) == []
