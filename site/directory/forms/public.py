"""Forms anyone may send about a record."""

from django import forms
from django.utils.translation import gettext_lazy as _

from directory.models import Report
from directory.models.base import LONG, PARAGRAPH

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


class ClaimForm(forms.Form):
    """Who one is in the organisation, for those who verify."""

    words = forms.CharField(
        label=_("What you do there"),
        max_length=PARAGRAPH,
        widget=forms.Textarea({"rows": 3}),
        help_text=_(
            "Your work or your part in the organisation: it is read by those who verify, nobody else."
        ),
    )


class ProposalForm(forms.Form):
    """The corrections someone not yet verified may propose."""

    name = forms.CharField(label=_("Name"), max_length=150)
    description = forms.CharField(label=_("Description"), max_length=LONG, widget=forms.Textarea({"rows": 6}))
    easy_read = forms.CharField(
        label=_("Easy-read text"), max_length=PARAGRAPH, required=False, widget=forms.Textarea({"rows": 3})
    )
    eligibility = forms.CharField(
        label=_("Conditions"), max_length=PARAGRAPH, required=False, widget=forms.Textarea({"rows": 2})
    )
    fee_words = forms.CharField(label=_("Price in words"), max_length=PARAGRAPH, required=False)
    remaining_words = forms.CharField(label=_("What remains to pay"), max_length=PARAGRAPH, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=30, required=False)
    email = forms.EmailField(label=_("Generic e-mail address"), required=False)
    link = forms.CharField(label=_("Online form"), max_length=500, required=False)


MARKS = (
    (4, _("very good")),
    (3, _("rather good")),
    (2, _("rather bad")),
    (1, _("bad")),
    ("", _("I would rather not say")),
)


class LetterForm(forms.Form):
    """What a team answers from its own mailbox: yes or no, nothing else is read as one of them."""

    decision = forms.ChoiceField(
        label=_("Your answer"),
        choices=[("yes", _("Yes, this person may keep our records")), ("no", _("No"))],
        error_messages={"required": _("Answer yes or no.")},
    )

    @property
    def is_yes(self) -> bool:
        return bool(self.cleaned_data["decision"] == "yes")


class ExperienceForm(forms.Form):
    """Three questions, each may be left out; no words, so that nobody is named."""

    waiting = forms.TypedChoiceField(
        label=_("The wait before being helped"),
        choices=MARKS,
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    access = forms.TypedChoiceField(
        label=_("Getting there and getting in"),
        choices=MARKS,
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    welcome = forms.TypedChoiceField(
        label=_("The welcome you were given"),
        choices=MARKS,
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
