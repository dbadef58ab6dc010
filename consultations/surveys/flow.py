"""Which questions are shown, what an answer is worth, and where one stands. Pure: no database, no request.

The same functions serve the pages, validation at submission and the rebuild of the projection.
"""

import datetime
import math
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from consultations.surveys.expressions import evaluate, is_answered, pipe, references
from consultations.surveys.structure import Definition, Question, QuestionType
from core.languages import Written

Answer = str | float | int | list[str] | None
COMMUNE_CODE = re.compile(r"[0-9][0-9AB][0-9]{3}")
MAX_NUMBER = 1e12


class AnswerError(ValueError):
    """An answer that cannot be kept, in words for the person who gave it."""


@dataclass(frozen=True, slots=True)
class Checked:
    """Answers reduced to the questions shown, and what is wrong by question code."""

    answers: dict[str, Answer]
    errors: dict[str, str]


def is_visible(question: Question, answers: Mapping[str, object]) -> bool:
    """True without a condition or when it is true; unknown hides."""
    return question.visible_when is None or evaluate(question.visible_when, answers) is True


def visible_questions(definition: Definition, answers: Mapping[str, object]) -> tuple[Question, ...]:
    """The questions shown for these answers; an answer to a hidden question counts for nothing."""
    known: dict[str, object] = {}
    shown = []
    for question in definition.questions:
        if is_visible(question, known):
            shown.append(question)
            if question.code in answers:
                known[question.code] = answers[question.code]
    return tuple(shown)


@lru_cache(maxsize=128)
def deciding_codes(definition: Definition) -> frozenset[str]:
    """The questions whose answers open or close others."""
    conditions = (question.visible_when for question in definition.questions)
    return frozenset().union(*(references(condition) for condition in conditions if condition is not None))


def keep_visible(definition: Definition, answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """The answers to the questions shown, in their order."""
    return {
        question.code: answers[question.code]
        for question in visible_questions(definition, answers)
        if question.code in answers
    }


def check_answers(definition: Definition, raw: Mapping[str, object]) -> Checked:
    """Every answer checked and put in its canonical form; a question shown without an answer is null."""
    answers: dict[str, Answer] = {}
    errors: dict[str, str] = {}
    for question in definition.questions:
        if not is_visible(question, answers):
            continue
        try:
            answers[question.code] = check_answer(question, raw.get(question.code), answers)
        except AnswerError as error:
            answers[question.code] = None
            errors[question.code] = str(error)
    return Checked(answers, errors)


def check_answer(question: Question, raw: object, before: Mapping[str, Answer]) -> Answer:
    """One answer in its canonical form; raises AnswerError. `before` holds the earlier answers."""
    answer = PARSERS[question.type](question, raw)
    if not is_answered(answer):
        if question.required:
            raise AnswerError(missing_message(question))
        return None
    rule = question.constraint
    if rule is not None and evaluate(rule, {**before, question.code: answer}) is False:
        raise AnswerError(
            question.constraint_message.say() or _("This answer does not fit with the question.")
        )
    return answer


def missing_message(question: Question) -> str:
    """What to do, by type, when a required answer is missing."""
    return {
        QuestionType.SINGLE: _("Choose an answer."),
        QuestionType.MULTIPLE: _("Choose at least one answer."),
        QuestionType.SCALE: _("Choose a value."),
        QuestionType.NUMBER: _("Write a number."),
        QuestionType.TEXT: _("Write your answer."),
        QuestionType.COMMUNE: _("Write the name of your commune."),
        QuestionType.DATE: _("Write the day, the month and the year."),
    }[question.type]


def parse_single(question: Question, raw: object) -> Answer:
    if raw in (None, ""):
        return None
    choice = question.choice(raw) if isinstance(raw, str) else None
    if choice is None:
        raise AnswerError(_("Choose one of the answers offered."))
    return choice.code


def parse_multiple(question: Question, raw: object) -> Answer:
    given = [raw] if isinstance(raw, str) else raw or []
    if not isinstance(given, list | tuple) or any(question.choice(each) is None for each in given if each):
        raise AnswerError(_("Choose among the answers offered."))
    ticked = [choice for choice in question.choices if choice.code in given]
    alone = next((choice for choice in ticked if choice.exclusive), None)
    if alone and len(ticked) > 1:
        raise AnswerError(
            _("You ticked “%(alone)s” and other answers. Keep only one or the other.")
            % {"alone": alone.label.say()}
        )
    return [choice.code for choice in ticked]


def parse_number(question: Question, raw: object) -> Answer:
    if raw is None or raw == "":
        return None
    number = to_number(raw)
    if number is None:
        raise AnswerError(_("Write a number with digits, for example 2 or 2.5."))
    low, high = question.minimum, question.maximum
    if (low is not None and number < low) or (high is not None and number > high):
        if low is not None and high is not None:
            raise AnswerError(
                _("Write a number from %(low)s to %(high)s.") % {"low": plain(low), "high": plain(high)}
            )
        if low is not None:
            raise AnswerError(_("Write a number of %(low)s or more.") % {"low": plain(low)})
        raise AnswerError(_("Write a number of %(high)s or less.") % {"high": plain(high or 0)})
    if question.step and abs((number - (low or 0)) / question.step % 1 - 0.5) < 0.5 - 1e-6:
        step = plain(question.step)
        raise AnswerError(_("Write a number that goes by steps of %(step)s.") % {"step": step})
    return int(number) if number == int(number) else number


def parse_scale(question: Question, raw: object) -> Answer:
    if raw is None or raw == "":
        return None
    number = to_number(raw)
    if number is None or number not in question.steps():
        raise AnswerError(_("Choose one of the values offered."))
    return int(number) if number == int(number) else number


def to_number(raw: object) -> float | None:
    """A finite number from JSON or from what a person types: `1 234,5` is accepted."""
    if isinstance(raw, str):
        text = re.sub(r"[\s\u00a0\u202f]", "", raw).replace(",", ".").replace("−", "-")
        if not re.fullmatch(r"[+-]?[0-9]{1,15}(\.[0-9]{1,9})?", text):
            return None
        raw = float(text)
    if isinstance(raw, bool) or not isinstance(raw, int | float) or not abs(raw) <= MAX_NUMBER:
        return None
    return float(raw) if math.isfinite(raw) else None


def plain(number: float) -> str:
    """`65`, or `2,5` in French: as the person would write it."""
    return number_format(int(number) if number == int(number) else round(number, 6))


def parse_text(question: Question, raw: object) -> Answer:
    if raw is None:
        return None
    if not isinstance(raw, str):
        raise AnswerError(_("Write your answer in words."))
    text = clean_text(raw)
    if len(text) > question.max_length:
        raise AnswerError(
            _("Your text has %(count)d characters. The most is %(maximum)d: shorten it a little.")
            % {"count": len(text), "maximum": question.max_length}
        )
    return text or None


def clean_text(raw: str) -> str:
    """The text with usual line ends, without control or unpaired characters that no database keeps."""
    text = raw.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(
        each for each in text if each in "\n\t" or unicodedata.category(each) not in {"Cc", "Cs", "Cn"}
    )
    return kept.strip()


def parse_commune(question: Question, raw: object) -> Answer:
    if raw is None or raw == "":
        return None
    if not isinstance(raw, str) or not COMMUNE_CODE.fullmatch(raw):
        raise AnswerError(_("We did not find this commune. Write its name, then choose it in the list."))
    return raw


def parse_date(question: Question, raw: object) -> Answer:
    if raw is None or raw == "":
        return None
    try:
        day = datetime.date.fromisoformat(raw if isinstance(raw, str) and len(raw) == 10 else "")
    except ValueError:
        raise AnswerError(_("This date does not exist. Write for example 31, 12 and 2025.")) from None
    if not 1900 <= day.year <= 2100:
        raise AnswerError(_("Write a year between 1900 and 2100."))
    first, last = question.first_day, question.last_day
    if (first and day < first) or (last and day > last):
        raise AnswerError(out_of_range(first, last))
    return day.isoformat()


def out_of_range(first: datetime.date | None, last: datetime.date | None) -> str:
    """Which days may be answered."""
    words = {"first": date_format(first) if first else "", "last": date_format(last) if last else ""}
    if first and last:
        return _("Write a date from %(first)s to %(last)s.") % words
    return (
        _("Write a date from %(first)s on.") % words if first else _("Write a date up to %(last)s.") % words
    )


PARSERS = {
    QuestionType.SINGLE: parse_single,
    QuestionType.MULTIPLE: parse_multiple,
    QuestionType.SCALE: parse_scale,
    QuestionType.NUMBER: parse_number,
    QuestionType.TEXT: parse_text,
    QuestionType.COMMUNE: parse_commune,
    QuestionType.DATE: parse_date,
}


@dataclass(frozen=True, slots=True)
class Position:
    """Question `number` of `total`."""

    number: int
    total: int


def exact_position(definition: Definition, answers: Mapping[str, object], code: str) -> Position | None:
    """Where this question stands, or None as long as a later answer could change the total."""
    shown = [question.code for question in visible_questions(definition, answers)]
    if code not in shown:
        return None
    passed = set(shown[: shown.index(code)])
    everything = [question.code for question in definition.questions]
    later = definition.questions[everything.index(code) + 1 :]
    open_codes = set(everything[everything.index(code) :]) - passed
    if any(each.visible_when is not None and references(each.visible_when) & open_codes for each in later):
        return None
    return Position(shown.index(code) + 1, len(shown))


def answer_words(question: Question, answer: object, language: str, *, easy: bool = False) -> str:
    """The answer as words for a summary or a quotation; communes are named by the caller."""
    if not is_answered(answer):
        return ""
    if question.choices:
        codes = answer if isinstance(answer, list) else [answer]
        found = [question.choice(code) for code in codes]
        said = [choice.label.say(language, easy=easy) for choice in found if choice]
        return said[0].like(", ".join(said)) if said else ""
    if isinstance(answer, int | float) and not isinstance(answer, bool):
        unit = question.unit.say(language, easy=easy)
        return Written(f"{plain(answer)} {unit}".strip(), language)
    if question.type == QuestionType.DATE and isinstance(answer, str):
        year, month, day = answer.split("-")
        return Written(f"{day}/{month}/{year}", language)
    return Written(str(answer), language)


def quote(text: str, definition: Definition, answers: Mapping[str, object], language: str) -> str:
    """The text with its `{code}` replaced by the words of the answers given."""
    if "{" not in text:
        return text
    words = {
        code: answer_words(question, answers.get(code), language)
        for code, question in definition.by_code.items()
        if code in answers
    }
    said = pipe(text, words)
    return text.like(said) if isinstance(text, Written) else said
