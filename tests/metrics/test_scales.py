"""Satisfaction measured one way: known values, bounds, independence from order, emptiness."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations import metrics
from consultations.metrics import CES, CSAT, FOUR_LEVELS, NPS, likert, totals

SCALES = (FOUR_LEVELS, CSAT, NPS, CES)


def counts_on(scale):
    return st.dictionaries(st.sampled_from(scale.steps), st.integers(0, 500))


@pytest.mark.parametrize(
    ("measure", "counts", "expected"),
    [
        (metrics.four_levels, {4: 30, 3: 40, 2: 20, 1: 10}, 70.0),
        (metrics.csat, {5: 40, 4: 20, 3: 20, 2: 10, 1: 10}, 60.0),
        (metrics.nps, {10: 30, 9: 20, 8: 20, 7: 10, 6: 10, 0: 10}, 30.0),
        (metrics.nps, {0: 5}, -100.0),
        (metrics.nps, {7: 5}, 0.0),
        (metrics.ces, {7: 3, 5: 3, 4: 2, 1: 2}, 60.0),
    ],
)
def test_known_values(measure, counts, expected):
    assert measure(counts) == pytest.approx(expected)


@pytest.mark.parametrize("measure", [metrics.four_levels, metrics.csat, metrics.nps, metrics.ces])
@pytest.mark.parametrize("nothing", [{}, {3: 0}])
def test_nobody_is_not_zero(measure, nothing):
    assert measure(nothing) is None


def test_a_mean_comes_with_its_base():
    found = likert({1: 1, 4: 3}, FOUR_LEVELS)
    assert (found.count, found.mean, found.top_share) == (4, 3.25, 0.75)


def test_a_step_outside_the_scale_is_refused():
    with pytest.raises(ValueError, match="csat"):
        likert({0: 3}, CSAT)
    with pytest.raises(ValueError, match="csat"):
        likert({1: -3}, CSAT)


@pytest.mark.parametrize("scale", SCALES, ids=lambda scale: scale.code)
def test_every_step_is_in_one_band(scale):
    assert not scale.top & scale.bottom
    assert scale.top | scale.bottom <= set(scale.steps)
    assert {scale.band(step) for step in scale.steps} <= {"top", "middle", "bottom"}


@given(st.sampled_from(SCALES).flatmap(lambda scale: st.tuples(st.just(scale), counts_on(scale))))
def test_bounds_and_adding_up(case):
    scale, counts = case
    found = likert(counts, scale)
    if not sum(counts.values()):
        assert found is None
        return
    assert min(scale.steps) <= found.mean <= max(scale.steps)
    assert 0 <= found.top_share <= 1
    assert -100 <= found.net <= 100
    assert found.top_share + found.bottom_share <= 1 + 1e-9
    doubled = likert({step: 2 * count for step, count in counts.items()}, scale)
    assert doubled.mean == pytest.approx(found.mean)
    assert doubled.net == pytest.approx(found.net)


@given(st.lists(st.sampled_from(NPS.steps), min_size=1, max_size=60), st.randoms())
def test_the_order_of_answers_changes_nothing(answers, random):
    shuffled = random.sample(answers, len(answers))

    def count(given):
        return {step: given.count(step) for step in dict.fromkeys(given)}

    assert metrics.nps(count(answers)) == metrics.nps(count(shuffled))


POINTS = st.dictionaries(st.sampled_from("abc"), st.integers(0, 5))


@given(st.lists(POINTS, max_size=30), st.randoms())
def test_points_add_up_whatever_the_order(ballots, random):
    found = totals(ballots, "abc")
    assert found == totals(random.sample(ballots, len(ballots)), "abc")
    assert sum(one.points for one in found.values()) == sum(sum(each.values()) for each in ballots)
    assert all((one.mean is None) == (one.count == 0) for one in found.values())


def test_an_option_left_out_is_not_a_zero():
    found = totals([{"a": 0, "b": 4}, {"b": 2}], ["a", "b", "c"])
    assert found["a"].mean == 0
    assert found["b"].mean == 3
    assert found["c"].mean is None
