"""What is typed about annual reports. Forms check shapes; services check rules."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from consultations.annual_reports.models import Section
from consultations.annual_reports.services.reports import LONGEST_TEXT
from consultations.process.forms import DateInput

HELP = {
    Section.OPENING: _("What people should remember of this year."),
    Section.MEETINGS: _("What the meetings talked about. The list of meetings is added by itself."),
    Section.ATTENDANCE: _("Why people came, or did not. The figures are added by themselves."),
    Section.OPINIONS: _("What changed thanks to the opinions. Their list is added by itself."),
    Section.SURVEYS: _("What the council kept of the survey. The list is added by itself."),
    Section.MANDATES: _("Elections, departures, arrivals: no names. The figures are added by themselves."),
    Section.OUTLOOK: _("What the council wants to do next year."),
}


class TextsForm(forms.Form):
    """The council's words, section by section, and the draft they started from."""

    number = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, label in Section.choices:
            self.fields[code] = forms.CharField(
                label=capfirst(label),
                help_text=HELP[Section(code)],
                required=False,
                max_length=LONGEST_TEXT,
                widget=forms.Textarea({"rows": 5}),
            )

    def texts(self) -> dict[str, str]:
        """What the service takes."""
        return {code: self.cleaned_data[code] for code in Section.values}


class PresentForm(forms.Form):
    """When it was presented to the managing body."""

    presented_on = forms.DateField(label=_("Presented to the managing body on"), widget=DateInput)


class ExaminedForm(forms.Form):
    """A survey examined at a meeting that is not on this platform."""

    examined_on = forms.DateField(label=_("Examined on"), widget=DateInput)
