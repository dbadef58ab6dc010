"""Forms of following."""

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.following.models import Reader


class FollowForm(forms.Form):
    """An address, and how often it may be written to."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        help_text=_("Used to tell you the news, for nothing else. For example: nom@exemple.fr."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    rhythm = forms.ChoiceField(
        label=_("How often?"),
        choices=Reader.Rhythm.choices,
        initial=Reader.Rhythm.WEEK,
        widget=forms.RadioSelect,
    )


class RhythmForm(forms.ModelForm):
    """How often, at most."""

    class Meta:
        model = Reader
        fields = ["rhythm"]
        labels = {"rhythm": _("How often?")}
        widgets = {"rhythm": forms.RadioSelect}
