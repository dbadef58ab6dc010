"""What is typed by services, counters and coordinators."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from core.forms import WhenAsked
from directory.models.base import validate_plain_text
from organisations.models import Organisation
from orientation.models import Coordination, HelpRequest, Sending
from orientation.models.sending import ANSWER
from orientation.states import LIFE

VERBS = ("accept", "study", "refuse", "fill")


class RefusalField(WhenAsked, forms.ChoiceField):
    """Why a service refuses."""


class AnswerForm(forms.Form):
    """What a service answers, in one page."""

    verb = forms.ChoiceField(
        label=gettext_lazy("Your answer"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of the answers.")},
    )
    refusal = RefusalField(
        label=gettext_lazy("If you refuse: why"),
        choices=[("", "—"), *Sending.Refusal.choices],
    )
    answer = forms.CharField(
        label=gettext_lazy("Words for the person"),
        required=False,
        max_length=ANSWER,
        validators=[validate_plain_text],
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("They read it with their code: what happens next, when, whom to call."),
    )

    def __init__(self, data: Any = None, *, sending: Sending) -> None:
        super().__init__(data)
        self.use_required_attribute = False
        words = {
            "accept": _("We can help: we will contact the person"),
            "study": _("We are looking into it"),
            "refuse": _("We cannot help"),
            "fill": _("We could help, but there is no place left"),
        }
        state = LIFE.state_of(sending)
        self.fields["verb"].choices = [(one, words[one]) for one in VERBS if LIFE.find(one, state)]  # type: ignore[attr-defined]


class FilterForm(forms.Form):
    """Narrow a list of requests."""

    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        required=False,
        choices=[
            ("", gettext_lazy("All")),
            ("waiting", gettext_lazy("To be answered")),
            *Sending.State.choices,
        ],
    )
    words = forms.CharField(label=gettext_lazy("Request number or service"), required=False, max_length=60)


class CounterForm(forms.Form):
    """At which counter, and how the person is there."""

    counter = forms.ModelChoiceField(
        label=gettext_lazy("Your counter"), queryset=Organisation.objects.none(), empty_label=None
    )
    origin = forms.ChoiceField(
        label=gettext_lazy("Where is the person?"),
        choices=[
            (HelpRequest.Origin.COUNTER, gettext_lazy("In front of me, at the counter")),
            (HelpRequest.Origin.PHONE, gettext_lazy("On the phone")),
        ],
        widget=forms.RadioSelect,
        initial=HelpRequest.Origin.COUNTER,
    )

    def __init__(self, data: Any = None, *, organisations: Collection[int]) -> None:
        super().__init__(data)
        rows = Organisation.objects.filter(pk__in=organisations).order_by("name", "pk")
        self.fields["counter"].queryset = rows  # type: ignore[attr-defined]
        self.fields["counter"].initial = rows.first()


class FlagForm(forms.Form):
    """Ask for a reinforced coordination."""

    why = forms.ChoiceField(label=gettext_lazy("Why"), choices=Coordination.Why.choices)
    agreed = forms.BooleanField(
        label=gettext_lazy("The person agrees that a coordinator reads this request"),
        error_messages={"required": gettext_lazy("The person must agree first: tick the box.")},
    )


class CoordinatorForm(forms.Form):
    """Who answers for the situation."""

    coordinator = forms.ModelChoiceField(
        label=gettext_lazy("Coordinator"), queryset=User.objects.none(), empty_label=None
    )

    def __init__(self, data: Any = None, *, people: Collection[User]) -> None:
        super().__init__(data)
        self.fields["coordinator"].queryset = User.objects.filter(pk__in=[one.pk for one in people])  # type: ignore[attr-defined]


class OutcomeForm(forms.Form):
    """What came of a coordination."""

    outcome = forms.CharField(
        label=gettext_lazy("What came of it"), max_length=200, validators=[validate_plain_text]
    )
