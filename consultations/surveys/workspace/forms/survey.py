"""A survey besides its questions: its settings, its first and last words, an import."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.process.forms import DateInput
from consultations.surveys.models import Helper, Mode, Survey
from consultations.surveys.workspace.imported import read_file

MAX_FILE = 1_000_000


class SurveyForm(forms.Form):
    """Title, kind, layout, duration and dates."""

    title = forms.CharField(label=_("Title"), max_length=120)
    purpose = forms.ChoiceField(label=_("Kind"), choices=Survey.Purpose.choices)
    layout = forms.ChoiceField(label=_("Layout"), choices=Survey.Layout.choices)
    minutes = forms.IntegerField(label=_("Minutes to answer"), min_value=1, max_value=120, initial=10)
    opens_on = forms.DateField(
        label=_("First day"), widget=DateInput, required=False,
        help_text=_("Leave empty to open as soon as it is published."),
    )  # fmt: skip
    closes_on = forms.DateField(
        label=_("Last day"), widget=DateInput, required=False,
        help_text=_("Leave empty to follow the consultation."),
    )  # fmt: skip


class WordsForm(forms.Form):
    """What is said before the first question and after the last."""

    intro_fr = forms.CharField(
        label=_("Before the first question"), max_length=2000, required=False,
        widget=forms.Textarea({"rows": 4}),
    )  # fmt: skip
    intro_easy = forms.CharField(
        label=_("The same, easy to read"), max_length=2000, required=False,
        widget=forms.Textarea({"rows": 3}),
    )  # fmt: skip
    intro_en = forms.CharField(
        label=_("The same, in English"), max_length=2000, required=False, widget=forms.Textarea({"rows": 3})
    )
    thanks_fr = forms.CharField(
        label=_("After sending"), max_length=2000, required=False, widget=forms.Textarea({"rows": 3}),
        help_text=_("Say when and where results will be shown."),
    )  # fmt: skip
    thanks_easy = forms.CharField(
        label=_("The same, easy to read"), max_length=2000, required=False,
        widget=forms.Textarea({"rows": 3}),
    )  # fmt: skip
    thanks_en = forms.CharField(
        label=_("The same, in English"), max_length=2000, required=False, widget=forms.Textarea({"rows": 3})
    )


class EntryForm(forms.Form):
    """How an answer typed in by an interviewer was given, and on which day."""

    day = forms.DateField(label=_("Day the answer was given"), widget=DateInput)
    mode = forms.ChoiceField(
        label=_("How the person answered"),
        choices=Mode.choices,
        widget=forms.RadioSelect,
        initial=Mode.HELPED,
    )
    helper = forms.ChoiceField(
        label=_("Who helped"), choices=Helper.choices, widget=forms.RadioSelect, required=False,
        initial=Helper.INTERVIEWER,
    )  # fmt: skip

    def __init__(self, *args: Any, asks_mode: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_mode:
            del self.fields["mode"], self.fields["helper"]


class ImportForm(forms.Form):
    """A questionnaire exported from here or elsewhere on the platform."""

    file = forms.FileField(label=_("Questionnaire file (JSON)"))
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def clean_file(self) -> dict[str, Any]:
        """The document; anything else is refused with its reason."""
        upload = self.cleaned_data["file"]
        if upload.size > MAX_FILE:
            raise forms.ValidationError(_("This file is too large: 1 MB at most."))
        return read_file(upload.read())
