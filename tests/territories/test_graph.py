"""The graph of territories, whatever its shape."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from territories.models import Territory
from territories.selectors import (
    AmbiguousTerritory,
    CyclicTerritory,
    ancestors,
    commune_to,
    descendants,
    resolve_code,
)
from tests.factories.territories import became, inside, territory

LEVELS = ("region", "departement", "epci", "commune")
DAY = datetime.date(2000, 1, 1)
# Each territory names parents among those before it, with the share it has there (None: whole).
graphs = st.lists(
    st.tuples(
        st.sampled_from(LEVELS),
        st.dictionaries(st.integers(0, 8), st.one_of(st.none(), st.floats(0.01, 0.99)), max_size=3),
    ),
    min_size=1,
    max_size=8,
)


class TestAnyGraph(TestCase):
    @settings(max_examples=40, deadline=None)
    @given(graphs)
    def test_up_and_down_agree_and_only_full_chains_are_full(
        self, drawn: list[tuple[str, dict[int, float | None]]]
    ) -> None:
        made: list[Territory] = []
        whole: dict[int, set[int]] = {}
        for level, parents in drawn:
            one = territory(level=level)
            whole[one.pk] = set()
            for index, weight in parents.items():
                if index < len(made):
                    inside(one, made[index], weight)
                    if weight is None:
                        whole[one.pk] |= {made[index].pk, *whole[made[index].pk]}
            made.append(one)
        for one in made:
            above = {kin.territory.pk: kin.is_full for kin in ancestors(one)}
            assert {pk for pk, is_full in above.items() if is_full} == whole[one.pk]
            for pk, is_full in above.items():
                below = {kin.territory.pk: kin.is_full for kin in descendants(Territory.objects.get(pk=pk))}
                assert below[one.pk] is is_full

    @settings(max_examples=30, deadline=None)
    @given(st.dictionaries(st.integers(0, 3), st.one_of(st.none(), st.floats(0.01, 0.99)), max_size=4))
    def test_roll_up_never_adds_a_commune_that_is_only_partly_inside(
        self, parents: dict[int, float | None]
    ) -> None:
        commune = territory()
        for index, weight in parents.items():
            inside(commune, territory(f"E{index}", "epci", code=f"E{index}"), weight)
        roll_up = commune_to("epci")
        wholes = {f"E{index}" for index, weight in parents.items() if weight is None}
        assert {*roll_up.full.values()} <= wholes
        assert bool(roll_up.full) == bool(wholes)

    @settings(max_examples=20, deadline=None)
    @given(st.integers(2, 5))
    def test_circle_of_relations_is_refused(self, size: int) -> None:
        ring = [territory(f"T{n}") for n in range(size)]
        for one, following in zip(ring, [*ring[1:], ring[0]], strict=True):
            inside(one, following)
        for walk in (ancestors, descendants):
            with pytest.raises(CyclicTerritory):
                walk(ring[0])


@pytest.mark.django_db
def test_circle_of_events_is_refused() -> None:
    one = territory("Un", code="A1", until=DAY)
    two = territory("Deux", code="A2", until=DAY)
    became(one, two, on=DAY)
    became(two, one, on=DAY)
    with pytest.raises(CyclicTerritory, match="Un"):
        resolve_code("A1")


@pytest.mark.django_db
def test_split_territory_is_ambiguous() -> None:
    became(territory(code="A1", until=DAY), territory("Est"), territory("Ouest"), on=DAY)
    with pytest.raises(AmbiguousTerritory, match="Est"):
        resolve_code("A1")


@pytest.mark.django_db
def test_old_code_is_followed_through_several_events() -> None:
    later = datetime.date(2010, 1, 1)
    first, second = territory(code="A1", until=DAY), territory(code="A2", since=DAY, until=later)
    third = territory("Aujourd'hui", code="A3", since=later)
    became(first, second, on=DAY)
    became(second, third, on=later)
    assert resolve_code("A1") == third
    assert resolve_code("A1", on=datetime.date(2005, 1, 1)) == second
