"""A questionnaire as its editor lists it: readable even when unfinished, each problem at its place."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from consultations.surveys.definition import content_hash, read_definition
from consultations.surveys.models import Survey
from consultations.surveys.selectors import publication_problems
from consultations.surveys.structure import Definition, DefinitionProblem, QuestionType
from consultations.surveys.workspace import conditions, document
from consultations.surveys.workspace.forms.question import TYPE_LABELS


@dataclass(frozen=True)
class Line:
    """One question of the list."""

    number: int
    code: str
    label: str
    kind: str
    is_required: bool
    condition: str
    is_locked: bool
    problem_count: int


@dataclass(frozen=True)
class PlacedProblem:
    """A problem with the page where it is solved."""

    where: str
    message: str
    remedy: str
    url: str
    is_blocking: bool


@dataclass(frozen=True)
class Difference:
    """One part of a question that two people wrote differently."""

    part: str
    mine: str
    theirs: str


def definition_of(survey: Survey) -> Definition:
    """What can be read of the draft."""
    return read_definition(survey.draft)[0]


def locked_codes(survey: Survey) -> set[str]:
    """Codes of the questions ever published: they keep their type for ever."""
    found: set[str] = set()
    for published in survey.versions.values_list("definition", flat=True):
        found |= document.codes(published)
    return found


def has_changed_since_publication(survey: Survey) -> bool:
    """True when the draft differs from what people answer now."""
    version = survey.current_version
    return version is not None and version.content_hash != content_hash(survey.draft)


def lines(survey: Survey, problems: list[DefinitionProblem]) -> list[Line]:
    """The questions in order."""
    definition, locked = definition_of(survey), locked_codes(survey)
    return [
        Line(
            number=number,
            code=str(question.get("code")),
            label=first_words(question),
            kind=kind_words(question.get("type")),
            is_required=bool(question.get("required")),
            condition=conditions.in_words(_text(question.get("visible_when")), definition),
            is_locked=question.get("code") in locked,
            problem_count=sum(_code_of(p) == question.get("code") for p in problems if p.is_blocking),
        )
        for number, question in enumerate(document.questions(survey.draft), start=1)
    ]


def kind_words(kind: object) -> str:
    """The type of a question in words; a type that does not exist as it was written."""
    return (
        str(TYPE_LABELS[QuestionType(kind)])
        if isinstance(kind, str) and kind in set(QuestionType)
        else str(kind)
    )


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _code_of(problem: DefinitionProblem) -> str:
    return problem.place.split(".")[0]


def first_words(question: Mapping[str, Any]) -> str:
    """The French label, or the code while there is none."""
    words = question.get("label")
    label = words.get("fr") if isinstance(words, Mapping) else None
    return str(label or question.get("code") or _("Question without words"))


def placed_problems(survey: Survey) -> list[PlacedProblem]:
    """Everything that keeps the draft from being published, and advice, each with its page."""
    return [place_problem(survey, problem) for problem in publication_problems(survey)]


def place_problem(survey: Survey, problem: DefinitionProblem) -> PlacedProblem:
    """The problem with the address of the page where it is solved."""
    code, _dot, part = problem.place.partition(".")
    found = {str(q.get("code")): q for q in document.questions(survey.draft)}
    if code in found:
        page = "question_condition" if part == "visible_when" else "question_edit"
        url = reverse(f"survey_editor:{page}", args=[survey.pk, code])
        where = first_words(found[code])
    else:
        page = "words" if code in {"intro", "thanks"} else "overview"
        url = reverse(f"survey_editor:{page}", args=[survey.pk])
        where = _("The questionnaire")
    return PlacedProblem(where, problem.message, problem.remedy, url, problem.is_blocking)


def differences(mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> list[Difference]:
    """The parts of a question that differ, as text."""
    parts = [key for key in {**mine, **theirs} if mine.get(key) != theirs.get(key)]
    return [Difference(part, as_text(mine.get(part)), as_text(theirs.get(part))) for part in parts]


def as_text(value: Any) -> str:
    """A part of the document as someone reads it, one line per item."""
    if isinstance(value, Mapping):
        return "\n".join(f"{key} : {as_text(item)}" for key, item in value.items())
    if isinstance(value, list):
        return "\n".join(as_text(item) for item in value)
    return "" if value is None else str(value)
