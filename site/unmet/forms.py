"""What narrows the list, and what is answered."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from core.forms import WhenAsked
from core.widgets import DateInput
from directory.models.base import validate_plain_text
from unmet.models import LONGEST_REPLY, Kind, Signal
from unmet.selectors import RECORDS, Place
from unmet.states import LIFE, VERBS


class FilterForm(forms.Form):
    """Where, which year, in which state, which reason; anything unknown narrows nothing."""

    territory = forms.ChoiceField(label=gettext_lazy("Where"), required=False)
    year = forms.ChoiceField(label=gettext_lazy("Year"), required=False)
    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        required=False,
        choices=[("", gettext_lazy("All")), *Signal.State.choices],
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Reason"),
        required=False,
        choices=[
            ("", gettext_lazy("All")),
            *Kind.choices,
            (RECORDS, gettext_lazy("records to be checked again")),
        ],
    )

    def __init__(self, data: Any = None, *, places: Sequence[Place], years: Sequence[int]) -> None:
        super().__init__(data)
        self.fields["territory"].choices = [(one.address, one.name) for one in places]  # type: ignore[attr-defined]
        self.fields["year"].choices = [(one, str(one)) for one in years]  # type: ignore[attr-defined]


class WhoField(WhenAsked, forms.CharField):
    """Who does it, when something is to be done."""


class WhenField(WhenAsked, forms.DateField):
    """By when, when something is to be done."""


class ReplyForm(forms.Form):
    """What is or was done, by whom, by when: everyone reads it once the figure is published."""

    verb = forms.ChoiceField(
        label=gettext_lazy("Your reply"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of the replies.")},
    )
    text = forms.CharField(
        label=gettext_lazy("In a few sentences"),
        max_length=LONGEST_REPLY,
        validators=[validate_plain_text],
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("Everyone reads it: name nobody who asked for help."),
    )
    by = WhoField(
        label=gettext_lazy("Who takes care of it"),
        max_length=200,
        validators=[validate_plain_text],
        help_text=gettext_lazy("A service, an organisation. Needed to say what will be done."),
    )
    due_on = WhenField(
        label=gettext_lazy("By when"),
        widget=DateInput,
        help_text=gettext_lazy("Only for what will be done."),
    )

    def __init__(self, data: Any = None, *, signal: Signal) -> None:
        super().__init__(data)
        self.use_required_attribute = False
        state = LIFE.state_of(signal)
        found = [(one, LIFE.find(one, state)) for one in VERBS]
        self.fields["verb"].choices = [  # type: ignore[attr-defined]
            (name, str(line.label).capitalize()) for name, line in found if line is not None
        ]
