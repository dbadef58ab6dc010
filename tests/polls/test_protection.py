"""Nobody can learn anything about a small group, whatever was shown before and to whom."""

from itertools import chain, combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consultations.polls.definition import Definition, Option
from consultations.polls.protection import (
    EVERYONE,
    ORGANISERS,
    Group,
    Rule,
    Shown,
    advance,
    join,
    with_colleges,
)
from consultations.polls.stepping import States, end, move
from consultations.polls.tally import Tally
from observatory.disclosure.rowspace import RowSpace

OPTIONS = "abcd"
BANDS = (("a", "b"), ("c",), ("d",))


def counted(votes):
    return Tally(len(votes), {code: votes.count(code) for code in OPTIONS})


def show(votes, before=None, *, minimum=ORGANISERS, is_final=False, **options):
    return advance(before or Shown(), counted(votes), Rule(minimum, True, is_final, **options))


def test_nothing_is_shown_before_the_minimum():
    assert show("aaaa", is_final=True) == Shown()
    assert show("aaaaabbbbb").groups[0] == Group(("a",), 5)
    assert show("a" * 10, minimum=EVERYONE, is_final=True) == Shown()


def test_a_rare_answer_is_joined_at_the_end_and_never_with_the_most_given():
    found = show("a" * 20 + "b" * 12 + "c" * 2 + "d", is_final=True)
    assert [one.codes for one in found.groups] == [("a",), ("b", "c", "d")]
    assert show("a" * 20 + "bb", is_final=True) == Shown(), "all would be joined: nothing is shown"


def test_a_rare_answer_holds_back_an_open_poll_and_then_is_joined():
    assert show("a" * 6 + "b" * 7 + "c") == Shown()
    late = show("a" * 10 + "b" * 7 + "c")
    assert [one.codes for one in late.groups] == [("a",), ("b", "c", "d")]


def test_satisfaction_is_joined_by_bands_first():
    found = show("a" * 8 + "b" * 2 + "c" * 9 + "d" * 7, is_final=True, bands=BANDS)
    assert [one.codes for one in found.groups] == [("a", "b"), ("c",), ("d",)]


def test_a_state_moves_by_whole_parcels_only():
    first = show("aaaaabbbbb")
    assert show("aaaaabbbbb" + "a" * 4, first) == first
    assert show("aaaaabbbbb" + "aaaab", first) == first
    assert show("aaaaabbbbb" + "a" * 5, first).count == 15
    assert show("aaaaabbbbb" + "a" * 3, first, is_final=True) == first, "the last ones are never told apart"


def test_withheld_absent_and_zero_differ():
    found = show("a" * 6 + "b" * 6, is_final=True)
    assert found.groups[2] == Group(("c",), 0)
    assert Shown().groups == ()


def overlapping(**chosen):
    return Tally(chosen.pop("n"), chosen)


def test_several_choices_are_protected_one_by_one_with_their_complement():
    rule = Rule(EVERYONE, is_partition=False, is_final=True)
    found = advance(Shown(), overlapping(n=40, a=20, b=3, c=38, d=0), rule)
    assert [one.codes for one in found.groups] == [("a",), ("d",)], "3 chose b, 2 did not choose c"
    bound = Rule(EVERYONE, is_partition=False, is_bound=True, is_final=True)
    assert advance(Shown(), overlapping(n=40, a=20, b=3, c=38, d=0), bound) == Shown()


def test_an_option_hidden_for_a_while_is_compared_with_when_it_was_last_shown():
    rule = Rule(ORGANISERS, is_partition=False, is_final=True)
    first = advance(Shown(), overlapping(n=20, a=10, b=10), rule)
    second = advance(first, overlapping(n=30, a=12, b=15), rule)
    assert [one.codes for one in second.groups] == [("b",)]
    third = advance(second, overlapping(n=36, a=13, b=21), rule)
    assert [one.codes for one in third.groups] == [("b",)], "a grew by 3 since it was last shown"
    fourth = advance(third, overlapping(n=46, a=16, b=31), rule)
    assert [one.codes for one in fourth.groups] == [("a",), ("b",)]


def test_groups_of_people_are_shown_all_or_none():
    rule = Rule(ORGANISERS, True, True)
    shown = show("a" * 12 + "b" * 12, is_final=True)
    halves = {"residents": counted("a" * 6 + "b" * 7), "officials": counted("a" * 6 + "b" * 5)}
    assert with_colleges(shown, halves, rule).colleges["officials"]["b"] == 5
    uneven = {"residents": counted("a" * 11 + "b" * 7), "officials": counted("a" + "b" * 5)}
    assert with_colleges(shown, uneven, rule).colleges == {}


@given(st.lists(st.sets(st.sampled_from(OPTIONS), min_size=1), max_size=4))
def test_joining_is_the_finest_grouping_coarser_than_both(others):
    parts = tuple((code,) for code in OPTIONS)
    found = join(parts, [tuple(each) for each in others])
    assert sorted(chain(*found)) == list(OPTIONS)
    assert all(any(each <= set(codes) for codes in found) for each in others)
    assert join(found, parts) == found


# --- the attack -------------------------------------------------------------------------------------


def run(batches, kind):
    """The states shown after each batch, to organisers and to everyone, with the votes counted then."""
    definition = Definition(kind, "?", "", tuple(Option(code, code) for code in OPTIONS), 1, 1, 5, False)
    votes, states, history = "", States(), []
    for index, batch in enumerate(batches):
        votes += "".join(batch)
        step = end if index == len(batches) - 1 else move
        after = step(states, counted(votes), definition)
        history.append((votes, after.organisers, after.everyone))
        states = after
    return history


def seen(history, reader):
    """The states a reader saw, each with the moment of its count: what is shown may be older than now."""
    ends = {len(votes): index for index, (votes, *_states) in enumerate(history)}
    found = {one.count: one for one in (each[reader] for each in history) if one.count}
    return [(ends[count], one) for count, one in sorted(found.items())]


def attack(moments, states, minimum):
    """Sets of ballots (an interval, some options) fewer than `minimum` that the states isolate."""
    sizes, start = {}, 0
    for index, (votes, *_shown) in enumerate(moments):
        for code in OPTIONS:
            sizes[index, code] = votes[start:].count(code)
        start = len(votes)
    full = {key for key, size in sizes.items() if size}  # the attacker knows which are empty
    space = RowSpace()
    for index, state in states:
        for codes in [OPTIONS, *(one.codes for one in state.groups)]:
            space.add({key: 1 for key in full if key[0] <= index and key[1] in codes})
    subsets = [set(chosen) for size in range(1, 5) for chosen in combinations(OPTIONS, size)]
    for first in range(len(moments)):
        for last in range(first, len(moments)):
            for codes in subsets:
                keys = {key for key in full if first <= key[0] <= last and key[1] in codes}
                if 0 < sum(sizes[key] for key in keys) < minimum and space.contains(dict.fromkeys(keys, 1)):
                    yield keys


BATCHES = st.lists(st.lists(st.sampled_from("aaabbccd"), max_size=60), min_size=1, max_size=7)
FEW = st.lists(st.lists(st.sampled_from("ab"), max_size=40), min_size=1, max_size=7)


@settings(max_examples=80)
@given(BATCHES | FEW)
def test_no_small_group_is_ever_isolated(batches):
    history = run(batches, "single")
    ours, theirs = seen(history, 1), seen(history, 2)
    assert list(attack(history, [*ours, *theirs], ORGANISERS)) == []
    assert list(attack(history, theirs, EVERYONE)) == []


@settings(max_examples=60)
@given(BATCHES | FEW)
def test_what_is_shown_while_people_vote_costs_no_vote_at_the_end(batches):
    votes, *shown = run(batches, "single")[-1]
    for state in shown:
        if state.count and all(group.chosen for group in state.groups):
            assert state.count == len(votes)


def test_the_attack_finds_what_is_there_to_find():
    careless = [("aaaaa", None, None), ("aaaaabb", None, None)]
    states = [
        (index, Shown(len(votes), tuple(Group((c,), 0) for c in OPTIONS)))
        for index, (votes, *_x) in enumerate(careless)
    ]
    assert list(attack(careless, states, ORGANISERS))


@pytest.mark.parametrize("votes", ["a" * 6 + "b" * 5, ""])
def test_a_state_is_stored_and_read_back(votes):
    found = show(votes, is_final=True)
    assert Shown.from_json(found.to_json()) == found
