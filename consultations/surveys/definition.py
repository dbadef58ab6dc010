"""From the JSON document to the typed definition, collecting every problem on the way.

`read_definition` never raises: it gives what could be read and every problem, each naming its place and
its remedy, so that an unfinished draft can be shown and corrected. `parse_definition` is for published
documents. What publication refuses beyond that is in `publication`.
"""

import datetime
import itertools
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from consultations.surveys.bands import MAX_BANDS, MAX_PERIODS, Grouping, has_too_many_periods, is_whole
from consultations.surveys.expressions import ExpressionError, Node, parse
from consultations.surveys.expressions.nodes import FUNCTIONS, KEYWORDS
from consultations.surveys.structure import (
    CHOICE_CODE,
    CLOSED_TYPES,
    LANGUAGES,
    MAX_CHOICES,
    MAX_QUESTIONS,
    MAX_STEPS,
    MAX_TEXT,
    MAX_WORDS,
    MEASURES,
    QUESTION_CODE,
    Choice,
    Definition,
    DefinitionError,
    DefinitionProblem,
    Question,
    QuestionRole,
    QuestionType,
    Words,
    content_hash,
    empty_document,
)
from consultations.surveys.wording import explain

__all__ = [
    "Choice",
    "Definition",
    "DefinitionError",
    "DefinitionProblem",
    "Question",
    "QuestionRole",
    "QuestionType",
    "Words",
    "content_hash",
    "empty_document",
    "parse_definition",
    "read_definition",
]
RESERVED = KEYWORDS | FUNCTIONS.keys()


def parse_definition(document: object) -> Definition:
    """The definition; raises DefinitionError with every problem of the document."""
    definition, problems = read_definition(document)
    if problems:
        raise DefinitionError(problems)
    return definition


def read_definition(document: object) -> tuple[Definition, list[DefinitionProblem]]:
    """What can be read of the document, and every problem found. Never raises."""
    reader = Reader()
    return reader.definition(document), reader.problems


class Reader:
    """Reads one document; each method names the place it reads."""

    def __init__(self) -> None:
        self.problems: list[DefinitionProblem] = []

    def refuse(self, place: str, message: str, remedy: str) -> None:
        self.problems.append(DefinitionProblem(place, message, remedy))

    def definition(self, document: object) -> Definition:
        if not isinstance(document, Mapping) or document.get("schema", 1) != 1:
            self.refuse(
                "", _("This is not a questionnaire."), _("Start again from a saved draft or an import.")
            )
            return Definition(())
        raw = document.get("questions")
        questions = self.questions(raw if isinstance(raw, list) else [])
        if not questions:
            self.refuse("questions", _("There is no question yet."), _("Add at least one question."))
        return Definition(
            questions,
            self.words("intro", document.get("intro"), required=False),
            self.words("thanks", document.get("thanks"), required=False),
        )

    def questions(self, raw: list[Any]) -> tuple[Question, ...]:
        if len(raw) > MAX_QUESTIONS:
            self.refuse(
                "questions",
                _("There are more than %(count)d questions.") % {"count": MAX_QUESTIONS},
                _("Split the questionnaire in two."),
            )
        found: dict[str, Question] = {}
        for index, each in enumerate(raw[:MAX_QUESTIONS]):
            question = self.question(f"questions.{index}", each)
            if question is None:
                continue
            if question.code in found:
                self.refuse(
                    question.code,
                    _("Two questions have the code “%(code)s”.") % {"code": question.code},
                    _("Give one of them another code."),
                )
                continue
            found[question.code] = question
        return tuple(found.values())

    def question(self, place: str, raw: object) -> Question | None:
        if not isinstance(raw, Mapping):
            self.refuse(place, _("This question cannot be read."), _("Delete it and write it again."))
            return None
        code, kind = raw.get("code"), raw.get("type")
        if not isinstance(code, str) or not QUESTION_CODE.fullmatch(code) or code in RESERVED:
            self.refuse(
                place,
                _("“%(code)s” is not a valid code.") % {"code": str(code)[:60]},
                _("Use small letters without accents, digits and _, starting with a letter."),
            )
            return None
        if kind not in list(QuestionType):
            self.refuse(
                f"{code}.type", _("This kind of question does not exist."), _("Choose a kind in the list.")
            )
            return None
        return self.typed(code, QuestionType(kind), raw)

    def typed(self, code: str, kind: QuestionType, raw: Mapping[str, Any]) -> Question:
        low, high, step = (self.number(f"{code}.{key}", raw.get(key)) for key in ("min", "max", "step"))
        question = Question(
            code=code,
            type=kind,
            label=self.words(f"{code}.label", raw.get("label"), required=True),
            help=self.words(f"{code}.help", raw.get("help"), required=False),
            why=self.words(f"{code}.why", raw.get("why"), required=False),
            required=raw.get("required") is True,
            role=self.role(code, kind, raw.get("role")),
            needs=self.codes(f"{code}.needs", raw.get("needs")),
            visible_when=self.expression(f"{code}.visible_when", raw.get("visible_when")),
            constraint=self.expression(f"{code}.constraint", raw.get("constraint")),
            constraint_message=self.words(
                f"{code}.constraint_message", raw.get("constraint_message"), required=False
            ),
            choices=self.choices(code, raw.get("choices")) if kind in CLOSED_TYPES else (),
            minimum=low,
            maximum=high,
            step=step,
            min_label=self.words(f"{code}.min_label", raw.get("min_label"), required=False),
            max_label=self.words(f"{code}.max_label", raw.get("max_label"), required=False),
            unit=self.words(f"{code}.unit", raw.get("unit"), required=False),
            max_length=self.whole(f"{code}.max_length", raw.get("max_length"), MAX_TEXT),
            rows=min(self.whole(f"{code}.rows", raw.get("rows"), 4, maximum=20), 20),
            measure=self.measure(code, kind, raw.get("measure")),
            **self.grouping(code, kind, raw),
        )
        self.bounds(question)
        self.measured(question)
        self.bands(question)
        return question

    def bounds(self, question: Question) -> None:
        low, high, step = question.minimum, question.maximum, question.step
        if question.type == QuestionType.SCALE and (low is None or high is None):
            self.refuse(
                question.code, _("The scale has no ends."), _("Give its lowest and its highest value.")
            )
        elif low is not None and high is not None and low >= high:
            self.refuse(
                f"{question.code}.max",
                _("The highest value is not above the lowest."),
                _("Correct one of the two."),
            )
        elif step is not None and step <= 0:
            self.refuse(f"{question.code}.step", _("The step is not above zero."), _("Write 1, for example."))
        elif question.type == QuestionType.SCALE and (high - low) / (step or 1) + 1 > MAX_STEPS + 1e-9:  # type: ignore[operator]
            self.refuse(
                f"{question.code}.step",
                _("The scale has more than %(count)d steps.") % {"count": MAX_STEPS},
                _("Use a number question, or fewer steps."),
            )

    def measure(self, code: str, kind: QuestionType, raw: object) -> str:
        if raw in (None, ""):
            return ""
        if raw not in MEASURES.get(kind, ()):
            self.refuse(
                f"{code}.measure",
                _("This question cannot measure this."),
                _("Choose in the list, or nothing."),
            )
            return ""
        return str(raw)

    def measured(self, question: Question) -> None:
        """A measure is comparable because everyone asks it with the same answers."""
        scale = question.scale
        if scale is None:
            return
        if question.type == QuestionType.SCALE and question.steps() == scale.steps:
            return
        if {str(step) for step in scale.steps} <= {each.code for each in question.choices}:
            return
        self.refuse(
            f"{question.code}.measure",
            _("The answers are not those of this measure."),
            _("Add a new question of this kind instead: its answers are already written."),
        )

    def grouping(self, code: str, kind: QuestionType, raw: Mapping[str, Any]) -> dict[str, Any]:
        """What figures count a number or a date by."""
        if kind == QuestionType.NUMBER:
            items = raw.get("bands") or []
            known = isinstance(items, list)
            numbers = [self.number(f"{code}.bands", each) for each in items] if known else [None]
            if None in numbers:
                self.refuse(
                    f"{code}.bands", _("The bands cannot be read."), _("Write, for example: 1; 5; 10.")
                )
            return {"bands": tuple(each for each in numbers if each is not None)}
        if kind != QuestionType.DATE:
            return {}
        if (group_by := raw.get("group_by") or "") not in ("", *Grouping):
            self.refuse(f"{code}.group_by", _("Dates cannot be counted this way."), _("Choose in the list."))
            group_by = ""
        days = {key: self.day(f"{code}.{key}", raw.get(key)) for key in ("first_day", "last_day")}
        return {**days, "group_by": group_by}

    def day(self, place: str, raw: object) -> datetime.date | None:
        if raw is None or raw == "":
            return None
        try:
            day = datetime.date.fromisoformat(raw if isinstance(raw, str) and len(raw) == 10 else "")
        except ValueError:
            self.refuse(place, _("This date does not exist."), _("Write it again, or leave it empty."))
            return None
        return day

    def bands(self, question: Question) -> None:
        """Bands are few, in order and between the bounds; dates are few periods."""
        edges, place = question.bands, f"{question.code}.bands"
        low, high = question.minimum, question.maximum
        if len(edges) >= MAX_BANDS:
            self.refuse(
                place,
                _("There are more than %(count)d bands.") % {"count": MAX_BANDS},
                _("Write fewer numbers."),
            )
        elif any(one >= other for one, other in itertools.pairwise(edges)):
            self.refuse(place, _("The bands are not in order."), _("Write the smallest number first."))
        elif any((low is not None and edge <= low) or (high is not None and edge > high) for edge in edges):
            self.refuse(
                place,
                _("A band begins outside the values that can be answered."),
                _("Write numbers above the lowest value and up to the highest."),
            )
        elif is_whole(question) and any(edge != int(edge) for edge in edges):
            self.refuse(place, _("Answers are whole numbers, and a band is not."), _("Write whole numbers."))
        if question.first_day and question.last_day and question.first_day > question.last_day:
            self.refuse(
                f"{question.code}.last_day",
                _("The last day comes before the first."),
                _("Correct one of the two."),
            )
        elif has_too_many_periods(question):
            self.refuse(
                f"{question.code}.group_by",
                _("There would be more than %(count)d bars to read.") % {"count": MAX_PERIODS},
                _("Choose a longer period, or bring the two days closer."),
            )

    def role(self, code: str, kind: QuestionType, raw: object) -> QuestionRole | None:
        if raw in (None, ""):
            return None
        wanted = QuestionType.COMMUNE if raw == QuestionRole.TERRITORY else QuestionType.SINGLE
        if raw not in list(QuestionRole) or kind != wanted:
            self.refuse(
                f"{code}.role",
                _("This question cannot play this role."),
                _("A commune gives the territory; a single choice the way of answering or the audience."),
            )
            return None
        return QuestionRole(str(raw))

    def choices(self, code: str, raw: object) -> tuple[Choice, ...]:
        place = f"{code}.choices"
        items = raw if isinstance(raw, list) else []
        if not items:
            self.refuse(place, _("There is nothing to choose."), _("Add at least two choices."))
        if len(items) > MAX_CHOICES:
            self.refuse(
                place,
                _("There are more than %(count)d choices.") % {"count": MAX_CHOICES},
                _("Group the choices, or ask two questions."),
            )
        found: dict[str, Choice] = {}
        for index, item in enumerate(items[:MAX_CHOICES]):
            own = item.get("code") if isinstance(item, Mapping) else None
            if not isinstance(own, str) or not CHOICE_CODE.fullmatch(own):
                self.refuse(
                    f"{place}.{index}",
                    _("This choice has no valid code."),
                    _("Use small letters without accents, digits, - and _."),
                )
            elif own in found:
                self.refuse(
                    f"{place}.{own}",
                    _("Two choices have the code “%(code)s”.") % {"code": own},
                    _("Give one of them another code."),
                )
            else:
                found[own] = self.choice(f"{place}.{own}", own, item)
        return tuple(found.values())

    def choice(self, place: str, code: str, raw: Mapping[str, Any]) -> Choice:
        icon = raw.get("icon")
        return Choice(
            code=code,
            label=self.words(f"{place}.label", raw.get("label"), required=True),
            icon=icon[:40] if isinstance(icon, str) else "",
            needs=self.codes(f"{place}.needs", raw.get("needs")),
            exclusive=raw.get("exclusive") is True,
        )

    def words(self, place: str, raw: object, *, required: bool) -> Words:
        given = raw if isinstance(raw, Mapping) else {"fr": raw} if isinstance(raw, str) else {}
        texts = {
            key: given[key].replace("\x00", "").strip()
            for key in LANGUAGES
            if isinstance(given.get(key), str) and given[key].strip()
        }
        if required and "fr" not in texts:
            self.refuse(place, _("The text in French is missing."), _("Write it."))
        if any(len(text) > MAX_WORDS for text in texts.values()):
            self.refuse(
                place,
                _("This text has more than %(count)d characters.") % {"count": MAX_WORDS},
                _("Shorten it."),
            )
        return Words(texts)

    def codes(self, place: str, raw: object) -> tuple[str, ...]:
        if raw is None:
            return ()
        if not isinstance(raw, list) or not all(isinstance(each, str) for each in raw):
            self.refuse(place, _("These need codes cannot be read."), _("Choose the needs again."))
            return ()
        return tuple(dict.fromkeys(raw))

    def number(self, place: str, raw: object) -> float | None:
        if raw is None or raw == "":
            return None
        if isinstance(raw, bool) or not isinstance(raw, int | float) or not abs(raw) <= 1e12:
            self.refuse(place, _("This is not a number."), _("Write a number, or leave it empty."))
            return None
        return float(raw)

    def whole(self, place: str, raw: object, default: int, *, maximum: int = MAX_TEXT) -> int:
        if raw is None or raw == "":
            return default
        if isinstance(raw, bool) or not isinstance(raw, int) or not 1 <= raw <= maximum:
            self.refuse(
                place,
                _("This is not a whole number from 1 to %(maximum)d.") % {"maximum": maximum},
                _("Correct it, or leave it empty."),
            )
            return default
        return raw

    def expression(self, place: str, raw: object) -> Node | None:
        if raw is None or (isinstance(raw, str) and not raw.strip()):
            return None
        if not isinstance(raw, str):
            self.refuse(place, _("This condition cannot be read."), _("Write it again."))
            return None
        try:
            return parse(raw)
        except ExpressionError as error:
            self.refuse(
                place,
                _("The condition cannot be read at character %(position)d: %(reason)s")
                % {"position": error.position + 1, "reason": explain(error)},
                _("Correct it, for example: age >= 65 and seul = 'oui'."),
            )
            return None
