"""Forms of syntheses: writing them, moving them through their life, commenting them."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.process.models import Consultation
from consultations.syntheses import sources
from consultations.syntheses.blocks import Block
from consultations.syntheses.document import MAX_TEXT
from consultations.syntheses.models import Synthesis, SynthesisComment, SynthesisLine

ROWS = {"rows": 3}


class UploadForm(forms.Form):
    """A past synthesis as people have it."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("ODT, DOCX, Markdown or text, 10 MB at most. Nothing is stored before you confirm."),
        widget=forms.FileInput({"accept": ".odt,.docx,.md,.txt"}),
    )


class ConsultationForm(forms.Form):
    """The consultation a synthesis belongs to, if any."""

    consultation = forms.ModelChoiceField(
        label=_("Consultation"),
        queryset=Consultation.objects.none(),
        required=False,
        empty_label=_("None"),
        help_text=_("Its page will show the synthesis."),
    )


class NewSynthesisForm(ConsultationForm):
    """A synthesis written by hand."""

    title = forms.CharField(label=_("Title"), max_length=200)
    field_order = ("title", "consultation")


class SettingsForm(forms.ModelForm):
    """What stands before the blocks."""

    class Meta:
        model = Synthesis
        fields = ("title", "session", "theme", "held_on", "summary")
        widgets = {
            "held_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "summary": forms.Textarea(attrs={"rows": 6}),
        }
        help_texts = {
            "session": _("For example: Workshop 2."),
            "summary": _("A few short sentences, one idea each. Shown to those who read the easy version."),
        }


class LineForm(forms.Form):
    """One sentence; `revision` is the one its writer started from."""

    text = forms.CharField(label=_("Sentence"), max_length=MAX_TEXT, widget=forms.Textarea(attrs={"rows": 4}))
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class NewLineForm(forms.Form):
    """A sentence at the end of a block, or under another."""

    text = forms.CharField(
        label=_("New sentence"), max_length=MAX_TEXT, widget=forms.Textarea(attrs={"rows": 2})
    )


class BlockForm(forms.Form):
    """Where a sentence goes."""

    block = forms.ChoiceField(label=_("Send to another block"), choices=Block.choices)


class MergeForm(forms.Form):
    """Which sentence says the same."""

    other = forms.ModelChoiceField(
        label=_("Merge with another sentence"),
        queryset=SynthesisLine.objects.none(),
        help_text=_("This sentence stays; the other goes, and gives it its sources."),
    )

    def __init__(self, data: object = None, *, line: SynthesisLine) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        others = SynthesisLine.objects.live().filter(synthesis=line.synthesis_id).exclude(pk=line.pk)
        self.fields["other"].queryset = others.order_by("block", "order", "pk")  # type: ignore[attr-defined]


class SourceForm(forms.Form):
    """What a sentence rests on."""

    source = forms.ChoiceField(label=_("Add a source"))

    def __init__(self, data: object = None, *, synthesis: Synthesis) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        groups = [
            (_("Groups of cards"), sources.group_choices(synthesis)),
            (_("Cards"), sources.card_choices(synthesis)),
            (_("Results of surveys"), sources.survey_choices()),
            (_("Indicators"), sources.indicator_choices()),
        ]
        filled = [(label, list(choices)) for label, choices in groups if choices]
        self.fields["source"].choices = [("", "–"), *filled]  # type: ignore[attr-defined]

    def clean_source(self) -> tuple[str, str]:
        kind, _separator, key = self.cleaned_data["source"].partition(":")
        return kind, key


class OpenCommentsForm(forms.Form):
    """Until when people may comment."""

    comments_until = forms.DateField(
        label=_("Last day to comment"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class AdoptForm(forms.Form):
    """Who adopted it, how and when."""

    decision = forms.CharField(
        label=_("Who adopted it, and how"),
        max_length=400,
        help_text=_("For example: the 24 participants of the second meeting, with one abstention."),
        widget=forms.Textarea(attrs=ROWS),
    )
    adopted_on = forms.DateField(
        label=_("Adopted on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    confirms_changes = forms.BooleanField(
        label=_("The text was modified since the comments; I confirm that this text was adopted"),
        help_text=_("Everyone will read “modified after the comments” on its page, with what changed."),
        error_messages={"required": _("The text changed since the comments: say that you know it.")},
    )

    def __init__(self, data: object = None, *, is_changed: bool, initial: dict | None = None) -> None:
        super().__init__(data, initial=initial)  # type: ignore[arg-type]
        if not is_changed:
            del self.fields["confirms_changes"]


class VolunteerForm(forms.Form):
    """A person who helps to write, by the address of their account."""

    email = forms.EmailField(label=_("E-mail address of their account"))


class CommentForm(forms.Form):
    """What a participant says; the receipt is asked only of those nothing else tells apart."""

    line = forms.UUIDField(required=False, widget=forms.HiddenInput)
    client_uuid = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    text = forms.CharField(label=_("Your comment"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    code = forms.CharField(
        label=_("The code of your receipt"),
        help_text=_("The four words and two digits you were given at the workshop."),
        max_length=200,
        required=False,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )

    def __init__(self, data: object = None, *, needs_code: bool, initial: dict | None = None) -> None:
        super().__init__(data, initial=initial)  # type: ignore[arg-type]
        self.fields["code"].required = needs_code
        if not needs_code:
            del self.fields["code"]


class ModerationForm(forms.ModelForm):
    """Why a comment is not shown, and what was done with it."""

    class Meta:
        model = SynthesisComment
        fields = ("reason", "answer")
        widgets = {"answer": forms.Textarea(attrs=ROWS)}
        help_texts = {"reason": _("Asked only for a comment you do not show.")}
