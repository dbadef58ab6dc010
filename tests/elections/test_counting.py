"""The count: cases with the articles they come from, and laws that hold for any ballots."""

import datetime
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.elections.counting import (
    LOTS,
    OLDEST,
    SENIORITY,
    Standing,
    count_ballots,
    fingerprint,
)

OLD, YOUNG = datetime.date(1940, 1, 1), datetime.date(1980, 1, 1)
A = Standing("a", born_on=YOUNG, seniority_from=datetime.date(2001, 1, 1), lot=2)
B = Standing("b", born_on=OLD, seniority_from=datetime.date(2020, 1, 1), lot=1)
C = Standing("c", born_on=datetime.date(1960, 1, 1))


def counted(ballots, candidates=(A, B, C), **how):
    return count_ballots([None if one is None else tuple(one) for one in ballots], candidates, **how)


@pytest.mark.parametrize(
    ("ballots", "how", "elected", "substitutes"),
    [
        (["a", "a", "b"], {"seats": 1}, ("a",), ()),
        (["ab", "ac", "a", "c"], {"seats": 2}, ("a", "c"), ()),
        (["a", "a", "b"], {"seats": 1, "substitutes": 1}, ("a",), ("b",)),
        ([], {"seats": 1}, (), ()),
        (["", None, ""], {"seats": 2}, (), ()),
        # D311-9: the president, as many votes: the oldest
        (["a", "b"], {"seats": 1, "tie_rule": OLDEST}, ("b",), ()),
        # D311-13: staff, as many votes: the longest in the establishment
        (["a", "b"], {"seats": 1, "tie_rule": SENIORITY}, ("a",), ()),
        (["a", "b"], {"seats": 1, "tie_rule": LOTS}, ("b",), ()),
        # as many votes and a seat for each: nothing to decide
        (["a", "b"], {"seats": 2, "tie_rule": OLDEST}, ("a", "b"), ()),
        # the border between the member and the substitute is decided by the same rule
        (["a", "b"], {"seats": 1, "substitutes": 1, "tie_rule": OLDEST}, ("b",), ("a",)),
    ],
)
def test_who_is_elected(ballots, how, elected, substitutes):
    made = counted(ballots, **how)
    assert (made.elected, made.substitutes) == (elected, substitutes)
    assert made.is_decided


def test_blank_void_and_expressed_are_apart():
    made = counted(["a", "", None, "ab", "aa", "z"], seats=1)  # two names, twice the same, a stranger: void
    assert (made.ballots, made.blank, made.void, made.expressed) == (6, 1, 4, 1)
    assert made.votes == {"a": 1, "b": 0, "c": 0}


def test_a_tie_says_how_it_was_decided_and_waits_for_lots():
    assert counted(["a", "b"], seats=1, tie_rule=OLDEST).ties[0].decided_by == OLDEST
    # C's arrival is not known: seniority cannot compare, lots must be drawn
    waiting = counted(["a", "c"], seats=1, tie_rule=SENIORITY)
    assert not waiting.is_decided
    assert set(waiting.to_draw) == {"a", "c"}
    drawn = counted(["a", "c"], (A, B, Standing("c", lot=1)), seats=1, tie_rule=SENIORITY)
    assert drawn.elected == ("c",)
    assert drawn.ties[0].decided_by == LOTS


def test_twins_are_decided_by_lots_after_age():
    twins = (Standing("a", born_on=OLD, lot=2), Standing("b", born_on=OLD, lot=1), C)
    made = counted(["a", "b", "c"], twins, seats=1, tie_rule=OLDEST)
    assert made.elected == ("b",)
    assert made.ties[0].decided_by == LOTS


def test_an_unknown_rule_is_refused():
    with pytest.raises(ValueError, match="tie rule"):
        counted(["a"], seats=1, tie_rule="coin")


DAYS = st.none() | st.dates(datetime.date(1930, 1, 1), datetime.date(1932, 1, 1))
CANDIDATES = st.lists(
    st.builds(Standing, st.sampled_from("abcdef"), born_on=DAYS, seniority_from=DAYS),
    unique_by=lambda one: one.key,
    min_size=1,
)
BALLOTS = st.lists(st.none() | st.lists(st.sampled_from("abcdefg"), max_size=4).map(tuple), max_size=25)
RULES = st.sampled_from([OLDEST, SENIORITY, LOTS])


@given(CANDIDATES, BALLOTS, st.integers(1, 4), st.integers(0, 3), RULES, st.randoms(use_true_random=False))
def test_order_changes_nothing_and_counting_again_gives_the_count(
    candidates, ballots, seats, substitutes, rule, shuffler: random.Random
):
    how = {"seats": seats, "substitutes": substitutes, "tie_rule": rule}
    first = count_ballots(ballots, candidates, **how)
    others, people = list(ballots), list(candidates)
    shuffler.shuffle(others)
    shuffler.shuffle(people)
    assert count_ballots(others, people, **how) == first
    assert fingerprint(others) == fingerprint(ballots)
    assert first.expressed + first.blank + first.void == first.ballots == len(ballots)
    assert len(first.elected) <= seats
    assert len(first.substitutes) <= substitutes
    assert not set(first.elected) & set(first.substitutes)
    assert sum(first.votes.values()) >= first.expressed
    if first.elected and first.is_decided:
        lowest = min(first.votes[key] for key in first.elected)
        assert all(votes <= lowest for key, votes in first.votes.items() if key not in first.elected)


@given(CANDIDATES, BALLOTS, st.integers(1, 4), RULES)
def test_drawing_lots_decides_every_tie(candidates, ballots, seats, rule):
    drawn = [
        Standing(one.key, one.born_on, one.seniority_from, lot) for lot, one in enumerate(candidates, start=1)
    ]
    assert count_ballots(ballots, drawn, seats=seats, tie_rule=rule).is_decided


@given(CANDIDATES, BALLOTS, st.integers(1, 4), RULES)
def test_one_more_vote_never_loses_a_seat(candidates, ballots, seats, rule):
    drawn = [Standing(one.key, one.born_on, one.seniority_from, lot) for lot, one in enumerate(candidates)]
    first = count_ballots(ballots, drawn, seats=seats, tie_rule=rule)
    for key in first.elected:
        assert key in count_ballots([*ballots, (key,)], drawn, seats=seats, tie_rule=rule).elected
