"""The demo's questionnaires can be published, use everything, and its invented answers are drawn by quotas."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.surveys.definition import read_definition
from consultations.surveys.publication import check_publication
from consultations.surveys.structure import QuestionType
from demo.voices import DATA
from demo.voices_answers import FLOOR, quotas
from demo.voices_story import STORIES

DOCUMENTS = {
    survey.document: json.loads((DATA / f"voices_{survey.document}.json").read_text())
    for story in STORIES
    for survey in story.surveys
}
NEEDS = {
    code
    for document in DOCUMENTS.values()
    for question in document["questions"]
    for part in (question, *question.get("choices", ()))
    for code in part.get("needs", ())
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_questionnaire_can_be_published(name: str) -> None:
    problems = check_publication(DOCUMENTS[name], previous_versions=[], need_codes=NEEDS)
    assert [problem for problem in problems if problem.is_blocking] == []


def test_needs_questionnaire_uses_every_type_and_three_languages() -> None:
    definition = read_definition(DOCUMENTS["needs"])[0]
    assert {question.type for question in definition.questions} == set(QuestionType)
    languages = {key for question in definition.questions for key in question.label.by_language}
    assert languages == {"fr", "fr-easy", "en"}


@given(
    st.dictionaries(st.text(min_size=1, max_size=3), st.floats(0.01, 1), min_size=1, max_size=8),
    st.integers(0, 400),
)
def test_quotas_add_up_and_keep_their_floor(shares: dict[str, float], total: int) -> None:
    counts = quotas(shares, total)
    assert sum(counts.values()) == total
    assert list(counts) == list(shares)
    if total >= FLOOR * len(shares):
        assert min(counts.values()) >= FLOOR


def test_stories_are_labelled_as_invented() -> None:
    assert all("numéro inventé" in story.fields["contact"] for story in STORIES)
