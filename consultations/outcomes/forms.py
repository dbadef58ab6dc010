"""Forms of what is made public."""

from django import forms
from django.utils.translation import gettext_lazy as _


class QuotationForm(forms.Form):
    """Words as everyone will read them."""

    text = forms.CharField(
        label=_("The words, as everyone will read them"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Take away names, places, ages, illnesses: anything by which someone could be recognised."
        ),
    )
    code = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    nobody_recognised = forms.BooleanField(
        label=_("Nobody can be recognised in these words"),
        error_messages={"required": _("Check that nobody can be recognised, then tick the box.")},
    )
