"""Contact form."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ContactForm(forms.Form):
    """What someone writes to us; `website` is a trap that people do not see and robots fill in."""

    name = forms.CharField(label=_("Your name"), max_length=80, required=False)
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("Only to answer you."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    message = forms.CharField(
        label=_("Your message"),
        help_text=_("Please give no medical information."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={"max_length": _("Keep your message under 4,000 characters, or call us.")},
    )
    website = forms.CharField(required=False, widget=forms.HiddenInput)
