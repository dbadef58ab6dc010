"""The questionnaire document as typed, frozen objects (`docs/questionnaire.md`).

`definition` reads it; nothing here knows the database or the interface.
"""

import datetime
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from consultations.metrics import CES, CSAT, FOUR_LEVELS, NPS, SCALES, Scale
from consultations.surveys.expressions import Node
from core.languages import Written

QUESTION_CODE = re.compile(r"[a-z][a-z0-9_]{0,59}")
CHOICE_CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")
LANGUAGES = ("fr", "en", "fr-easy")
MAX_QUESTIONS, MAX_CHOICES, MAX_WORDS, MAX_TEXT, MAX_STEPS = 200, 100, 2000, 2000, 11


class QuestionType(StrEnum):
    SINGLE = "single"
    MULTIPLE = "multiple"
    SCALE = "scale"
    NUMBER = "number"
    TEXT = "text"
    COMMUNE = "commune"
    DATE = "date"


class QuestionRole(StrEnum):
    """A question whose answer fills a column of the response."""

    TERRITORY = "territory"
    MODE = "mode"
    HELPER = "helper"
    AUDIENCE = "audience"


CLOSED_TYPES = frozenset({QuestionType.SINGLE, QuestionType.MULTIPLE})
MEASURES: Mapping[QuestionType, tuple[str, ...]] = {
    QuestionType.SINGLE: (FOUR_LEVELS.code,),
    QuestionType.SCALE: (CSAT.code, NPS.code, CES.code),
}
"""What each type may declare to measure; `consultations.metrics` computes it."""
READ_BY_BAND = frozenset({NPS.code, CES.code})
"""Measures whose answers are counted by band: their steps are too many to be shown one by one."""


@dataclass(frozen=True, slots=True)
class DefinitionProblem:
    """What is wrong, where (dotted path such as `logement.choices.oui.label`), and what to do about it.

    One that is not blocking is advice: it is shown and does not stop publication.
    """

    place: str
    message: str
    remedy: str
    is_blocking: bool = True


class DefinitionError(ValueError):
    """A document that cannot be used, with every reason."""

    def __init__(self, problems: list[DefinitionProblem]) -> None:
        super().__init__("; ".join(f"{each.place}: {each.message}" for each in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Words:
    """One text by language."""

    by_language: Mapping[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return any(self.by_language.values())

    def say(self, language: str = "fr", *, easy: bool = False) -> Written:
        """The text in `language`, easy to read when asked and written, else in French; it knows which."""
        keys = ([f"{language}-easy"] if easy else []) + [language, "fr"]
        found = next((key for key in keys if self.by_language.get(key)), "")
        return Written(self.by_language.get(found, ""), found.removesuffix("-easy"))


@dataclass(frozen=True, slots=True)
class Choice:
    code: str
    label: Words
    icon: str = ""
    needs: tuple[str, ...] = ()
    exclusive: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """One question; what its type does not use keeps its default."""

    code: str
    type: QuestionType
    label: Words
    help: Words = Words()
    why: Words = Words()
    required: bool = False
    role: QuestionRole | None = None
    needs: tuple[str, ...] = ()
    visible_when: Node | None = None
    constraint: Node | None = None
    constraint_message: Words = Words()
    choices: tuple[Choice, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    step: float | None = None
    min_label: Words = Words()
    max_label: Words = Words()
    unit: Words = Words()
    max_length: int = MAX_TEXT
    rows: int = 4
    bands: tuple[float, ...] = ()
    first_day: datetime.date | None = None
    last_day: datetime.date | None = None
    group_by: str = ""
    measure: str = ""

    @property
    def scale(self) -> Scale | None:
        """What the answers measure, when the question says so."""
        return SCALES.get(self.measure)

    def choice(self, code: object) -> Choice | None:
        return next((each for each in self.choices if each.code == code), None)

    def steps(self) -> tuple[float, ...]:
        """The values of a scale, from the lowest to the highest."""
        if self.minimum is None or self.maximum is None:
            return ()
        step = self.step or 1.0
        count = int((self.maximum - self.minimum) / step + 1e-9)
        return tuple(round(self.minimum + index * step, 6) for index in range(min(count, MAX_STEPS) + 1))


@dataclass(frozen=True, eq=False)
class Definition:
    """A whole questionnaire; compared by identity, since a version is parsed once."""

    questions: tuple[Question, ...]
    intro: Words = Words()
    thanks: Words = Words()

    @cached_property
    def by_code(self) -> dict[str, Question]:
        return {question.code: question for question in self.questions}

    @cached_property
    def has_easy_read(self) -> bool:
        return any("fr-easy" in question.label.by_language for question in self.questions)

    def with_role(self, role: QuestionRole) -> Question | None:
        return next((question for question in self.questions if question.role == role), None)


def content_hash(document: Mapping[str, Any]) -> str:
    """SHA-256 of the document written in one canonical way: equal documents have equal hashes."""
    canonical = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def empty_document() -> dict[str, Any]:
    """Where an editor starts."""
    return {"schema": 1, "intro": {}, "thanks": {}, "questions": []}
