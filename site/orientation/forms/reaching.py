"""How the person is reached, said anew with the receipt code."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from orientation.models import HelpRequest
from orientation.services.asking import checked_contact

WAYS = [one for one in HelpRequest.Reach.choices if one[0] != HelpRequest.Reach.COUNTER]


class NewContactForm(forms.Form):
    """By phone or by e-mail, then the number or the address."""

    use_required_attribute = False

    reach = forms.ChoiceField(
        label=gettext_lazy("How may they reach you?"),
        choices=WAYS,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one way.")},
    )
    contact = forms.CharField(
        label=gettext_lazy("Phone number or e-mail address"),
        max_length=254,
        help_text=gettext_lazy("Only the services you asked will see it."),
        error_messages={"required": gettext_lazy("Write how the service can reach you.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        reach, contact = given.get("reach"), given.get("contact")
        if reach and contact:
            try:
                given["contact"] = checked_contact(reach, contact)
            except ValidationError as error:
                self.add_error("contact", error.message_dict["contact"])
        return given
