"""Forms of the stewards: campaigns and decisions; and the answer of a service to its users."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.forms import WhenAsked
from core.widgets import DateInput
from directory.forms.fields import territory_of
from directory.models.base import LINE, PARAGRAPH, SHORT
from territories.models import Territory


class ReasonField(WhenAsked, forms.CharField):
    """Why something is refused."""


class CampaignForm(forms.Form):
    """Who is asked, before when, in what words."""

    name = forms.CharField(label=_("Name"), max_length=SHORT, help_text=_("It is the subject of the letter."))
    words = forms.CharField(
        label=_("What you write to them"),
        max_length=PARAGRAPH,
        required=False,
        widget=forms.Textarea({"rows": 4}),
    )
    territory = forms.CharField(
        label=_("Territory"), max_length=120, help_text=_("A commune, a group of communes, a département.")
    )
    due_on = forms.DateField(label=_("Before"), widget=DateInput)

    def clean_territory(self) -> Territory:
        return territory_of(self.cleaned_data["territory"].strip())


class DecisionForm(forms.Form):
    """Yes, or no with a reason."""

    decision = forms.ChoiceField(
        label=_("Your decision"),
        choices=[("yes", _("Accept")), ("no", _("Refuse"))],
        widget=forms.RadioSelect,
    )
    reason = ReasonField(label=_("Why, if you refuse"), max_length=LINE)
    use_required_attribute = False

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("decision") == "no" and not data.get("reason", "").strip():
            self.add_error("reason", ValidationError(_("Say why: the person reads it.")))
        return data

    @property
    def is_yes(self) -> bool:
        return bool(self.cleaned_data["decision"] == "yes")


class ExperienceAnswerForm(forms.Form):
    """What the service answers."""

    words = forms.CharField(
        label=_("Your answer to those who use the service"),
        max_length=PARAGRAPH,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("What you heard in these figures, and what you will change."),
    )
