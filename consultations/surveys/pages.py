"""What the templates draw of a question: words in the reader's language, values given, problems."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from consultations.surveys.definition import Definition, Question, QuestionType, Words
from consultations.surveys.flow import Answer, answer_words, quote, visible_questions
from consultations.surveys.forms import DATE_PARTS, PREFIX, Reading
from consultations.surveys.selectors import commune_names


@dataclass(frozen=True)
class Reader:
    """In which language, and how plainly, a person reads."""

    language: str = "fr"
    easy: bool = False


@dataclass(frozen=True, slots=True)
class ChoiceLine:
    """One tile to tick."""

    code: str
    label: str
    icon: str
    id: str
    is_checked: bool
    is_exclusive: bool = False


@dataclass(frozen=True, slots=True)
class DatePart:
    name: str
    id: str
    part: str
    value: str


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """Everything a template needs to draw one question."""

    code: str
    type: str
    name: str
    title: str
    hint: str
    why: str
    error: str
    value: str
    choices: tuple[ChoiceLine, ...]
    candidates: tuple[ChoiceLine, ...]
    parts: tuple[DatePart, ...]
    described_by: str
    required: bool
    unit: str
    min_label: str
    max_label: str
    rows: int
    is_conditional: bool

    @property
    def id(self) -> str:
        """The field, or the group of fields."""
        return self.name

    @property
    def first_id(self) -> str:
        """Where the error summary leads: the first field of the question."""
        lines = self.candidates or self.choices
        if lines:
            return lines[0].id
        return self.parts[0].id if self.parts else self.id


@dataclass(frozen=True, slots=True)
class Placed:
    """A question and the code of the one it follows on the page; empty for the first."""

    page: QuestionPage
    after: str


def draw_question(
    question: Question,
    definition: Definition,
    answers: Mapping[str, Answer],
    *,
    reader: Reader,
    reading: Reading | None = None,
) -> QuestionPage:
    """The question as this person sees it, with what they gave before or have just posted."""
    name = PREFIX + question.code
    named = with_commune_names(definition, answers) if quotes_answers(question) else answers

    def say(words: Words) -> str:
        return quote(words.say(reader.language, easy=reader.easy), definition, named, reader.language)

    raw = reading.raw if reading else answers.get(question.code)
    hint, error = say(question.help), reading.error if reading else ""
    return QuestionPage(
        code=question.code,
        type=question.type.value,
        name=name,
        title=say(question.label),
        hint=hint,
        why=say(question.why),
        error=error,
        value=shown_value(question, raw),
        choices=choice_lines(question, raw, name, say),
        candidates=candidate_lines(reading, name),
        parts=date_parts(question, raw, reading, name),
        described_by=described_by(name, hint or question.type == "text", error),
        required=question.required,
        unit=say(question.unit),
        min_label=say(question.min_label),
        max_label=say(question.max_label),
        rows=question.rows,
        is_conditional=question.visible_when is not None,
    )


def candidate_lines(reading: Reading | None, name: str) -> tuple[ChoiceLine, ...]:
    """The communes of the name that was written, when there are several."""
    return tuple(
        ChoiceLine(each.code, each.name, "map-pin", f"{name}-{each.code}", False)
        for each in (reading.candidates if reading else ())
    )


def described_by(name: str, hint: object, error: object) -> str:
    """The identifiers of what a screen reader reads after the field."""
    return " ".join(part for part, shown in ((f"{name}-hint", hint), (f"{name}-error", error)) if shown)


def quotes_answers(question: Question) -> bool:
    """True when one of its texts quotes an earlier answer."""
    texts = (question.label, question.help, question.why, *(choice.label for choice in question.choices))
    return any("{" in text for words in texts for text in words.by_language.values())


def choice_lines(
    question: Question, raw: object, name: str, say: Callable[[Words], str]
) -> tuple[ChoiceLine, ...]:
    """The tiles of a closed question or the values of a scale."""
    ticked = raw if isinstance(raw, list) else [raw]
    if question.type == QuestionType.SCALE:
        given = {str(each).removesuffix(".0") for each in ticked if each is not None}
        values = [f"{step:g}" for step in question.steps()]
        return tuple(
            ChoiceLine(value, value.replace(".", ","), "", f"{name}-{index}", value in given)
            for index, value in enumerate(values)
        )
    return tuple(
        ChoiceLine(
            each.code, say(each.label), each.icon, f"{name}-{each.code}", each.code in ticked, each.exclusive
        )
        for each in question.choices
    )


def shown_value(question: Question, raw: object) -> str:
    """What a text field holds."""
    if raw is None or isinstance(raw, list):
        return ""
    if question.type == QuestionType.COMMUNE:
        return commune_names([str(raw)]).get(str(raw), str(raw))
    return str(raw).replace(".", ",") if isinstance(raw, float) else str(raw)


def date_parts(question: Question, raw: object, reading: Reading | None, name: str) -> tuple[DatePart, ...]:
    """Day, month and year, as given."""
    if question.type != QuestionType.DATE:
        return ()
    given = dict(reading.parts) if reading else {}
    if not given and isinstance(raw, str) and raw.count("-") == 2:
        given = dict(zip(reversed(DATE_PARTS), raw.split("-"), strict=True))
    return tuple(
        DatePart(f"{name}-{part}", f"{name}-{part}", part, given.get(part, "")) for part in DATE_PARTS
    )


def with_commune_names(definition: Definition, answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """The answers with communes named instead of coded, in one query."""
    codes = {
        question.code: str(answers[question.code])
        for question in definition.questions
        if question.type == QuestionType.COMMUNE and answers.get(question.code)
    }
    names = commune_names(codes.values()) if codes else {}
    return {**answers, **{key: names.get(code, code) for key, code in codes.items()}}


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """One answer to check before sending."""

    code: str
    title: str
    words: str
    error: str


def summary_lines(
    definition: Definition,
    answers: Mapping[str, Answer],
    *,
    reader: Reader,
    errors: Mapping[str, Sequence[str]] | None = None,
) -> list[SummaryLine]:
    """Every question shown with its answer in words."""
    named = with_commune_names(definition, answers)
    return [
        SummaryLine(
            question.code,
            quote(question.label.say(reader.language, easy=reader.easy), definition, named, reader.language),
            answer_words(question, named.get(question.code), reader.language, easy=reader.easy),
            " ".join((errors or {}).get(question.code, [])),
        )
        for question in visible_questions(definition, answers)
    ]


def first_open(definition: Definition, answers: Mapping[str, Answer]) -> Question | None:
    """The first question shown that was never passed, or None when all were."""
    shown = visible_questions(definition, answers)
    return next((question for question in shown if question.code not in answers), None)


def neighbours(
    definition: Definition, answers: Mapping[str, Answer], code: str
) -> tuple[Question | None, Question | None]:
    """The questions shown before and after this one."""
    shown = visible_questions(definition, answers)
    codes = [question.code for question in shown]
    index = codes.index(code)
    return (
        shown[index - 1] if index else None,
        shown[index + 1] if index + 1 < len(shown) else None,
    )
