"""Satisfaction, recommendation and ease in surveys: declared with the question, computed as everywhere, protected."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.metrics import SCALES
from consultations.polls.selectors import Viewer, poll_results
from consultations.polls.services import close_poll
from consultations.process.models import Consultation
from consultations.surveys.definition import parse_definition
from consultations.surveys.models import Survey
from consultations.surveys.publication import check_publication
from consultations.surveys.workspace.document import LEVELS, new_question
from observatory.indicators.models import PublishedCell
from observatory.indicators.selectors import figure
from observatory.portal.feeds.measures import figure_of
from observatory.portal.services import publish_survey
from tests.factories.polls import open_a_poll, vote
from tests.factories.process import ConsultationFactory
from tests.factories.surveys import answer, open_survey
from tests.surveys.documents import question, questionnaire

DOCUMENT = questionnaire(
    question("commune", "commune", role="territory"),
    question("content", choices=LEVELS, measure="four_levels"),
    question("note", "scale", min=1, max=5, measure="csat"),
    question("conseil", "scale", min=0, max=10, measure="nps"),
    question("facile", "scale", min=1, max=7, measure="ces"),
)


@pytest.fixture
def survey(place) -> Survey:
    consultation = ConsultationFactory(status=Consultation.Status.PUBLISHED, territory=place.departement)
    return open_survey(DOCUMENT, consultation=consultation, slug="avis", title="Votre avis")


def give(survey: Survey, count: int, **answers) -> None:
    for _ in range(count):
        answer(survey, {"commune": "47001", **answers})


def cell(code: str, level: str = "departement") -> tuple:
    found = PublishedCell.objects.get(indicator_code=f"avis--{code}--satisfaction", level_code=level)
    return found.status, found.value, found.base_count


def test_one_figure_each_beside_the_answers(survey):
    give(survey, 30, content="4", note=5, conseil=10, facile=7)
    give(survey, 20, content="1", note=2, conseil=3, facile=4)
    give(survey, 12, content="sans_avis", note=3, conseil=8, facile=2)
    publish_survey(actor=None, survey=survey)
    assert cell("content") == ("V", 60, 50)
    assert cell("note") == ("V", pytest.approx(100 * 30 / 62), 62)
    assert cell("conseil") == ("V", pytest.approx(100 * (30 - 20) / 62), 62)
    assert cell("facile") == ("V", pytest.approx(100 * 30 / 62), 62)
    slices = PublishedCell.objects.filter(indicator_code="avis--conseil", level_code="departement")
    assert set(slices.values_list("slice_key", flat=True)) == {"total", "0-6", "7-8", "9-10"}
    drawn = figure("avis--content--satisfaction", "departement")
    assert "60 %" in drawn.words.sentence.replace("\xa0", " ")
    assert drawn.title == "Personnes satisfaites : Question content ?"


def test_what_is_secret_gives_no_figure(survey):
    give(survey, 30, content="4", note=5)
    give(survey, 4, content="1", note=1)
    publish_survey(actor=None, survey=survey)
    status, value, _base = cell("content")
    assert (status, value) != ("V", pytest.approx(100 * 30 / 34))
    assert value is None


def test_it_is_the_figure_a_poll_gives(survey):
    give(survey, 30, content="3")
    give(survey, 15, content="2")
    publish_survey(actor=None, survey=survey)
    poll = open_a_poll("satisfaction")
    vote(poll, *["3"] * 30, *["2"] * 15)
    headline = poll_results(close_poll(actor=None, poll=poll), Viewer.VISITOR).headline
    assert headline is not None
    assert cell("content")[1] == headline.figure


@pytest.mark.parametrize(
    ("counts", "found"),
    [
        ({"4+3": 20, "2": 11, "1": 0}, (20 / 31 * 100, 31)),
        ({"4": 20, "3+2": 11}, None),
        ({"4": 20, "1+sans_avis": 11}, None),
        ({"4": 20, "1": 20, "sans_avis": 11}, (50, 40)),
        ({"4": 0, "sans_avis": 11}, None),
    ],
)
def test_answers_joined_to_protect_people_count_only_when_they_say_the_same(counts, found):
    assert figure_of(SCALES["four_levels"], counts) == (found and (pytest.approx(found[0]), found[1]))


@given(st.dictionaries(st.sampled_from(["0-6", "7-8", "9-10"]), st.integers(0, 500)))
def test_a_recommendation_score_is_between_its_ends(counts):
    found = figure_of(SCALES["nps"], counts)
    assert found is None or (-100 <= found[0] <= 100 and found[1] == sum(counts.values()))


@pytest.mark.parametrize("measure", SCALES)
def test_a_new_question_has_the_answers_of_what_it_measures(measure):
    made = new_question(measure, "Êtes-vous satisfait ?", ())
    assert check_publication(questionnaire(made), previous_versions=[], need_codes=()) == []
    assert parse_definition(questionnaire(made)).questions[0].scale is SCALES[measure]


@pytest.mark.parametrize(
    "wrong",
    [
        question("a", measure="four_levels"),
        question("a", measure="nps"),
        question("a", "text", measure="nps"),
        question("a", "scale", min=1, max=10, measure="nps"),
        question("a", "scale", measure={"nps": 1}),
    ],
)
def test_a_measure_with_other_answers_is_refused_at_its_place(wrong):
    problems = check_publication(questionnaire(wrong), previous_versions=[], need_codes=())
    assert [one.place for one in problems if one.is_blocking] == ["a.measure"]


def test_answers_already_published_one_by_one_are_not_cut_again():
    before = questionnaire(question("a", "scale"))
    after = questionnaire(question("a", "scale", measure="nps"))
    problems = check_publication(after, previous_versions=[before], need_codes=())
    assert [one.place for one in problems] == ["a.measure"]
    steps = questionnaire(question("a", "scale", min=1, max=5))
    measured = questionnaire(question("a", "scale", min=1, max=5, measure="csat"))
    assert check_publication(measured, previous_versions=[steps], need_codes=()) == []
