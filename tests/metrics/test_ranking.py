"""Rankings: known elections, ties said, and laws that hold for any ballots."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.metrics import borda, condorcet_winner, instant_runoff

OPTIONS = ["a", "b", "c", "d"]
BALLOT = st.permutations(OPTIONS).flatmap(lambda order: st.integers(0, 4).map(lambda size: order[:size]))
BALLOTS = st.lists(BALLOT, max_size=25)

# Tennessee's capital, the textbook election: Nashville is everyone's compromise, Knoxville wins the runoff.
TENNESSEE = (
    [["memphis", "nashville", "chattanooga", "knoxville"]] * 42
    + [["nashville", "chattanooga", "knoxville", "memphis"]] * 26
    + [["chattanooga", "knoxville", "nashville", "memphis"]] * 15
    + [["knoxville", "chattanooga", "nashville", "memphis"]] * 17
)
CITIES = ["memphis", "nashville", "chattanooga", "knoxville"]


def test_the_textbook_election():
    assert [(one.code, one.points) for one in borda(TENNESSEE, CITIES)] == [
        ("nashville", 194), ("chattanooga", 173), ("memphis", 126), ("knoxville", 107),
    ]  # fmt: skip
    found = instant_runoff(TENNESSEE, CITIES)
    assert found.winners == ("knoxville",)
    assert [one.eliminated for one in found.rounds] == [("chattanooga",), ("nashville",), ()]
    assert condorcet_winner(TENNESSEE, CITIES) == "nashville"


@pytest.mark.parametrize("ballots", [[], [[], []], [["unknown"]]])
def test_nobody_ranked_anything(ballots):
    assert borda(ballots, OPTIONS) is None
    assert instant_runoff(ballots, OPTIONS) is None
    assert condorcet_winner(ballots, OPTIONS) is None


def test_a_tie_is_said():
    ballots = [["a", "b"], ["b", "a"]]
    assert [one.place for one in borda(ballots, ["a", "b"])] == [1, 1]
    assert instant_runoff(ballots, ["a", "b"]).winners == ("a", "b")
    assert condorcet_winner(ballots, ["a", "b"]) is None


def test_a_cycle_has_no_winner_of_duels():
    assert condorcet_winner([["a", "b", "c"], ["b", "c", "a"], ["c", "a", "b"]], ["a", "b", "c"]) is None


def test_the_fewest_points_leave_first_when_first_choices_are_equal():
    ballots = [["a", "b", "c"]] * 3 + [["b", "c", "a"]] * 2 + [["c", "b", "a"]] * 2
    assert instant_runoff(ballots, ["a", "b", "c"]).rounds[0].eliminated == ("c",)


def test_options_left_out_share_what_is_left():
    points = {one.code: one.points for one in borda([["a"]], OPTIONS)}
    assert points == {"a": 3, "b": 1, "c": 1, "d": 1}


@given(BALLOTS, st.randoms())
def test_the_order_of_ballots_changes_nothing(ballots, random):
    shuffled = random.sample(ballots, len(ballots))
    assert borda(ballots, OPTIONS) == borda(shuffled, OPTIONS)
    assert instant_runoff(ballots, OPTIONS) == instant_runoff(shuffled, OPTIONS)
    assert condorcet_winner(ballots, OPTIONS) == condorcet_winner(shuffled, OPTIONS)


@given(BALLOTS, st.permutations(OPTIONS))
def test_the_names_of_options_change_nothing(ballots, renamed):
    names = dict(zip(OPTIONS, renamed, strict=True))
    other = [[names[code] for code in ballot] for ballot in ballots]
    before, after = instant_runoff(ballots, OPTIONS), instant_runoff(other, OPTIONS)
    assert (before is None) == (after is None)
    if before and after:
        assert {names[code] for code in before.winners} == set(after.winners)
    standings = {one.code: (one.points, one.place) for one in borda(ballots, OPTIONS) or ()}
    renamed_standings = {one.code: (one.points, one.place) for one in borda(other, OPTIONS) or ()}
    assert {names[code]: each for code, each in standings.items()} == renamed_standings


@given(BALLOTS)
def test_points_add_up_and_stay_within_bounds(ballots):
    voters = sum(bool(ballot) for ballot in ballots)
    found = borda(ballots, OPTIONS)
    if not voters:
        assert found is None
        return
    assert sum(one.points for one in found) == voters * 6
    assert all(0 <= one.points <= 3 * voters for one in found)
    assert [one.place for one in found] == sorted(one.place for one in found)


@given(BALLOTS)
def test_rounds_lose_options_and_never_ballots(ballots):
    found = instant_runoff(ballots, OPTIONS)
    if found is None:
        return
    voters = sum(bool(ballot) for ballot in ballots)
    assert all(sum(one.counts.values()) + one.exhausted == voters for one in found.rounds)
    sizes = [len(one.counts) for one in found.rounds]
    assert sizes == sorted(set(sizes), reverse=True)
    assert set(found.winners) <= set(found.rounds[-1].counts)


@given(BALLOTS)
def test_a_majority_of_first_choices_wins_everything_but_points(ballots):
    firsts = [ballot[0] for ballot in ballots if ballot]
    leader = max(OPTIONS, key=firsts.count)
    if firsts and 2 * firsts.count(leader) > len(firsts):
        assert instant_runoff(ballots, OPTIONS).winners == (leader,)
        assert condorcet_winner(ballots, OPTIONS) == leader
