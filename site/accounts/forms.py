"""The shape of what people write on account pages."""

from typing import Any

from allauth.account.forms import LoginForm
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class SignInForm(LoginForm):
    """By password. People sign up without one, which makes allauth drop the field: we keep it."""

    def _setup_password_field(self) -> None:
        self.fields["password"].required = True


class PasskeyForm(AddWebAuthnForm):
    """A passkey, which signs in by itself unless the person says otherwise."""

    name = forms.CharField(
        label=_("Name of the passkey"),
        required=False,
        help_text=_("To know it again, for example “my telephone”."),
    )
    passwordless = forms.BooleanField(
        label=_("Sign in with this passkey alone, without password or code"), required=False, initial=True
    )
    field_order = ["name", "passwordless"]


class CodeForm(AuthenticateForm):
    """The code of the application, or a rescue code."""

    code = forms.CharField(
        label=_("Your code"), widget=forms.TextInput(attrs={"autocomplete": "one-time-code"})
    )


class CodeAgainForm(ReauthenticateForm):
    """The same, to confirm who is there."""

    code = CodeForm.base_fields["code"]


class FirstCodeForm(ActivateTOTPForm):
    """The first code of an application being set up."""

    code = forms.CharField(
        label=_("The six digits"),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


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
