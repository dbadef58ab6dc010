"""The code of a receipt, as it was noted down."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ReceiptForm(forms.Form):
    """A code in words; slips are forgiven by `core.receipts.normalise_code`."""

    code = forms.CharField(
        label=_("The code of your receipt"),
        help_text=_("Four words and two digits, for example: lilas cerise canard pinson 42."),
        max_length=200,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={"required": _("Write the code of your receipt.")},
    )
