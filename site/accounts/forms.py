"""The shape of what people write on account pages."""

import struct
from typing import Any, cast

from allauth.account import forms as account_forms
from allauth.mfa.adapter import get_adapter as get_factor_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn import forms as passkey_forms
from cryptography.exceptions import InvalidSignature
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Role, User
from organisations.models import Organisation
from territories.models import Territory

LABELS = {
    "login": _("E-mail address"),
    "email": _("E-mail address"),
    "password": _("Password"),
    "oldpassword": _("Your password today"),
    "password1": _("New password"),
    "password2": _("The same password, once more"),
    "code": _("Code"),
    "remember": _("Keep me signed in on this device"),
    "name": _("Name of the passkey"),
}
HINTS = {
    "password1": _("At least 12 characters. Three or four ordinary words do very well."),
    "remember": _("Not on a device that others use."),
}


class PlainWords:
    """Our words on a form of allauth, always visible: no label that vanishes inside its field."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = LABELS.get(name, field.label)
            field.help_text = HINTS.get(name, field.help_text)
            if name == "code":
                field.widget.attrs |= {"inputmode": "numeric", "autocomplete": "one-time-code"}


class SignInForm(PlainWords, account_forms.LoginForm):
    """By password. People sign up without one, which makes allauth drop the field: we keep it."""

    def _setup_password_field(self) -> None:
        self.fields["password"].required = True


class SignUpForm(PlainWords, account_forms.SignupForm):
    """An address is enough."""


class NewAddressForm(PlainWords, account_forms.AddEmailForm):
    """The address that replaces today's."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("New e-mail address")


class OtherAddressForm(PlainWords, account_forms.ChangeEmailForm):
    """Another address while one waits for the code."""


class ChangePasswordForm(PlainWords, account_forms.ChangePasswordForm):
    """Today's password, then the new one."""


class SetPasswordForm(PlainWords, account_forms.SetPasswordForm):
    """A first password."""


class LostPasswordForm(PlainWords, account_forms.ResetPasswordForm):
    """Where to send the code."""


class FreshPasswordForm(PlainWords, account_forms.ResetPasswordKeyForm):
    """The password chosen after the code."""


class PasswordAgainForm(PlainWords, account_forms.ReauthenticateForm):
    """To confirm who is there."""


class AskCodeForm(PlainWords, account_forms.RequestLoginCodeForm):
    """Where to send the code."""


class SignInCodeForm(PlainWords, account_forms.ConfirmLoginCodeForm):
    """The code received, to sign in."""


class AddressCodeForm(PlainWords, account_forms.ConfirmEmailVerificationCodeForm):
    """The code received, to prove an address."""


class PasswordCodeForm(PlainWords, account_forms.ConfirmPasswordResetCodeForm):
    """The code received, to choose a password."""


class PasskeyNameForm(PlainWords, passkey_forms.EditWebAuthnForm):
    """Another name for a passkey."""

    name = forms.CharField(max_length=80)


MALFORMED = (KeyError, ValueError, TypeError, AttributeError, IndexError, InvalidSignature, struct.error)


class PasskeyForm(passkey_forms.AddWebAuthnForm):
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

    def clean(self) -> dict[str, Any]:
        try:
            return cast(dict[str, Any], super().clean())
        except MALFORMED:
            raise get_factor_adapter().validation_error("incorrect_code") from None


class RefusesForgedPasskey:
    """What no device would send is a wrong passkey; allauth and its library let most of it through as errors."""

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except MALFORMED:
            raise get_factor_adapter().validation_error("incorrect_code") from None


class PasskeyAloneForm(RefusesForgedPasskey, passkey_forms.LoginWebAuthnForm):
    """A passkey, to sign in."""


class PasskeyAfterForm(RefusesForgedPasskey, passkey_forms.AuthenticateWebAuthnForm):
    """A passkey, after a password or a code."""


class PasskeyAgainForm(RefusesForgedPasskey, passkey_forms.ReauthenticateWebAuthnForm):
    """A passkey, to confirm who is there."""


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


class PlaceField(forms.ChoiceField):
    """A territory or an organisation, as one list; cleaned into the object itself."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=place_choices, **kwargs)

    def to_place(self, value: str) -> dict[str, Any]:
        kind, _colon, pk = value.partition(":")
        if kind == "organisation":
            return {"organisation": Organisation.objects.get(pk=pk)}
        return {"territory": Territory.objects.get(pk=pk)}


def place_choices() -> list[tuple[str, Any]]:
    """Current territories by level, then organisations."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for territory in Territory.objects.current().select_related("level"):
        groups.setdefault(territory.level.name_plural, []).append(
            (f"territory:{territory.pk}", str(territory))
        )
    bodies = [(f"organisation:{body.pk}", str(body)) for body in Organisation.objects.all()]
    return [("", str(_("Choose a place"))), *groups.items(), (str(_("Organisations")), bodies)]


class RoleForm(forms.Form):
    """A role on a place for a time."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    place = PlaceField(label=_("Territory or organisation"))
    starts_on = forms.DateField(
        label=_("First day"),
        initial=timezone.localdate,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    ends_on = forms.DateField(
        label=_("Last day"),
        required=False,
        help_text=_("Leave empty when no end is planned."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    def clean(self) -> dict[str, Any]:
        """The arguments of `grant_membership`."""
        cleaned: dict[str, Any] = super().clean() or {}
        place = cleaned.pop("place", "")
        field = cast(PlaceField, self.fields["place"])
        return {**cleaned, **(field.to_place(place) if place else {})}


class InviteForm(RoleForm):
    """An address, and the role that comes with the invitation."""

    email = forms.EmailField(label=_("E-mail address"))
    display_name = forms.CharField(
        label=_("Name shown to others"),
        max_length=80,
        required=False,
        help_text=_("The person can change it."),
    )
    field_order = ["email", "display_name", "role", "place", "starts_on", "ends_on"]


class EndRoleForm(forms.Form):
    """The last day, or nothing to end the role at once."""

    ends_on = forms.DateField(label=_("Last day"), required=False)
