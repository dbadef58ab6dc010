"""The shape of what people write on account pages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class ProfileForm(forms.Form):
    """The name others see."""

    display_name = forms.CharField(
        label=_("Name shown to others"),
        max_length=80,
        required=False,
        help_text=_("Leave empty to show your e-mail address to the team only."),
    )


class EraseForm(forms.Form):
    """The person writes their own address: nobody erases an account by a slip of the finger."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("Write it in full to confirm."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        if email.lower() != self.user.email:
            raise forms.ValidationError(_("This is not the address of this account. Nothing was erased."))
        return email
