"""Quorum, notice, majority and standing in: cases from the articles, then properties."""

import datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.meetings.majority import Base, Result, Votes, decide, total
from consultations.meetings.notice import earliest_day, notice
from consultations.meetings.quorum import Ground, Presence, Rule, least_above, quorum, read_verdict
from consultations.meetings.standing import Seated, voices
from consultations.meetings.wording import majority_words

TWO, PRESENT, NONE = Rule

QUORUM_CASES = [
    # what, (members, present, users), rule, reconvened, valid, ground — source
    ("reference council, March: 4 of 6 users", (9, 7, 4), TWO, False, False, Ground.SHORT),  # D311-17
    ("reference council, 5 users: 5 > 4.5", (9, 7, 5), TWO, False, True, Ground.REACHED),  # D311-17
    ("April, reconvened: majority present is enough", (9, 6, 4), TWO, True, True, Ground.RECONVENED),
    ("reconvened and reached anyway", (9, 9, 6), TWO, True, True, Ground.REACHED),
    ("exactly half is not more than half", (8, 8, 4), TWO, False, False, Ground.SHORT),
    ("staff never makes the quorum", (9, 6, 3), TWO, False, False, Ground.SHORT),
    ("nobody came to the second one", (9, 0, 0), TWO, True, False, Ground.NOBODY),
    ("nobody came", (9, 0, 0), NONE, False, False, Ground.NOBODY),
    ("statutes: half of the members present", (20, 11, 0), PRESENT, False, True, Ground.REACHED),
    ("statutes: exactly half", (20, 10, 10), PRESENT, False, False, Ground.SHORT),
    ("no quorum asked", (20, 1, 0), NONE, False, True, Ground.NOT_ASKED),
    ("a council of one seat", (1, 1, 1), TWO, False, True, Ground.REACHED),
]


@pytest.mark.parametrize(
    ("counts", "rule", "reconvened", "valid", "ground"),
    [case[1:] for case in QUORUM_CASES],
    ids=[case[0] for case in QUORUM_CASES],
)
def test_quorum(
    counts: tuple[int, int, int], rule: Rule, reconvened: bool, valid: bool, ground: Ground
) -> None:
    verdict = quorum(Presence(*counts), rule=rule, is_reconvened=reconvened)
    assert (verdict.is_valid, verdict.ground) == (valid, ground)
    assert read_verdict(verdict.as_json()) == verdict


def test_what_is_missing_is_said() -> None:
    verdict = quorum(Presence(9, 7, 4))
    assert (verdict.needed, verdict.missing, verdict.counted) == (5, 1, 4)
    assert quorum(Presence(30, 12, 0), rule=PRESENT, share=Fraction(1, 3)).needed == 11


@pytest.mark.parametrize("counts", [(9, 3, 4), (9, 3, -1), (-1, 0, 0)])
def test_impossible_presence(counts: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="impossible"):
        Presence(*counts)


heads = st.integers(0, 200)


@given(heads, heads, heads, st.sampled_from(Rule), st.booleans())
def test_one_more_user_never_loses_the_quorum(
    members: int, users: int, others: int, rule: Rule, again: bool
) -> None:
    before = quorum(Presence(members, users + others, users), rule=rule, is_reconvened=again)
    after = quorum(Presence(members, users + others + 1, users + 1), rule=rule, is_reconvened=again)
    assert after.is_valid or not before.is_valid
    if before.missing and rule == TWO and before.ground == Ground.SHORT:
        more = before.missing
        assert quorum(Presence(members, users + others + more, users + more), rule=rule).is_valid


@given(st.integers(0, 1000), st.fractions(0, 1))
def test_least_above_is_the_smallest_strictly_above(members: int, share: Fraction) -> None:
    needed = least_above(share, members)
    assert needed > share * members >= needed - 1


DAY = datetime.date


@pytest.mark.parametrize(
    ("sent", "held", "required", "days", "late"),
    [
        (DAY(2026, 3, 1), DAY(2026, 3, 16), 15, 15, False),  # 15 days: the default, on the last day
        (DAY(2026, 3, 2), DAY(2026, 3, 16), 15, 14, True),
        (DAY(2026, 3, 8), DAY(2026, 3, 16), 8, 8, False),  # D311-16 before 2023
        (DAY(2026, 3, 16), DAY(2026, 3, 16), 0, 0, False),
        (DAY(2026, 3, 17), DAY(2026, 3, 16), 15, -1, True),  # already held
        (DAY(2026, 12, 20), DAY(2027, 1, 4), 15, 15, False),
    ],
)
def test_notice(sent: DAY, held: DAY, required: int, days: int, late: bool) -> None:
    found = notice(sent_on=sent, held_on=held, required=required)
    assert (found.days, found.is_late, found.short_by > 0) == (days, late, late)


@given(st.dates(DAY(2000, 1, 1), DAY(2100, 1, 1)), st.integers(0, 90))
def test_the_last_day_is_in_time_and_the_next_is_not(held: DAY, required: int) -> None:
    last = notice(sent_on=held, held_on=held, required=required).last_day
    assert not notice(sent_on=last, held_on=held, required=required).is_late
    assert notice(sent_on=last + datetime.timedelta(days=1), held_on=held, required=required).is_late
    assert earliest_day(today=last, required=required) == held


MAJORITY_CASES = [
    ("4 of 7 present", Votes(4, 2, 1), 7, Base.PRESENT, Result.ADOPTED),  # D311-17
    ("3 of 6 is not a majority of those present", Votes(3, 0, 3), 6, Base.PRESENT, Result.REJECTED),
    ("abstaining weighs against", Votes(3, 2, 2), 7, Base.PRESENT, Result.REJECTED),
    ("the same by votes cast", Votes(3, 2, 2), 7, Base.CAST, Result.ADOPTED),
    ("a tie decides nothing", Votes(3, 3, 0), 6, Base.PRESENT, Result.TIED),
    ("a tie by votes cast", Votes(2, 2, 3), 7, Base.CAST, Result.TIED),
    ("nobody for", Votes(0, 0, 5), 5, Base.CAST, Result.REJECTED),
    ("nobody at all", Votes(), 0, Base.PRESENT, Result.REJECTED),
]


@pytest.mark.parametrize(
    ("votes", "present", "base", "expected"),
    [case[1:] for case in MAJORITY_CASES],
    ids=[case[0] for case in MAJORITY_CASES],
)
def test_majority(votes: Votes, present: int, base: Base, expected: Result) -> None:
    assert decide(votes, present=present, base=base) == expected


def test_a_refusal_with_more_votes_for_than_against_is_explained() -> None:
    votes = Votes(3, 0, 0)
    assert "4" in majority_words(Result.REJECTED, votes, base=Base.PRESENT, present=6)
    assert majority_words(Result.ADOPTED, votes, base=Base.PRESENT, present=5) == ""
    assert majority_words(Result.REJECTED, Votes(1, 2, 0), base=Base.PRESENT, present=3) == ""


def test_two_thirds() -> None:
    assert decide(Votes(6, 3), present=9, share=Fraction(2, 3)) == Result.REJECTED
    assert decide(Votes(7, 2), present=9, share=Fraction(2, 3)) == Result.ADOPTED


def test_more_votes_than_people_is_refused() -> None:
    with pytest.raises(ValueError, match="4 votes for 3 people"):
        decide(Votes(4), present=3)
    with pytest.raises(ValueError, match="negative"):
        Votes(-1)


ballots = st.builds(Votes, st.integers(0, 50), st.integers(0, 50), st.integers(0, 50))


@given(st.lists(ballots, max_size=6), st.integers(0, 30), st.sampled_from(Base))
def test_majority_is_of_the_whole_and_only_one_side_wins(parts: list[Votes], silent: int, base: Base) -> None:
    whole = total(parts)
    assert whole.total == sum(part.total for part in parts)
    present = whole.total + silent
    result = decide(whole, present=present, base=base)
    turned = decide(Votes(whole.against, whole.for_, whole.abstain), present=present, base=base)
    assert not (result == turned == Result.ADOPTED)
    assert (result == Result.TIED) is (turned == Result.TIED)


def member(key: str, constituency: str = "families", *, full: bool = True) -> Seated[str]:
    return Seated(key, constituency, full)


def test_substitutes_stand_in_in_order_and_give_back() -> None:
    members = [member("a"), member("b"), member("s1", full=False), member("s2", full=False)]
    held = voices(members, {"b", "s1", "s2"})
    assert [(one.key, one.stands_in_for) for one in held] == [("b", None), ("s1", "a")]
    assert [one.key for one in voices(members, {"a", "b", "s1"})] == ["a", "b"]
    assert [one.stands_in_for for one in voices(members, {"s1", "s2"})] == ["a", "b"]


def test_a_substitute_of_another_constituency_does_not_stand_in() -> None:
    assert voices([member("a"), member("s", "staff", full=False)], {"s"}) == []


people = st.lists(st.tuples(st.sampled_from("xyz"), st.booleans()), max_size=15)


@given(people, st.sets(st.integers(0, 14)))
def test_never_more_voices_than_seats_nor_two_for_one(listed: list[tuple[str, bool]], here: set[int]) -> None:
    members = [Seated(index, place, full) for index, (place, full) in enumerate(listed)]
    held = voices(members, here)
    assert len({one.key for one in held}) == len(held)
    assert {one.key for one in held} <= here
    for place in "xyz":
        seats = [one for one in members if one.constituency == place and one.is_full]
        own = [one for one in held if one.constituency == place]
        present = sum(one.key in here for one in members if one.constituency == place)
        assert len(own) == min(len(seats), present)
