"""Case tables of bylaws, majority, terms and seats; articles are those of the CASF (D311-3 and following)."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from consultations.councils.models import Council
from consultations.councils.rules.catalogue import BYLAW_RULES, RULES, Form
from consultations.councils.rules.seating import (
    SeatCount,
    Span,
    add_months,
    check_majority,
    last_day_of_term,
    most_at_once,
)
from consultations.councils.rules.values import check_values, value_in_words

D = datetime.date
CVS, GEM = Council(kind="cvs"), Council(kind="members_assembly")
FROM_THE_FACTS = {
    # key: (default of a CVS, whether the present wording of its article could be read)
    "agenda_notice_days": (15, False),  # D311-16: 8 days before 2023
    "meetings_per_year": (3, True),  # D311-16
    "demand_for_meeting_share": (0.6667, True),  # D311-16: two thirds
    "quorum_rule": ("two_step", False),  # D311-17
    "quorum_users_share": (0.5, False),  # D311-17
    "majority_rule": ("members_present", False),  # D311-17: wording from before 2023
    "reconvened_minimum_days": (0, False),
    "follow_up_due_days": (60, False),  # no delay in the texts: a proposal
    "term_months": (36, True),  # D311-8: one to three years
    "max_term_months": (36, True),
    "end_of_term_alert_days": (90, True),
    "president_from": ("supported_persons", False),  # D311-9: the fallback could not be read
    "tie_rule_members": ("oldest", False),  # D311-9: a poor copy
    "tie_rule_staff": ("longest_seniority", True),
    "staff_seniority_months": (6, True),
    "minimum_age": (11, True),  # D311-11
    "remote_attendance": (True, True),
    "proxies_per_member": (0, True),
    "secret_vote_on_demand": (True, True),
    "minutes_public": (False, True),
}


@pytest.mark.parametrize("key", FROM_THE_FACTS)
def test_defaults_and_doubts_are_those_of_the_facts(key: str) -> None:
    rule = BYLAW_RULES[key]
    assert (rule.default, rule.is_verified) == FROM_THE_FACTS[key]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.key)
@pytest.mark.parametrize("council", [CVS, GEM], ids=["cvs", "gem"])
def test_every_default_is_allowed_worded_and_sourced(rule, council: Council) -> None:
    value = rule.default_for(council)
    assert check_values(council, {rule.key: value}) == {}
    assert value_in_words(rule, value).strip()
    assert str(rule.source_for(council)).strip()


@pytest.mark.parametrize(
    ("council", "key", "value", "is_kept"),
    [
        (CVS, "meetings_per_year", 2, False),  # D311-16: three at least
        (CVS, "meetings_per_year", 4, True),
        (GEM, "meetings_per_year", 1, True),  # own statutes
        (CVS, "term_months", 11, False),  # D311-8: one year at least
        (CVS, "term_months", 12, True),
        (CVS, "max_term_months", 37, False),  # D311-8: three years at most
        (GEM, "max_term_months", 48, True),
        (CVS, "agenda_notice_days", 8, True),  # unverified: no bound of law
        (CVS, "agenda_notice_days", -1, False),
        (CVS, "agenda_notice_days", 8.5, False),
        (CVS, "agenda_notice_days", True, False),
        (CVS, "quorum_rule", "half_present", True),
        (CVS, "quorum_rule", "whoever", False),
        (CVS, "quorum_users_share", 0.6, True),
        (CVS, "quorum_users_share", 1.1, False),
        (CVS, "minutes_public", True, True),
        (CVS, "minutes_public", "oui", False),
        (CVS, "no_such_rule", 1, False),
    ],
)
def test_values_stay_within_the_law_and_reason(
    council: Council, key: str, value: object, is_kept: bool
) -> None:
    if is_kept:
        assert check_values(council, {key: value}) == {key: value}
        return
    with pytest.raises(ValidationError) as refused:
        check_values(council, {key: value})
    assert set(refused.value.message_dict) == {key}


def test_a_usual_term_longer_than_the_longest_is_refused() -> None:
    with pytest.raises(ValidationError) as refused:
        check_values(CVS, {"term_months": 30, "max_term_months": 24})
    assert "term_months" in refused.value.message_dict


SEATS = {"supported_persons": SeatCount(3), "families": SeatCount(3), "staff": SeatCount(1)}


@pytest.mark.parametrize(
    ("seats", "vacant", "is_met", "missing"),
    [
        ({"supported_persons": 3, "families": 3, "staff": 1, "management": 1, "doctor": 1}, (), True, 0),
        (
            {"supported_persons": 2, "families": 2, "staff": 2, "management": 2},
            (),
            False,
            1,
        ),  # half is not more
        ({"supported_persons": 2, "staff": 1, "management": 1}, (), False, 1),
        ({"supported_persons": 3, "staff": 1, "management": 1}, (), True, 0),
        ({"supported_persons": 2, "families": 1, "legal_representatives": 1, "staff": 3}, (), True, 0),
        # D311-7: a recorded vacancy leaves the constituency out of both counts
        ({"supported_persons": 3, "families": 3, "staff": 2, "management": 1}, ("families",), False, 1),
        ({"supported_persons": 4, "families": 3, "staff": 2, "management": 1}, ("families",), True, 0),
        ({"supported_persons": 2, "staff": 2, "management": 1}, ("staff",), True, 0),
        ({}, (), False, 1),
    ],
)
def test_users_and_families_hold_more_than_half_of_the_seats(
    seats: dict[str, int], vacant: tuple[str, ...], is_met: bool, missing: int
) -> None:
    check = check_majority({code: SeatCount(count) for code, count in seats.items()}, vacant)
    assert (check.is_met, check.missing) == (is_met, missing)
    assert set(check.left_out) == set(vacant)


@given(users=st.integers(0, 60), others=st.integers(0, 60))
def test_adding_the_missing_seats_reaches_the_majority_and_one_less_does_not(users: int, others: int) -> None:
    def check(more: int) -> bool:
        counts = {"supported_persons": SeatCount(users + more), "staff": SeatCount(others)}
        return check_majority(counts).is_met

    missing = check_majority({"supported_persons": SeatCount(users), "staff": SeatCount(others)}).missing
    assert check(missing)
    assert missing == 0 or not check(missing - 1)


@pytest.mark.parametrize(
    ("first", "months", "last"),
    [
        (D(2026, 5, 1), 36, D(2029, 4, 30)),
        (D(2026, 1, 31), 1, D(2026, 2, 27)),
        (D(2024, 2, 29), 12, D(2025, 2, 27)),
        (D(2026, 12, 15), 12, D(2027, 12, 14)),
        (D(2026, 11, 30), 3, D(2027, 2, 27)),
    ],
)
def test_terms_end_the_day_before(first: D, months: int, last: D) -> None:
    assert last_day_of_term(first, months) == last


@given(st.dates(D(1990, 1, 1), D(2090, 1, 1)), st.integers(0, 120), st.integers(0, 120))
def test_months_add_up_to_a_month_end(day: D, some: int, more: int) -> None:
    once, twice = add_months(day, some + more), add_months(add_months(day, some), more)
    assert (once.year, once.month) == (twice.year, twice.month)
    assert once.day <= day.day


days = st.integers(0, 60).map(lambda n: D(2026, 1, 1) + datetime.timedelta(days=n))
spans = st.lists(st.tuples(days, days).map(lambda pair: Span(min(pair), max(pair))), max_size=8)


@given(spans)
def test_most_at_once_is_what_counting_day_by_day_finds(held: list[Span]) -> None:
    counts = {
        day: sum(span.first <= day <= span.last for span in held)
        for day in (D(2026, 1, 1) + datetime.timedelta(days=n) for n in range(61))
    }
    most, day = most_at_once(held)
    assert most == max(counts.values())
    assert day is None if not held else counts[day] == most


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("quorum_users_share", 0.5, "la moitié"),
        ("demand_for_meeting_share", 0.6667, "deux tiers"),
        ("agenda_notice_days", 15, "15 jours"),
        ("agenda_notice_days", 1, "1 jour"),
        ("minutes_public", False, "non"),
    ],
)
def test_values_are_said_in_words(key: str, value: object, words: str) -> None:
    assert value_in_words(BYLAW_RULES[key], value) == words


def test_every_form_of_value_is_used() -> None:
    assert {rule.form for rule in RULES} == set(Form)
