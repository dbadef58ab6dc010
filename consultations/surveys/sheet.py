"""A whole questionnaire on one page, as it stands: what was given, and which questions are on the page.

Only the questions that apply are shown. The page says which conditional ones it showed, so that a question
opened by the last answers is shown before anything is sent. What was given to a question that no longer
applies stays in the page, unseen, in case it applies again; it is never sent to the database.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from django.http import QueryDict

from consultations.surveys.flow import Answer, visible_questions
from consultations.surveys.forms import PREFIX, Reading, read_all
from consultations.surveys.structure import Definition, Question

SEEN = "vues"


@dataclass(frozen=True)
class Sheet:
    """The answers of a page and what it shows of them."""

    definition: Definition
    answers: Mapping[str, Answer] = field(default_factory=dict)
    readings: Mapping[str, Reading] = field(default_factory=dict)
    seen: frozenset[str] = frozenset()

    @cached_property
    def visible(self) -> tuple[Question, ...]:
        return visible_questions(self.definition, self.answers)

    @property
    def shown_codes(self) -> list[str]:
        """The conditional questions on the page: what the next post says it has seen."""
        return [question.code for question in self.visible if question.visible_when is not None]

    @property
    def opened(self) -> list[str]:
        """Questions that apply now, were not on the page and have no answer."""
        return [code for code in self.shown_codes if code not in self.seen and not self.readings[code].raw]

    @property
    def closed(self) -> list[str]:
        """Questions that were on the page and do not apply any more."""
        return sorted(self.seen - set(self.shown_codes))

    @property
    def is_settled(self) -> bool:
        """True when nothing on the page has to be corrected or chosen."""
        opened = set(self.opened)
        return all(self.readings[each.code].is_settled for each in self.visible if each.code not in opened)

    def without_errors(self, codes: frozenset[str] | None = None) -> "Sheet":
        """The same, silent about the mistakes of these questions, or of all."""
        readings = {
            code: replace(reading, error="") if codes is None or code in codes else reading
            for code, reading in self.readings.items()
        }
        return replace(self, readings=readings)


def read_sheet(definition: Definition, data: QueryDict) -> Sheet:
    """What a page posted, whatever it holds."""
    readings = read_all(definition, data)
    answers = {code: reading.answer for code, reading in readings.items()}
    seen = frozenset(data.get(SEEN, "")[:20_000].split()) & definition.by_code.keys()
    return Sheet(definition, answers, readings, frozenset(seen))


def kept_fields(sheet: Sheet, data: QueryDict) -> Iterator[tuple[str, str]]:
    """Names and values posted for questions that do not apply now."""
    visible = {question.code for question in sheet.visible}
    hidden = {PREFIX + code for code in sheet.definition.by_code if code not in visible}
    for name in data:
        base = PREFIX + name.removeprefix(PREFIX).partition("-")[0]
        if base in hidden and name.startswith(PREFIX):
            yield from ((name, value) for value in data.getlist(name) if value)
