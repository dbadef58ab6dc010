"""Forms anyone may send about a record."""

from django import forms
from django.utils.translation import gettext_lazy as _

from directory.models import Report
from directory.models.base import PARAGRAPH

HONEYPOT = "site_web"


class ReportForm(forms.Form):
    """What is wrong, and the words to say it; no name, no address."""

    kind = forms.ChoiceField(label=_("What is wrong?"), choices=Report.Kind.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("Tell us more, if you can"),
        max_length=PARAGRAPH,
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("For example the right number. Write nothing about yourself or about someone else."),
    )
