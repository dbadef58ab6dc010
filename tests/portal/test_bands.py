"""Numbers, dates and communes in the observatory: fixed bands, nothing below eleven, nothing by subtraction."""

import random
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.process.models import Consultation
from consultations.surveys.bands import band_of, bands_of
from consultations.surveys.definition import parse_definition
from consultations.surveys.models import Survey
from observatory.disclosure import PUBLIC, Area, Counts, Earlier, Rule, Table, protect
from observatory.disclosure.rowspace import RowSpace
from observatory.indicators.models import Indicator, PublishedCell, Release
from observatory.portal.selectors import collection
from observatory.portal.services import publish_survey
from tests.factories.process import ConsultationFactory
from tests.factories.surveys import answer, open_survey
from tests.surveys.documents import question, questionnaire

DOCUMENT = questionnaire(
    question("commune", "commune", role="territory"),
    question("visites", "number", min=0, max=50, step=1, bands=[1, 4, 8], unit={"fr": "visites"}),
    question("reunion", "date", first_day="2026-12-01", last_day="2027-02-28"),
    question("travail", "commune"),
    question("libre", "number"),
    question("mots", "text"),
)
EDGES = parse_definition(DOCUMENT).by_code["visites"]
CODES = tuple(band.code for band in bands_of(EDGES))


@pytest.fixture
def survey(place) -> Survey:
    consultation = ConsultationFactory(status=Consultation.Status.PUBLISHED, territory=place.departement)
    return open_survey(DOCUMENT, consultation=consultation, slug="liens", title="Vos liens")


def give(survey: Survey, count: int, **answers) -> None:
    for _ in range(count):
        answer(survey, {"commune": "47001", **answers})


def cells(code: str, level: str = "departement") -> dict[str, tuple]:
    found = PublishedCell.objects.filter(indicator_code=f"liens--{code}", level_code=level)
    return {one.slice_key: (one.slice_label, one.value) for one in found}


def test_number_is_published_by_its_bands_empty_ones_included(survey):
    give(survey, 12, visites=0)
    give(survey, 15, visites=8)
    publish_survey(actor=None, survey=survey)
    assert cells("visites") == {
        "total": ("", 27),
        "lt1": ("0 visites", 12),
        "ge1-lt4": ("1 à 3 visites", 0),
        "ge4-lt8": ("4 à 7 visites", 0),
        "ge8": ("8 visites et plus", 15),
    }


def test_exact_numbers_and_days_are_nowhere_in_what_is_published(survey):
    give(survey, 20, visites=6, reunion="2026-12-24")
    give(survey, 20, visites=37, reunion="2027-01-19")
    release = publish_survey(actor=None, survey=survey)
    everything = str(list(release.cells.values_list("slice_key", "slice_label", "value"))) + str(
        release.report
    )
    assert not [exact for exact in ("37", "2026-12-24", "24", "19") if exact in everything]
    assert cells("reunion")["2026-12"] == ("décembre 2026", 20)
    assert cells("reunion")["2027-02"] == ("février 2027", 0)


def test_commune_that_is_not_the_place_of_the_answer_is_counted_by_intercommunality(survey, place):
    place.add("commune", "33063", "Bordeaux")
    give(survey, 15, travail="47002")
    give(survey, 14, travail="47004")
    give(survey, 13, travail="33063")
    publish_survey(actor=None, survey=survey)
    assert {key: value for key, (_label, value) in cells("travail").items()} == {
        "total": 42, "1": 15, "2": 14, "3": 0, "ailleurs": 13,
    }  # fmt: skip
    assert not Indicator.objects.filter(code="liens--commune").exists()


def test_questions_without_figure_say_why(survey):
    give(survey, 12, visites=0, libre=7, mots="Bonjour")
    publish_survey(actor=None, survey=survey)
    left_out = {one.label: one.reason for one in collection("liens").left_out}
    assert list(left_out) == ["Question commune ?", "Question libre ?", "Question mots ?"]
    assert left_out["Question mots ?"] == "Free answers, never published as they are."
    assert not Indicator.objects.filter(code__in=["liens--libre", "liens--mots"]).exists()


def test_few_answers_in_a_band_are_never_shown(survey):
    give(survey, 30, visites=2)
    give(survey, 25, visites=5)
    give(survey, 3, visites=0)
    give(survey, 9, visites=20)
    publish_survey(actor=None, survey=survey)
    assert {key: value for key, (_label, value) in cells("visites").items()} == {
        "total": 67, "ge1-lt4": 30, "ge4-lt8": 25, "ge8+lt1": 12,
    }  # fmt: skip


def test_page_table_and_file_show_the_bands(survey, client):
    give(survey, 12, visites=0)
    give(survey, 15, visites=8)
    publish_survey(actor=None, survey=survey)
    page = client.get("/observatoire/liens--visites/?niveau=departement&vue=tableau").content.decode()
    assert "8 visites et plus" in page
    chart = client.get("/observatoire/liens--visites/donnees.json").json()
    assert chart["answers"][0]["label"] == "0 visites"
    file = b"".join(client.get("/observatoire/liens--visites/donnees.csv").streaming_content).decode()
    assert ",ge8,8 visites et plus,55.6,%,15,27,A,F," in file
    assert client.get("/observatoire/liens--visites/integrer/").status_code == 200


# Properties: any numbers given in four communes, twice; an attacker adds and subtracts everything shown.

AREAS = {
    "whole": {"w": "abcd"},
    "epci": {"p": "ab", "q": "cd"},
    "town": {"a": "a", "b": "b", "c": "c", "d": "d"},
}
SMALL = Rule(minimum=4)
given_numbers = st.lists(st.tuples(st.sampled_from("abcd"), st.integers(0, 12)), max_size=120)


def counted(numbers: list[tuple[str, int]]) -> Table:
    slices = {code: dict.fromkeys("abcd", 0) for code in CODES}
    for town, number in numbers:
        slices[str(band_of(EDGES, number))][town] += 1
    base = {town: sum(places[town] for places in slices.values()) for town in "abcd"}
    named = {
        Area(level, code): frozenset(parts) for level, one in AREAS.items() for code, parts in one.items()
    }
    return Table(tuple(AREAS), named, CODES, Counts(base, slices))


def learnt(releases: list[tuple[Table, dict[str, tuple]]]) -> RowSpace:
    """Every cell shown, as a sum of unknowns: a town, a band and the release someone first counted in."""
    space = RowSpace()
    for moment, (table, shown) in enumerate(releases):
        for level, groups in shown.items():
            for parts in table.areas_of(level).values():
                for group in ((CODES,) if groups else ()) + tuple(groups):
                    space.add({(t, code, m): 1 for t in parts for code in group for m in range(moment + 1)})
    return space


@given(given_numbers, given_numbers)
def test_no_run_of_bands_about_few_people_can_be_computed(first, added):
    before, after = counted(first), counted(first + added)
    shown = {
        level: one.groups for level, one in protect(before, rule=SMALL).levels.items() if one.is_published
    }
    later = protect(after, rule=SMALL, earlier=[Earlier(before.counts, shown)] if shown else [])
    now = {level: one.groups for level, one in later.levels.items() if one.is_published}
    space = learnt([(before, shown), (after, now)])
    steps = [before.counts.slices, _differences(before, after)]
    runs = [CODES[start:end] for start, end in combinations(range(len(CODES) + 1), 2)]
    for parts in after.areas.values():
        for run in runs:
            for moments in ((0,), (1,), (0, 1)):
                count = sum(steps[m][code].get(t, 0) for m in moments for code in run for t in parts)
                row = {(t, code, m): 1 for m in moments for code in run for t in parts}
                assert not (SMALL.is_small(count) and space.contains(row))


def _differences(before: Table, after: Table) -> dict[str, dict[str, int]]:
    return {
        code: {t: after.counts.slices[code][t] - before.counts.slices[code][t] for t in "abcd"}
        for code in CODES
    }


def test_published_counts_are_never_about_fewer_than_eleven(survey, place):
    rng = random.Random(47)
    codes = [town.code for town in place.towns.values()]
    for _ in range(2):
        for _person in range(150):
            given = {
                "visites": min(50, int(rng.expovariate(0.2))),
                "commune": rng.choices(codes, (9, 6, 4, 3, 2, 1))[0],
            }
            answer(survey, given)
        publish_survey(actor=None, survey=survey)
    shown = PublishedCell.objects.filter(status="V")
    assert Release.objects.count() == 2
    assert shown.exists()
    assert not [
        one
        for one in shown
        if PUBLIC.is_small(int(one.value)) or PUBLIC.is_small(int(one.base_count - one.value))
    ]


@pytest.mark.parametrize("view", ["carte", "graphique", "tableau", "telecharger"])
def test_question_nobody_answered_says_so_on_every_page(survey, client, view):
    give(survey, 12, visites=2)
    publish_survey(actor=None, survey=survey)
    page = client.get(f"/observatoire/liens--reunion/?vue={view}")
    assert page.status_code == 200
    assert "personne n’a encore répondu à cette question" in page.content.decode()
    assert (
        "personne n’a encore répondu à cette question"
        in client.get("/observatoire/resultats/liens/").content.decode()
    )
    for name in ("donnees.csv", "donnees.json", "integrer/"):
        assert client.get(f"/observatoire/liens--reunion/{name}").status_code == 200
