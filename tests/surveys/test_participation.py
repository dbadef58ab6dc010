"""What organisers see of participation: never fewer than five people, not even by subtraction."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import settings as run_settings
from hypothesis import strategies as st

from consultations.surveys.crossing import Crossing, advance_crossing, key_of
from consultations.surveys.models import ParticipationState
from consultations.surveys.participation import (
    THRESHOLD,
    Breakdown,
    Counted,
    Period,
    Shown,
    advance,
    advance_breakdown,
    make_periods,
)
from consultations.surveys.selectors import closed_answers, codebook, participation, responses_by_commune
from consultations.surveys.services import rebuild_projection
from observatory.disclosure.rowspace import RowSpace
from territories.models import TerritoryRelation
from tests.factories.days import days_ago
from tests.factories.process import place
from tests.factories.surveys import answer, commune, open_survey
from tests.surveys.documents import question, questionnaire

responses = st.lists(
    st.tuples(
        st.sampled_from(["2026-03-01", "2026-03-02", "2026-03-03"]),
        st.sampled_from(["alone", "helped", "proxy"]),
        st.sampled_from(["", "10", "11", "12", "13"]),
    ),
    max_size=120,
)


def count(rows, position):
    counts = {}
    for row in rows:
        counts[row[position]] = counts.get(row[position], 0) + 1
    return counts


def history(rows, step):
    """What is shown as responses arrive, `step` at a time."""
    shown = [Shown()]
    for end in range(step, len(rows) + step, step):
        now = rows[:end]
        cells = {}
        for _day, mode, place_code in now:
            key = key_of(mode, place_code)
            cells[key] = cells.get(key, 0) + 1
        shown.append(advance(shown[-1], Counted(count(now, 0), count(now, 1), count(now, 2), cells)))
    return shown


def is_safe(difference):
    return difference == 0 or abs(difference) >= THRESHOLD


@run_settings(deadline=None, max_examples=30)
@given(responses, st.integers(1, 9))
def test_no_two_figures_ever_shown_differ_by_fewer_than_five_people(rows, step):
    views = history(rows, step)
    totals = [0, *(view.total for view in views)]
    for view in views:
        totals += [sum(view.by_mode.counts.values()), sum(view.by_territory.counts.values())]
        totals.append(sum(period.count for period in view.periods))
    assert all(is_safe(one - other) for one, other in combinations(totals, 2))


@run_settings(deadline=None, max_examples=30)
@given(responses, st.integers(1, 9))
def test_no_category_moves_by_fewer_than_five_people(rows, step):
    for before, after in pairwise(history(rows, step)):
        for name in ("by_mode", "by_territory"):
            old, new = getattr(before, name), getattr(after, name)
            assert set(old.others) <= set(new.others)
            for category in set(new.shown()) - set(new.others):
                assert is_safe(new.shown()[category] - old.counts.get(category, 0))
            joined = sum(old.counts.get(category, 0) for category in new.others)
            assert is_safe(new.others_count - joined)


@run_settings(deadline=None, max_examples=30)
@given(responses)
def test_every_period_holds_five_people(rows):
    assert all(period.count >= THRESHOLD for view in history(rows, 1) for period in view.periods)


@run_settings(deadline=None, max_examples=30)
@given(responses, st.integers(5, 40))
def test_the_crossing_and_its_margins_isolate_nobody(rows, step):
    """An independent oracle: every figure ever shown of modes and territories, as sums of the exact cells."""
    arrivals, moments, sums = [], [], []
    for end, view in zip([0, *range(step, len(rows) + step, step)], history(rows, step), strict=True):
        moment = min(end, len(rows))
        arrivals = [(index, key_of(mode, where)) for index, (_day, mode, where) in enumerate(rows[:moment])]
        crossed = sum(view.crossing.counted.values())
        if not crossed or view.crossing.is_over:
            break
        if moments and moments[-1] == crossed:
            continue
        moments.append(crossed)
        counted = arrivals[:crossed]
        by_cell = {}
        for index, key in counted:
            mode, where = key.split("|")
            names = (("mode", mode), ("place", where), ("cell", view.crossing.grouping.cell(key)))
            for name in names:
                by_cell.setdefault(name, set()).add(index)
        sums += list(by_cell.values())
        figures = {name: len(people) for name, people in by_cell.items()}
        for (mode, where), shown in view.crossing.shown().items():
            assert shown == figures["cell", key_of(mode, where)]
            assert shown >= THRESHOLD
    classes = {}
    for index in range(len(rows)):
        signature = frozenset(number for number, people in enumerate(sums) if index in people)
        if signature:
            classes.setdefault(signature, set()).add(index)
    space = RowSpace()
    for number in range(len(sums)):
        space.add({signature: 1 for signature in classes if number in signature})
    small = [signature for signature, people in classes.items() if len(people) < THRESHOLD]
    for size in (1, 2):
        for chosen in combinations(small, size):
            if sum(len(classes[one]) for one in chosen) < THRESHOLD:
                assert not space.contains(dict.fromkeys(chosen, 1))


def test_a_crossing_shows_joins_and_gives_up():
    safe = {"alone|10": 9, "helped|10": 6, "alone|11": 8, "helped|11": 5}
    crossing, moves = advance_crossing(Crossing(), safe, moves=True)
    assert moves and crossing.shown()[("helped", "11")] == 5
    small = {**safe, "alone|10": 20, "proxy|11": 1}
    assert advance_crossing(crossing, small, moves=True) == (crossing, False)
    late = {**safe, "proxy|10": 70, "proxy|11": 1}
    over, moves = advance_crossing(crossing, late, moves=False)
    assert moves and over.is_over and over.counted == crossing.counted


@given(responses)
def test_state_survives_storage(rows):
    shown = history(rows, 7)[-1]
    assert Shown.from_json(shown.to_json()) == shown


def test_days_are_joined_until_five():
    days = {"2026-03-01": 3, "2026-03-02": 3, "2026-03-04": 9, "2026-03-05": 2}
    assert make_periods(days) == [
        Period("2026-03-01", "2026-03-02", 6),
        Period("2026-03-04", "2026-03-05", 11),
    ]
    assert make_periods({"2026-03-01": 4}) == []


def test_a_small_category_withholds_then_joins_the_others():
    assert advance_breakdown(Breakdown(), {"a": 9, "b": 8, "c": 1}).is_withheld
    moved = advance_breakdown(Breakdown(), {"a": 19, "b": 8, "c": 7, "d": 1})
    assert moved.others == ("d", "c")
    assert (moved.shown(), moved.others_count) == ({"a": 19, "b": 8}, 8)


@pytest.mark.django_db
class TestSelectors:
    def test_four_responses_show_nothing_and_five_show(self):
        survey = open_survey(questionnaire(question("a")))
        for _index in range(4):
            answer(survey, {"a": "oui"})
        seen = participation(survey)
        assert (seen.total, seen.is_waiting, seen.periods, seen.by_mode) == (0, True, (), None)
        answer(survey, {"a": "oui"})
        seen = participation(survey)
        assert (seen.total, seen.is_waiting) == (5, False)
        assert [line.count for line in seen.by_mode or ()] == [5]

    def test_communes_are_added_up_to_one_level(self):
        group = place("Albret", "epci")
        for code, name in (("47001", "Agen"), ("47002", "Nérac")):
            commune(code, name, within=group)
        assert TerritoryRelation.objects.count() == 2
        survey = open_survey(questionnaire(question("lieu", "commune", role="territory")))
        for code in ("47001", "47001", "47002", "47002", "47002"):
            answer(survey, {"lieu": code})
        seen = participation(survey)
        assert [(line.label, line.count) for line in seen.by_territory or ()] == [("Albret", 5)]

    def test_territories_are_crossed_with_ways_of_answering(self):
        for number, name in enumerate(("Albret", "Marmande"), start=1):
            commune(f"4700{number}", f"Ville {number}", within=place(name, "epci"))
        survey = open_survey(questionnaire(question("lieu", "commune", role="territory")))
        for code, mode in [("47001", "alone"), ("47001", "helped"), ("47002", "alone")] * 5:
            answer(survey, {"lieu": code}, mode=mode)
        ParticipationState.objects.all().delete()
        rebuild_projection(survey)
        crossed = participation(survey).crossed
        assert crossed is not None and crossed.total == 15
        assert crossed.rows == (("Albret", (5, 5)), ("Marmande", (5, 0)))

    def test_reading_costs_two_queries(self, django_assert_num_queries):
        survey = open_survey(questionnaire(question("a")))
        for _index in range(6):
            answer(survey, {"a": "oui"}, on=days_ago(0))
        assert ParticipationState.objects.count() == 1
        with django_assert_num_queries(2):
            participation(survey)

    def test_closed_answers_count_by_choice_and_commune(self, django_assert_num_queries):
        town = commune()
        survey = open_survey(
            questionnaire(
                question("a"),
                question("m", "multiple"),
                question("s", "scale"),
                question("lieu", "commune", role="territory"),
                question("t", "text"),
            )
        )
        answer(survey, {"a": "oui", "m": ["oui", "non"], "s": 7, "lieu": "47001", "t": "Merci"})
        answer(survey, {"a": "non", "lieu": "47001"})
        answer(survey, {"a": "oui"})
        with django_assert_num_queries(4):
            found = closed_answers(survey)
        assert found.response_count == 3
        assert {(c.question_code, c.choice_code, c.territory_code, c.count) for c in found.counts} == {
            ("a", "oui", "47001", 1),
            ("a", "non", "47001", 1),
            ("a", "oui", "", 1),
            ("m", "oui", "47001", 1),
            ("m", "non", "47001", 1),
            ("s", "7", "47001", 1),
        }
        assert ("a", town.pk, "47001", 2) in [
            (b.question_code, b.territory_id, b.territory_code, b.count) for b in found.bases
        ]
        assert responses_by_commune(survey) == {town.pk: 2, None: 1}

    def test_the_codebook_joins_all_versions(self):
        survey = open_survey(questionnaire(question("a"), question("b")))
        choices = [
            {"code": "oui", "label": {"fr": "Oui"}},
            {"code": "nsp", "label": {"fr": "Je ne sais pas"}},
        ]
        survey.versions.create(
            number=2, definition=questionnaire(question("a", choices=choices)), content_hash="x"
        )
        book = {each.code: [choice.code for choice in each.choices] for each in codebook(survey)}
        assert book == {"a": ["oui", "nsp", "non"], "b": ["oui", "non"]}
