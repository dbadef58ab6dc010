"""Forms of texts written together."""

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.cowriting.models import Comment, Suggestion, Version


class VersionForm(forms.ModelForm):
    """The name under which the texts are frozen."""

    class Meta:
        model = Version
        fields = ["name"]
        help_texts = {"name": _("For example: “After the meeting of 12 March”.")}


class SuggestionForm(forms.ModelForm):
    """Another wording, and why."""

    class Meta:
        model = Suggestion
        fields = ["proposed", "why"]
        widgets = {"proposed": forms.Textarea(attrs={"rows": 10}), "why": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "proposed": _(
                "Change the text as you would write it. Nothing changes before the team has read it."
            )
        }


class AnswerForm(forms.Form):
    """What the author of a suggestion is told; `text` where words have to be chosen by hand."""

    answer = forms.CharField(
        label=_("Answer to the author"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed if you do not take the suggestion."),
    )


class CommentForm(forms.ModelForm):
    """A comment, on words of the text or on the whole."""

    class Meta:
        model = Comment
        fields = ["quotation", "body"]
        widgets = {"quotation": forms.Textarea(attrs={"rows": 2}), "body": forms.Textarea(attrs={"rows": 4})}
        help_texts = {"quotation": _("Copy them from the text. Leave empty to speak of the whole text.")}


class ReplyForm(forms.ModelForm):
    """An answer to a comment."""

    class Meta:
        model = Comment
        fields = ["body"]
        labels = {"body": _("Your answer")}
        widgets = {"body": forms.Textarea(attrs={"rows": 3})}
