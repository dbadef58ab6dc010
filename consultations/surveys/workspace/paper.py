"""A questionnaire on paper: every question numbered as in the editor, conditions said in words."""

from dataclasses import dataclass

from consultations.surveys.expressions import unparse
from consultations.surveys.structure import Definition, Question, QuestionType
from consultations.surveys.workspace.conditions import in_words


@dataclass(frozen=True)
class PaperQuestion:
    """One question as it is printed."""

    number: int
    kind: str
    label: str
    help: str
    is_required: bool
    condition: str
    boxes: tuple[str, ...]
    low: str
    high: str
    unit: str
    lines: range


def paper_questions(definition: Definition, *, is_easy: bool = False) -> list[PaperQuestion]:
    """Every question, those under a condition too: a person reading paper skips them."""
    return [
        _paper(number, question, definition, is_easy)
        for number, question in enumerate(definition.questions, start=1)
    ]


def _paper(number: int, question: Question, definition: Definition, is_easy: bool) -> PaperQuestion:
    shown = unparse(question.visible_when) if question.visible_when else ""
    is_text = question.type == QuestionType.TEXT
    return PaperQuestion(
        number=number,
        kind=str(question.type),
        label=question.label.say(easy=is_easy),
        help=question.help.say(easy=is_easy),
        is_required=question.required,
        condition=in_words(shown, definition) if shown else "",
        boxes=_boxes(question, is_easy),
        low=question.min_label.say(easy=is_easy),
        high=question.max_label.say(easy=is_easy),
        unit=question.unit.say(easy=is_easy),
        lines=range(max(2, question.rows) if is_text else 1),
    )


def _boxes(question: Question, is_easy: bool) -> tuple[str, ...]:
    if question.type == QuestionType.SCALE:
        return tuple(f"{step:g}" for step in question.steps())
    return tuple(choice.label.say(easy=is_easy) for choice in question.choices)
