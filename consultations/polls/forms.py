"""The ballot as it is drawn and read back, and what an organiser fills in. Works without JavaScript."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from consultations.polls.definition import ABSTAIN, MAX_OPTIONS, MAX_POINTS, QUESTION_LENGTH, Definition, Kind
from consultations.polls.models import Poll
from consultations.process.forms import DateInput, organisations_of
from organisations.models import Organisation

CHOICE, HONEYPOT = "choix", "site_web"
NUMBERS = {Kind.RANKING: "rang-", Kind.SCORE: "note-", Kind.DOTS: "points-"}
NOT_A_NUMBER = -1


@dataclass(frozen=True)
class Step:
    """One number that may be given to an option; the empty one gives none."""

    value: str
    label: str
    is_selected: bool


@dataclass(frozen=True)
class DrawnOption:
    """One option: a box to tick, or a list of numbers."""

    code: str
    label: str
    name: str
    id: str
    is_checked: bool
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class DrawnBallot:
    """Everything a page needs to ask one question. `budget` is the number of dots to share out."""

    question: str
    hint: str
    is_multiple: bool
    has_numbers: bool
    is_scale: bool
    options: tuple[DrawnOption, ...]
    error: str
    budget: int = 0

    @property
    def first_id(self) -> str:
        return self.options[0].id

    @property
    def steps(self) -> tuple[DrawnOption, ...]:
        """The numbers of a long scale, drawn side by side; `low` and `high` say what its ends mean."""
        return tuple(option for option in self.options if self.is_scale and option.code != ABSTAIN)

    @property
    def listed(self) -> tuple[DrawnOption, ...]:
        """The options drawn one under the other."""
        return tuple(option for option in self.options if option not in self.steps)

    @property
    def low(self) -> str:
        return self.options[0].label.partition(", ")[2]

    @property
    def high(self) -> str:
        return self.steps[-1].label.partition(", ")[2]


def draw_ballot(
    definition: Definition, *, given: Mapping[str, int] | None = None, error: str = "", easy: bool = False
) -> DrawnBallot:
    """The question with what was already given, in easy words for who reads them."""
    given = given or {}
    prefix = NUMBERS.get(Kind(definition.kind), "")
    options = tuple(
        DrawnOption(
            code=option.code,
            label=option.label,
            name=f"{prefix}{option.code}" if prefix else CHOICE,
            id=f"{prefix or CHOICE}-{option.code}".replace("--", "-"),
            is_checked=option.code in given,
            steps=_steps(definition, given.get(option.code)) if prefix else (),
        )
        for option in definition.choices()
    )
    return DrawnBallot(
        question=(easy and definition.easy_question) or definition.question,
        hint=hint_of(definition),
        is_multiple=definition.kind == Kind.MULTIPLE,
        has_numbers=bool(prefix),
        is_scale=definition.kind == Kind.NPS,
        options=options,
        error=error,
        budget=definition.points if definition.kind == Kind.DOTS else 0,
    )


def hint_of(definition: Definition) -> str:
    """How to answer, in one sentence; empty when the choices say it."""
    if definition.kind == Kind.MULTIPLE:
        if definition.most < len(definition.options):
            return _("Several answers are possible: %(count)d at most.") % {"count": definition.most}
        return _("Several answers are possible.")
    if definition.kind == Kind.RANKING:
        text = _("Give place 1 to what you prefer, then 2, and so on.")
        if definition.least < len(definition.options):
            text += " " + _("You may stop before the end.")
        return text
    if definition.kind == Kind.SCORE:
        return _("From 0 (not at all) to %(most)d (very much). You may leave some out.") % {
            "most": definition.points
        }
    if definition.kind == Kind.DOTS:
        return ngettext(
            "You have %(count)d point. Give it to what matters most to you.",
            "You have %(count)d points. Share them out: several may go to the same choice.", definition.points,
        ) % {"count": definition.points}  # fmt: skip
    return ""


def _steps(definition: Definition, given: int | None) -> tuple[Step, ...]:
    if definition.kind == Kind.RANKING:
        numbers, empty = range(1, len(definition.options) + 1), _("not ranked")
    elif definition.kind == Kind.SCORE:
        numbers, empty = range(definition.points + 1), _("no score")
    else:
        return tuple(Step(str(n), str(n), n == (given or 0)) for n in range(definition.points + 1))
    return (Step("", empty, given is None), *(Step(str(n), str(n), n == given) for n in numbers))


def read_ballot(definition: Definition, posted: QueryDict) -> dict[str, int]:
    """What was given, as it was given: what is wrong with it is said by `check_choices`."""
    prefix = NUMBERS.get(Kind(definition.kind))
    if prefix is None:
        return dict.fromkeys(posted.getlist(CHOICE)[: MAX_OPTIONS + 1], 1)
    typed = {option.code: posted.get(f"{prefix}{option.code}", "").strip() for option in definition.options}
    return {code: _number(text) for code, text in typed.items() if text}


def ballot_fields(definition: Definition, given: Mapping[str, int]) -> list[tuple[str, str]]:
    """The fields that post this ballot again."""
    prefix = NUMBERS.get(Kind(definition.kind))
    if prefix is None:
        return [(CHOICE, code) for code in given]
    return [(f"{prefix}{code}", str(number)) for code, number in given.items()]


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 4 else NOT_A_NUMBER


class PollForm(forms.Form):
    """What is asked, how it is answered, and what is promised about the results."""

    question = forms.CharField(
        label=gettext_lazy("Question"),
        max_length=QUESTION_LENGTH,
        help_text=gettext_lazy("One question, in plain words."),
    )
    easy_question = forms.CharField(
        label=gettext_lazy("The same, easy to read"), max_length=QUESTION_LENGTH, required=False
    )
    kind = forms.ChoiceField(label=gettext_lazy("How people answer"), choices=Kind.choices)
    options = forms.CharField(
        label=gettext_lazy("Choices, one per line"), required=False, widget=forms.Textarea({"rows": 6}),
        help_text=gettext_lazy("For one or several choices, a ranking, scores or points. Satisfaction brings its own."),
    )  # fmt: skip
    most = forms.IntegerField(
        label=gettext_lazy("Several choices: how many at most"),
        min_value=2,
        max_value=MAX_OPTIONS,
        required=False,
    )
    points = forms.IntegerField(
        label=gettext_lazy("Points to share out, or highest score"), min_value=1, max_value=MAX_POINTS, required=False,
        help_text=gettext_lazy("Five when left empty."),
    )  # fmt: skip
    may_abstain = forms.BooleanField(label=gettext_lazy("Offer “I have no opinion”"), required=False)
    visibility = forms.ChoiceField(
        label=gettext_lazy("When results are shown"), choices=Poll.Visibility.choices, widget=forms.RadioSelect,
        initial=Poll.Visibility.HIDDEN,
        help_text=gettext_lazy("You will be able to show them less, never more. Never about fewer than 11 people."),
    )  # fmt: skip
    access = forms.ChoiceField(
        label=gettext_lazy("Who votes"),
        choices=Poll.Access.choices,
        widget=forms.RadioSelect,
        initial=Poll.Access.DEVICE,
    )
    what_next = forms.CharField(
        label=gettext_lazy("What comes next"), max_length=400, required=False, widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("Shown after voting: what the result will be used for, and when it is told."),
    )  # fmt: skip
    opens_on = forms.DateField(label=gettext_lazy("First day"), widget=DateInput, required=False)
    closes_on = forms.DateField(label=gettext_lazy("Last day"), widget=DateInput, required=False)

    @classmethod
    def initial_of(cls, poll: Poll) -> dict[str, Any]:
        """What the form shows of a draft."""
        asked = poll.asked
        written = asked.kind in {Kind.SINGLE, Kind.MULTIPLE, *NUMBERS}
        return {
            "question": asked.question,
            "easy_question": asked.easy_question,
            "kind": asked.kind,
            "options": "\n".join(option.label for option in asked.options) if written else "",
            "most": asked.most if asked.kind == Kind.MULTIPLE else None,
            "points": asked.points,
            "may_abstain": asked.may_abstain,
            **{
                name: getattr(poll, name)
                for name in ("visibility", "access", "what_next", "opens_on", "closes_on")
            },
        }

    def fields_for_service(self) -> dict[str, Any]:
        """What the services take; numbers that the kind does not use are left out."""
        given = dict(self.cleaned_data)
        given.pop("organisation", None)
        given["options"] = given["options"].splitlines()
        if given["kind"] != Kind.MULTIPLE:
            given.pop("most")
        if given["kind"] not in {Kind.SCORE, Kind.DOTS}:
            given.pop("points")
        return given


class PagePollForm(PollForm):
    """The same, in the name of an organisation, for any page of the site."""

    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=gettext_lazy("Who asks"))
    field_order = ["organisation"]

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        field.queryset = organisations_of(user)  # type: ignore[attr-defined]


class TightenForm(forms.Form):
    """What may still change of an open poll."""

    visibility = forms.ChoiceField(label=gettext_lazy("When results are shown"), widget=forms.RadioSelect)
    what_next = PollForm.base_fields["what_next"]
    closes_on = PollForm.base_fields["closes_on"]

    def __init__(self, *args: Any, poll: Poll, **kwargs: Any) -> None:
        names = ("visibility", "what_next", "closes_on")
        kwargs["initial"] = {name: getattr(poll, name) for name in names}
        super().__init__(*args, **kwargs)
        values = Poll.Visibility.values
        self.fields["visibility"].choices = Poll.Visibility.choices[values.index(poll.visibility) :]  # type: ignore[attr-defined]


class InvitationsForm(forms.Form):
    """How many codes to print."""

    count = forms.IntegerField(label=gettext_lazy("How many codes"), min_value=1, max_value=2000)


__all__ = [
    "ABSTAIN",
    "DrawnBallot",
    "InvitationsForm",
    "PagePollForm",
    "PollForm",
    "TightenForm",
    "ballot_fields",
    "draw_ballot",
    "read_ballot",
]
