"""Coming into a room: its code, then who one is there."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.live.models import Participant
from consultations.workshops.models import College, Workshop

PLAIN = {"autocomplete": "off", "spellcheck": "false"}


class RoomCodeForm(forms.Form):
    """The six characters shown on the screen of the room."""

    code = forms.CharField(
        label=_("The code of the workshop"),
        help_text=_("Six letters and figures, shown on the screen or on paper."),
        max_length=40,
        widget=forms.TextInput(attrs={**PLAIN, "autocapitalize": "characters"}),
        error_messages={"required": _("Write the code of the workshop.")},
    )


class JoinForm(forms.Form):
    """A college, a name if one wishes, and how many people share the device."""

    college = forms.ChoiceField(
        label=_("You are here as"),
        choices=College.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who you are here as.")},
    )
    display_name = forms.CharField(
        label=_("The name others may see"),
        help_text=_("A first name is enough. You may leave it empty."),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs=PLAIN),
    )
    device = forms.ChoiceField(
        label=_("Who uses this device?"),
        choices=[
            (Participant.Device.PHONE, _("I am alone with it")),
            (Participant.Device.TABLET, _("It is shared by a table")),
        ],
        initial=Participant.Device.PHONE,
        widget=forms.RadioSelect,
    )
    headcount = forms.IntegerField(
        label=_("How many people around the table?"),
        help_text=_("Only for a shared device."),
        min_value=1,
        max_value=50,
        required=False,
    )
    table = forms.CharField(
        label=_("Number of the table"), max_length=10, required=False, widget=forms.TextInput(attrs=PLAIN)
    )

    def __init__(self, *args: Any, workshop: Workshop, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [choice for choice in College.choices if choice[0] in workshop.colleges]
        self.fields["college"].choices = offered  # type: ignore[attr-defined]

    def fields_for_service(self) -> dict[str, Any]:
        """One person per phone; a table counts its people, two when it does not say."""
        cleaned = dict(self.cleaned_data)
        is_table = cleaned["device"] == Participant.Device.TABLET
        cleaned["headcount"] = (cleaned["headcount"] or 2) if is_table else 1
        return cleaned
