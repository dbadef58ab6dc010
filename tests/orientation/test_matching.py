"""What suits, in which order, and why: laws over any list of services."""

import datetime
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orientation.matching import (
    FARTHEST_KM,
    Offer,
    Why,
    Wish,
    answers_need,
    is_unmet,
    match_offer,
    match_offers,
    next_match,
)

DAY = datetime.date(2026, 11, 22)
AGEN = (44.2033, 0.6163)
NERAC, TOULOUSE = (44.1360, 0.3390), (43.6045, 1.4440)
CODES = ("1.1.1", "1.2.1.1", "1.3.2", "1.3.2.2", "1.E.2")
POINTS = (AGEN, NERAC, TOULOUSE)
sets = st.frozensets


@st.composite
def offers(draw: st.DrawFn) -> Offer:
    low = draw(st.none() | st.integers(0, 90))
    return Offer(
        pk=draw(st.integers(1, 10_000)),
        needs=draw(sets(st.sampled_from(CODES), max_size=3)),
        coverage=draw(sets(st.integers(1, 4), max_size=2)),
        eligible=draw(sets(st.integers(1, 4), max_size=1)),
        points=tuple(draw(st.lists(st.sampled_from(POINTS), max_size=2))),
        age_min=low,
        age_max=draw(st.none() | st.integers(low or 0, 110)),
        audiences=draw(sets(st.sampled_from(("seniors", "familles", "tous-publics")), max_size=2)),
        modes=draw(sets(st.sampled_from(("home", "on_site", "remote")), max_size=2)),
        is_closed=draw(st.booleans()),
        is_full=draw(st.booleans()),
        is_waiting=draw(st.booleans()),
    )


wishes = st.builds(
    Wish,
    needs=sets(st.sampled_from(CODES), min_size=1, max_size=3),
    holders=st.just(frozenset({1, 2})) | st.just(frozenset()),
    point=st.sampled_from((AGEN, None)),
    ages=st.sampled_from((None, (60, 120), (18, 25))),
    audiences=sets(st.sampled_from(("seniors", "familles")), max_size=2),
    modes=sets(st.sampled_from(("home", "remote")), max_size=1),
)
lists = st.lists(offers(), max_size=12, unique_by=lambda one: one.pk)


@given(wishes, lists, st.randoms())
def test_the_order_does_not_depend_on_the_order_of_records(
    wish: Wish, rows: list[Offer], random: object
) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert match_offers(wish, rows, day=DAY) == match_offers(wish, shuffled, day=DAY)


@given(wishes, lists)
def test_those_that_can_take_someone_come_first_then_the_nearest(wish: Wish, rows: list[Offer]) -> None:
    found = match_offers(wish, rows, day=DAY)
    assert [one.is_available for one in found] == sorted((one.is_available for one in found), reverse=True)
    walkable = [
        one for one in found if one.is_available and one.km is not None and "home" not in one.offer.modes
    ]
    assert [one.km // 100 for one in walkable if one.km] == sorted(
        one.km // 100 for one in walkable if one.km
    )


@given(wishes, lists, offers())
def test_another_service_never_removes_one_nor_changes_its_reasons(
    wish: Wish, rows: list[Offer], more: Offer
) -> None:
    before = {one.offer.pk: one for one in match_offers(wish, rows, day=DAY)}
    after = {one.offer.pk: one for one in match_offers(wish, [*rows, replace(more, pk=20_000)], day=DAY)}
    assert all(after[pk] == one for pk, one in before.items())


@given(wishes, offers())
def test_what_is_proposed_answers_a_need_and_suits(wish: Wish, offer: Offer) -> None:
    match = match_offer(wish, offer)
    if match is None:
        return
    assert match.needs and match.reasons[0].why == Why.NEED
    assert set(match.needs) <= wish.needs
    if wish.ages:
        assert (offer.age_min or 0) <= wish.ages[1] and (offer.age_max or 200) >= wish.ages[0]
    if wish.holders and offer.coverage:
        assert offer.coverage & wish.holders
    if match.km is not None and not offer.coverage and wish.holders:
        assert match.km <= FARTHEST_KM
    assert bool(match.cautions) >= (not match.is_available)


@given(wishes, offers())
def test_answering_fewer_questions_never_loses_a_service(wish: Wish, offer: Offer) -> None:
    if match_offer(wish, offer):
        assert match_offer(Wish(needs=wish.needs), offer)


@given(wishes, lists)
def test_the_second_choice_was_not_asked_and_can_take_someone(wish: Wish, rows: list[Offer]) -> None:
    ranked = match_offers(wish, rows, day=DAY)
    asked = {one.offer.pk for one in ranked[:1]}
    choice = next_match(wish, rows, day=DAY, asked=asked)
    if choice is None:
        assert is_unmet([one for one in ranked if one.offer.pk not in asked])
    else:
        assert choice.is_available and choice.offer.pk not in asked


@pytest.mark.parametrize(
    ("offered", "wanted", "answers"),
    [
        ("1.3.2.2", "1.3.2.2", True),
        ("1.3.2", "1.3.2.2", True),
        ("1.3.2.2", "1.3.2", True),
        ("1.3.2", "1.3.20", False),
        ("1.3.2.1", "1.3.2.2", False),
        ("1.1.1", "1.1.10", False),
    ],
)
def test_codes_answer_their_branch(offered: str, wanted: str, answers: bool) -> None:
    assert answers_need(offered, wanted) is answers


def test_the_shuffle_changes_with_the_day_and_is_the_same_for_everybody() -> None:
    rows = [Offer(pk, frozenset({"1.E.2"})) for pk in range(1, 12)]
    wish = Wish(frozenset({"1.E.2"}))
    orders = {
        tuple(one.offer.pk for one in match_offers(wish, rows, day=DAY + datetime.timedelta(days=step)))
        for step in range(7)
    }
    assert len(orders) == 7


def test_far_full_and_closed_are_said() -> None:
    wish = Wish(frozenset({"1.E.2"}), holders=frozenset({1}), point=AGEN)
    one = Offer(
        1, frozenset({"1.E.2"}), coverage=frozenset({1}), points=(TOULOUSE,), is_full=True, is_closed=True
    )
    match = match_offer(wish, one)
    assert match is not None
    assert {reason.why for reason in match.cautions} == {Why.FAR, Why.FULL, Why.CLOSED}
