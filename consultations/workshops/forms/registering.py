"""Registering for a workshop, without an account."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.workshops.models import AccessNeed, College, Invitation, Workshop

HONEYPOT = "site_web"


class RegistrationForm(forms.Form):
    """A name or a pseudonym is enough; how to reach the person is theirs to give."""

    name = forms.CharField(
        label=_("Your name, or the one you choose"), max_length=80,
        help_text=_("It is on the list at the entrance, nowhere else."),
        widget=forms.TextInput({"autocomplete": "name"}),
    )  # fmt: skip
    college = forms.ChoiceField(
        label=_("You come as"), widget=forms.RadioSelect, error_messages={"required": _("Choose one answer.")}
    )
    email = forms.EmailField(
        label=_("E-mail"), required=False, widget=forms.EmailInput({"autocomplete": "email"}),
        help_text=_("To receive the date for your calendar, and a reminder."),
    )  # fmt: skip
    phone = forms.CharField(
        label=_("Phone"), max_length=30, required=False,
        widget=forms.TextInput({"type": "tel", "autocomplete": "tel"}),
        help_text=_("To tell you if something changes."),
    )  # fmt: skip
    needs = forms.MultipleChoiceField(
        label=_("What do you need to take part?"), required=False, choices=AccessNeed.Kind.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only the facilitators read this. It is erased the day after the workshop."),
    )  # fmt: skip
    words = forms.CharField(
        label=_("Something else, in your own words"), max_length=500, required=False,
        widget=forms.Textarea({"rows": 2}),
    )  # fmt: skip
    client_uuid = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, workshop: Workshop, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["college"]
        field.choices = [(code, label) for code, label in College.choices if code in workshop.colleges]

    @staticmethod
    def initial_of(invitation: Invitation | None) -> dict[str, Any]:
        """A new key for this form, and what the invitation knows."""
        known = {"email": invitation.email, "college": invitation.college} if invitation else {}
        return {"client_uuid": str(uuid.uuid4()), **known}
