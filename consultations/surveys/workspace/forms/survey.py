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
    access = forms.ChoiceField(
        label=_("Who may answer"),
        choices=Survey.Access.choices,
        widget=forms.RadioSelect,
        initial=Survey.Access.OPEN,
    )
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

    invitation = forms.CharField(
        label=_("Code of the person's invitation"), max_length=200,
        help_text=_("Four words and two digits, written on the card or in the e-mail."),
    )  # fmt: skip

    def __init__(self, *args: Any, asks_mode: bool, asks_invitation: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_invitation:
            del self.fields["invitation"]
        if not asks_mode:
            del self.fields["mode"], self.fields["helper"]


class CardsForm(forms.Form):
    """Anonymous invitations to print."""

    count = forms.IntegerField(label=_("How many cards"), min_value=1, max_value=500, initial=24)
    label = forms.CharField(
        label=_("For whom or where"), max_length=80, required=False,
        help_text=_("For example: Residence of the lime trees. It is written on the cards."),
    )  # fmt: skip
    expires_on = forms.DateField(
        label=_("Last day to use them"), widget=DateInput, required=False,
        help_text=_("Leave empty to follow the survey."),
    )  # fmt: skip


class AddressesForm(forms.Form):
    """Addresses pasted, or read from a text or CSV file."""

    addresses = forms.CharField(
        label=_("E-mail addresses"), required=False, max_length=300_000,
        widget=forms.Textarea({"rows": 6, "spellcheck": "false", "autocomplete": "off"}),
        help_text=_("One on each line, or copied from a spreadsheet. 2,000 at most."),
    )  # fmt: skip
    file = forms.FileField(label=_("Or a text or CSV file"), required=False)

    def clean(self) -> dict[str, Any]:
        """The text of both, whatever the encoding of the file."""
        given = super().clean() or {}
        upload = given.get("file")
        if upload and upload.size > MAX_FILE:
            raise forms.ValidationError(_("This file is too large: 1 MB at most."))
        content = upload.read() if upload else b""
        if b"\x00" in content:
            raise forms.ValidationError(_("This file is not text. Save it as CSV and choose it again."))
        try:
            read = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            read = content.decode("cp1252", "replace")
        given["text"] = "\n".join(part for part in (given.get("addresses", ""), read) if part.strip())
        if not given["text"]:
            raise forms.ValidationError(_("Paste addresses, or choose a file."))
        return given


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
