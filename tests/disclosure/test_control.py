"""Nothing about fewer people than the threshold is shown, and nothing can be had by subtraction."""

from itertools import product

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from observatory.disclosure import PUBLIC, SERVICES, Area, Counts, Earlier, Reason, Rule, Table, protect
from observatory.disclosure.attack import known_space, recovered_cells
from observatory.disclosure.rowspace import RowSpace

SMALL = Rule(minimum=4)


def table(counts, areas, slices=("yes", "no"), levels=("whole", "epci", "town"), **more):
    """A partition table from {part: (count of each slice)} and {level: {code: parts}}."""
    by_slice = {one: {part: row[i] for part, row in counts.items()} for i, one in enumerate(slices)}
    base = {part: sum(row) for part, row in counts.items()}
    named = {
        Area(level, code): frozenset(parts) for level, codes in areas.items() for code, parts in codes.items()
    }
    present = tuple(level for level in levels if level in areas)
    return Table(present, named, slices, Counts(base, by_slice, more.pop("others", {})), **more)


def test_level_with_enough_people_everywhere_is_published():
    one = table({"a": (20, 20), "b": (15, 11)}, {"whole": {"w": "ab"}, "town": {"a": "a", "b": "b"}})
    decisions = protect(one, rule=PUBLIC).levels
    assert all(decision.is_published for decision in decisions.values())


@pytest.mark.parametrize(
    ("b", "reason"),
    [
        ((7, 30), Reason.SMALL_COUNT),
        ((97, 3), Reason.SMALL_COUNT),
        ((3, 0), Reason.SMALL_COUNT),
        ((0, 40), Reason.NONE),
    ],
    ids=["small count", "complement: 97 of 100 reveals 3", "zero among three people", "nobody among forty"],
)
def test_level_with_a_small_cell_is_withheld_whole(b, reason):
    one = table({"a": (40, 60), "b": b}, {"whole": {"w": "ab"}, "town": {"a": "a", "b": "b"}})
    protection = protect(one, rule=PUBLIC)
    assert protection.levels["town"].reason == reason
    shown = {status for key, status in protection.status.items() if key.area.level == "town"}
    assert len(shown) == 1


def test_difference_between_department_and_the_epci_inside_it_is_refused():
    """Département minus its eleven EPCI is the two communes of CC des Deux Rives."""
    areas = {"whole": {"47": "abz"}, "epci": {"a": "a", "b": "b"}}
    one = table({"a": (30, 30), "b": (30, 30), "z": (4, 5)}, areas)
    assert protect(one, rule=PUBLIC).levels["epci"].reason == Reason.DIFFERENCE


def test_levels_that_do_not_nest_are_subtracted_too():
    areas = {"epci": {"p": "ab", "q": "c"}, "canton": {"r": "a", "s": "bc"}}
    one = table({"a": (40, 40), "b": (2, 2), "c": (40, 40)}, areas, levels=("epci", "canton"))
    assert protect(one, rule=PUBLIC).levels["canton"].reason == Reason.DIFFERENCE


def test_conditional_base_does_not_reveal_who_was_not_asked():
    one = table({"a": (20, 20)}, {"whole": {"w": "a"}}, others={"a": 3})
    assert not protect(one, rule=PUBLIC, is_conditional=True).levels["whole"].is_published
    assert protect(one, rule=PUBLIC).levels["whole"].is_published


def test_rare_choices_are_grouped_in_the_whole_level():
    one = table({"a": (40, 30, 6, 9)}, {"whole": {"w": "a"}}, slices=("bus", "car", "boat", "horse"))
    decision = protect(one, rule=PUBLIC).levels["whole"]
    assert decision.groups == (("bus",), ("car",), ("boat", "horse"))


def test_overlapping_rare_choice_is_left_out():
    counts = Counts({"a": 60}, {"bus": {"a": 40}, "boat": {"a": 3}})
    one = Table(("whole",), {Area("whole", "w"): frozenset("a")}, ("bus", "boat"), counts, is_partition=False)
    assert protect(one, rule=PUBLIC).levels["whole"].groups == (("bus",),)


@pytest.mark.parametrize(
    ("later", "is_published"),
    [((30, 30), True), ((33, 30), False), ((45, 30), True), ((45, 33), False)],
    ids=["same", "three new", "fifteen new", "three among fifteen and more"],
)
def test_difference_with_an_earlier_release_is_refused(later, is_published):
    areas = {"whole": {"w": "a"}}
    first = table({"a": (30, 30)}, areas)
    shown = {level: one.groups for level, one in protect(first, rule=PUBLIC).levels.items()}
    decision = protect(
        table({"a": later}, areas), rule=PUBLIC, earlier=[Earlier(first.counts, shown)]
    ).levels["whole"]
    assert decision.is_published is is_published
    assert decision.reason == (Reason.NONE if is_published else Reason.EARLIER_RELEASE)


@pytest.mark.parametrize(("amounts", "is_published"), [((86.0, 7.0, 7.0), False), ((50.0, 30.0, 20.0), True)])
def test_dominant_service_is_not_published(amounts, is_published):
    one = table({"a": (3, 3)}, {"whole": {"w": "a"}}, amounts={"a": amounts})
    assert protect(one, rule=SERVICES).levels["whole"].is_published is is_published


def test_rule_says_small_only_between_one_and_the_minimum():
    assert [PUBLIC.is_small(count) for count in (0, 1, 10, 11, -3)] == [False, True, True, False, True]


# Properties: every table of four parts, levels that nest or not, successive releases.

AREAS = [
    {
        "whole": {"w": "abcd"},
        "epci": {"p": "ab", "q": "cd"},
        "town": {"a": "a", "b": "b", "c": "c", "d": "d"},
    },
    {"whole": {"w": "abcd"}, "epci": {"p": "ab", "q": "c"}},
    {"whole": {"w": "abcd"}, "epci": {"p": "ab", "q": "cd"}, "town": {"r": "bc", "s": "a", "t": "d"}},
    {"epci": {"p": "ab", "q": "cd"}, "town": {"r": "a", "s": "bcd"}},
    {"whole": {"w": "abc"}, "epci": {"p": "bcd"}, "town": {"s": "ad"}},
]
rows = st.lists(st.tuples(*[st.integers(0, 9)] * 3), min_size=4, max_size=4)


def areas_of(levels):
    """{level: {code: parts}} from the code of each part at each level; no code, no area."""
    named = dict(zip(("whole", "epci", "town"), levels, strict=False))
    return {
        level: {
            one: [part for part, code in zip("abcd", codes, strict=False) if code == one]
            for one in {*codes} - {""}
        }
        for level, codes in named.items()
        if any(codes)
    }


def any_levels(parts):
    codes = st.lists(st.sampled_from(["p", "q", ""]), min_size=parts, max_size=parts)
    return st.lists(codes, min_size=2, max_size=3).map(areas_of).filter(bool)


shapes = st.sampled_from(AREAS) | any_levels(4)
SLICES = ("x", "y", "z")


def small_groups_isolated(space, persons, minimum):
    """Brute force: every set of persons' classes, not empty, of fewer than `minimum`.

    A published zero tells that everything it adds up is zero.
    """
    empty = {column for row in space.given for column in row if not sum(persons[one] for one in row)}
    columns = [column for column in persons if column not in empty]
    bare = RowSpace()
    for row in space.given:
        bare.add({column: factor for column, factor in row.items() if column in columns})
    return [
        group
        for group in smaller_sets(columns, persons, minimum)
        if sum(persons[one] for one in group) and bare.contains(dict.fromkeys(group, 1))
    ]


def smaller_sets(columns, persons, minimum):
    """Sets of columns that hold fewer than `minimum` people together."""
    sets = [()]
    for column in columns:
        sets += [(*one, column) for one in sets if sum(persons[c] for c in one) + persons[column] < minimum]
    return sets[1:]


class Recorder(RowSpace):
    """A row space that remembers the rows it was given."""

    def __init__(self):
        super().__init__()
        self.given = []

    def add(self, row):
        self.given.append(row)
        return super().add(row)


@pytest.fixture(autouse=True)
def recorded(monkeypatch):
    monkeypatch.setattr("observatory.disclosure.attack.RowSpace", Recorder)


@settings(max_examples=150, deadline=None)
@given(rows, shapes)
@example([(0, 1, 3), (0, 0, 0), (4, 2, 2), (4, 3, 2)], AREAS[-1])
@example(
    [(6, 9, 1), (5, 2, 4), (9, 8, 2), (9, 0, 2)], {"whole": {"w": "acd"}, "epci": {"p": "bcd", "q": "a"}}
)
def test_no_small_group_of_persons_is_isolated(counts, areas):
    one = table(dict(zip("abcd", counts, strict=True)), areas, SLICES)
    protection = protect(one, rule=SMALL)
    persons = {(0, p, s): one.counts.slices[s][p] for p, s in product("abcd", SLICES)}
    assert small_groups_isolated(known_space(one, protection), persons, SMALL.minimum) == []
    assert recovered_cells(one, protection, rule=SMALL) == []


three = st.lists(st.tuples(*[st.integers(0, 9)] * 3), min_size=3, max_size=3)
TRIOS = [
    {"whole": {"w": "abc"}, "epci": {"p": "ab", "q": "c"}, "town": {"a": "a", "b": "b", "c": "c"}},
    {"whole": {"w": "abc"}, "epci": {"p": "ab"}},
    {"epci": {"p": "ab", "q": "c"}, "town": {"r": "a", "s": "bc"}},
]


@settings(max_examples=150, deadline=None)
@given(three, three, st.sampled_from(TRIOS) | any_levels(3))
@example(
    [(2, 3, 2), (2, 2, 4), (0, 0, 4)],
    [(2, 1, 0), (3, 3, 1), (4, 0, 0)],
    {"whole": {"w": "abc"}, "epci": {"p": "ac"}},
)
@example(
    [(0, 1, 9), (0, 5, 8), (8, 0, 4)],
    [(0, 6, 0), (0, 7, 0), (0, 7, 0)],
    {"whole": {"w": "abc"}, "epci": {"p": "ac", "q": "b"}},
)
def test_no_small_group_is_isolated_by_a_later_release(counts, added, areas):
    before = dict(zip("abc", counts, strict=True))
    after = {
        p: tuple(map(sum, zip(before[p], more, strict=True))) for p, more in zip("abc", added, strict=True)
    }
    first, now = table(before, areas, SLICES), table(after, areas, SLICES)
    shown = {d.level: d.groups for d in protect(first, rule=SMALL).levels.values() if d.is_published}
    past = [Earlier(first.counts, shown)]
    protection = protect(now, rule=SMALL, earlier=past)
    persons = {(0, p, s): first.counts.slices[s][p] for p, s in product("abc", SLICES)}
    persons |= {
        (1, p, s): now.counts.slices[s][p] - first.counts.slices[s][p] for p, s in product("abc", SLICES)
    }
    assert small_groups_isolated(known_space(now, protection, past), persons, SMALL.minimum) == []


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.integers(0, 1), min_size=5, max_size=5), min_size=1, max_size=6), st.data())
def test_row_space_holds_every_combination_of_its_rows(matrix, data):
    space = RowSpace()
    for row in matrix:
        space.add(dict(enumerate(row)))
    factors = data.draw(st.lists(st.integers(-3, 3), min_size=len(matrix), max_size=len(matrix)))
    mixed = {i: sum(f * row[i] for f, row in zip(factors, matrix, strict=True)) for i in range(5)}
    assert space.contains(mixed)
    assert len(space) <= 5
    assert space.contains({0: 1}) is not space.add({0: 1})


def test_choice_added_by_a_later_version_does_not_withhold_the_level():
    areas = {"whole": {"w": "a"}}
    first = table({"a": (30, 30)}, areas)
    shown = {level: one.groups for level, one in protect(first, rule=PUBLIC).levels.items()}
    now = table({"a": (30, 30, 20)}, areas, slices=("yes", "no", "later"))
    few = table({"a": (30, 30, 8)}, areas, slices=("yes", "no", "later"))
    past = [Earlier(first.counts, shown)]
    assert protect(now, rule=PUBLIC, earlier=past).levels["whole"].is_published
    assert not protect(few, rule=PUBLIC, earlier=past).levels["whole"].is_published


WHOLE = AREAS[:3]
WHOLE_TRIOS = TRIOS[:2]


def test_choices_are_told_of_the_whole_only_and_totals_elsewhere():
    one = table({"a": (30, 3), "b": (40, 40)}, {"whole": {"w": "ab"}, "town": {"a": "a", "b": "b"}})
    assert not protect(one, rule=PUBLIC).levels["town"].is_published
    levels = protect(one, rule=PUBLIC, choices_at="whole").levels
    assert levels["whole"].groups == (("yes",), ("no",))
    assert levels["town"].is_published and levels["town"].groups == ()


def test_totals_alone_are_withheld_where_they_tell_too_much():
    one = table({"a": (30, 30), "b": (4, 4)}, {"whole": {"w": "ab"}, "town": {"a": "a", "b": "b"}})
    assert protect(one, rule=PUBLIC, choices_at="whole").levels["town"].reason == Reason.SMALL_COUNT


def test_a_whole_whose_choices_are_rare_still_tells_its_total():
    one = table({"a": (10, 9)}, {"whole": {"w": "a"}})
    decision = protect(one, rule=PUBLIC, choices_at="whole").levels["whole"]
    assert decision.is_published and decision.groups == ()


def test_choices_of_a_level_that_is_not_the_whole_are_refused():
    one = table({"a": (20, 20), "b": (20, 20)}, {"whole": {"w": "ab"}, "town": {"a": "a", "b": "b"}})
    with pytest.raises(ValueError, match="town"):
        protect(one, rule=PUBLIC, choices_at="town")


@settings(max_examples=150, deadline=None)
@given(rows, st.sampled_from(WHOLE))
def test_no_small_group_is_isolated_where_only_the_whole_tells_choices(counts, areas):
    one = table(dict(zip("abcd", counts, strict=True)), areas, SLICES)
    protection = protect(one, rule=SMALL, choices_at="whole")
    persons = {(0, p, s): one.counts.slices[s][p] for p, s in product("abcd", SLICES)}
    assert small_groups_isolated(known_space(one, protection), persons, SMALL.minimum) == []
    assert recovered_cells(one, protection, rule=SMALL) == []


@settings(max_examples=150, deadline=None)
@given(three, three, st.sampled_from(WHOLE_TRIOS))
def test_no_small_group_is_isolated_by_later_totals(counts, added, areas):
    before = dict(zip("abc", counts, strict=True))
    after = {
        p: tuple(map(sum, zip(before[p], more, strict=True))) for p, more in zip("abc", added, strict=True)
    }
    first, now = table(before, areas, SLICES), table(after, areas, SLICES)
    decided = protect(first, rule=SMALL, choices_at="whole").levels.values()
    past = [Earlier(first.counts, {d.level: d.groups for d in decided if d.is_published})]
    protection = protect(now, rule=SMALL, earlier=past, choices_at="whole")
    persons = {(0, p, s): first.counts.slices[s][p] for p, s in product("abc", SLICES)}
    persons |= {
        (1, p, s): now.counts.slices[s][p] - first.counts.slices[s][p] for p, s in product("abc", SLICES)
    }
    assert small_groups_isolated(known_space(now, protection, past), persons, SMALL.minimum) == []
