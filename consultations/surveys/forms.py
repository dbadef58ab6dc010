"""What the answering pages post, read without losing anything of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.surveys.definition import Definition, Question, QuestionType
from consultations.surveys.flow import Answer, AnswerError, check_answer, is_visible
from consultations.surveys.models import Helper, Mode
from consultations.surveys.selectors import Commune, commune_names, search_communes, similar_communes

PREFIX = "q-"
DATE_PARTS = ("day", "month", "year")
HONEYPOT = "site_web"
MAX_TYPED = 20_000


class StartForm(forms.Form):
    """How one answers, and who helps. `site_web` is a trap: people do not see it."""

    mode = forms.ChoiceField(
        label=gettext_lazy("How are you answering?"),
        choices=[
            (Mode.ALONE, gettext_lazy("I answer alone")),
            (Mode.HELPED, gettext_lazy("Someone helps me to answer")),
            (Mode.PROXY, gettext_lazy("I answer for someone else")),
        ],
        widget=forms.RadioSelect,
        initial=Mode.ALONE,
        error_messages={"required": gettext_lazy("Say how you are answering.")},
    )
    helper = forms.ChoiceField(
        label=gettext_lazy("If someone helps, or if you answer for someone: who is helping?"),
        choices=[(code, label) for code, label in Helper.choices if code],
        widget=forms.RadioSelect,
        required=False,
    )


@lru_cache(maxsize=8)
def draw_blank_start(_language: str) -> SafeString:
    """The empty form, drawn once by language: it is on pages that must cost little."""
    return StartForm().render()


class CodeForm(forms.Form):
    """A code in words, as it was noted down."""

    code = forms.CharField(
        label=gettext_lazy("Your code: four words and two digits"),
        help_text=gettext_lazy(
            "For example: lilas cerise canard pinson 42. Accents and capitals do not matter."
        ),
        max_length=200,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={"required": gettext_lazy("Write your code.")},
    )


class InvitationForm(CodeForm):
    """The code of an invitation, as it is written on the card or in the e-mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("The code of your invitation")


@dataclass(frozen=True)
class Reading:
    """What was posted for one question: what to show again, the answer, and what is wrong with it."""

    raw: object
    answer: Answer = None
    error: str = ""
    candidates: tuple[Commune, ...] = ()
    parts: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_settled(self) -> bool:
        """False when something must be corrected, or a commune chosen among several."""
        return not self.error and not self.candidates


def read_question(question: Question, data: QueryDict, before: Mapping[str, Answer]) -> Reading:
    """The posted answer to one question, checked. Any post gives a reading, whatever it holds."""
    name = PREFIX + question.code
    if question.type == QuestionType.COMMUNE:
        return _read_commune(question, data.get(name, "")[:200], data.get(f"{name}-code", ""))
    if question.type == QuestionType.DATE:
        return _read_date(question, data, before)
    raw: object = data.getlist(name) if question.type == QuestionType.MULTIPLE else data.get(name, "")
    if isinstance(raw, str):
        raw = raw[:MAX_TYPED]
    return _checked(question, raw, before, Reading(raw))


def _checked(question: Question, value: object, before: Mapping[str, Answer], reading: Reading) -> Reading:
    try:
        return Reading(reading.raw, check_answer(question, value, before), parts=reading.parts)
    except AnswerError as error:
        return Reading(reading.raw, error=str(error), parts=reading.parts)


def _read_date(question: Question, data: QueryDict, before: Mapping[str, Answer]) -> Reading:
    """Three fields; one of them alone is an error, none is no answer."""
    parts = {part: data.get(f"{PREFIX}{question.code}-{part}", "").strip()[:10] for part in DATE_PARTS}
    whole = ""
    if any(parts.values()):
        digits = all(part.isascii() and part.isdigit() for part in parts.values())
        whole = f"{parts['year']}-{parts['month']:0>2}-{parts['day']:0>2}" if digits else "?"
    return _checked(question, whole, before, Reading(whole, parts=parts))


def _read_commune(question: Question, typed: str, chosen: str) -> Reading:
    """A name typed, then a choice when it is not exactly one commune. Works without JavaScript."""
    found = search_communes(typed) if typed.strip() else []
    alike = similar_communes(typed) if typed.strip() and not found else []
    picked = next((commune for commune in [*found, *alike] if commune.code == chosen), None)
    if picked is None and chosen and not typed.strip():
        name = commune_names([chosen]).get(chosen)
        picked = Commune(chosen, name) if name else None
    if picked is None and len(found) == 1:
        picked = found[0]
    if picked:
        return Reading(picked.name, picked.code)
    if found or alike:
        return Reading(typed, candidates=tuple(found or alike))
    if typed.strip():
        return Reading(
            typed, error=_("We did not find this commune. Check its name, for example “Marmande”.")
        )
    return _checked(question, "", {}, Reading(""))


def read_all(definition: Definition, data: QueryDict) -> dict[str, Reading]:
    """The posted answers to a whole questionnaire, each checked knowing the ones that count before it."""
    readings: dict[str, Reading] = {}
    before: dict[str, Answer] = {}
    for question in definition.questions:
        reading = readings[question.code] = read_question(question, data, before)
        if is_visible(question, before):
            before[question.code] = reading.answer
    return readings
