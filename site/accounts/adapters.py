"""How allauth meets our people: saving, writing to them, counting attempts, keeping secrets."""

import base64
import hashlib
import ipaddress
from types import SimpleNamespace
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services import register_user

IPV6_SITE_BITS = 64
PLAIN_ERRORS = {
    "account_inactive": _("This account is closed. Write to us if you think it is a mistake."),
    "duplicate_email": _("This address is already the one of your account."),
    "email_taken": _("Another account already has this address. Give another one."),
    "email_password_mismatch": _(
        "The address or the password is not right. Check both, or ask for a code by e-mail."
    ),
    "enter_current_password": _("This is not your password today. Write it again."),
    "incorrect_code": _("This is not the code we sent. Copy the eight digits of the latest e-mail."),
    "incorrect_password": _("This password is not right. Write it again, or choose another way."),
    "invalid_login": _("Write your e-mail address."),
    "too_many_login_attempts": _("Too many attempts. Wait a few minutes, then try again."),
    "rate_limited": _("You have just asked for a code. Wait a minute before asking for another one."),
    "same_as_current": _("This is the same address. Give another one."),
    "unverified_primary_email": _("Confirm your address first, with the code we sent."),
}
PLAIN_FACTOR_ERRORS = {
    "add_email_blocked": _("Your second check must be removed before you change your address."),
    "cannot_delete_authenticator": _("It is your last second check: your role needs one."),
    "cannot_generate_recovery_codes": _("Rescue codes come with a second check: set one up first."),
    "incorrect_code": _("This code or this passkey is not the right one. Check, then try again."),
    "unverified_email": _("Confirm your e-mail address before you set up a second check."),
}
WAYS = {
    "reauthenticate": _("With my password"),
    "mfa_reauthenticate": _("With a code from my telephone"),
    "mfa_reauthenticate:webauthn": _("With my passkey"),
}


class AccountAdapter(DefaultAccountAdapter):
    """Our services save people; our counters keep no network address."""

    error_messages = DefaultAccountAdapter.error_messages | PLAIN_ERRORS

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:home")

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Ways of proving once more who is there, in our words."""
        methods = super().get_reauthentication_methods(user)
        return [method | {"description": WAYS.get(method["id"], method["description"])} for method in methods]

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        user.email = form.cleaned_data["email"]
        self.set_password_from(user, form)
        return register_user(user=user) if commit else user

    def set_password_from(self, user: User, form: Any) -> None:
        """People sign up with an address alone; a password is theirs to add later."""
        user.set_password(form.cleaned_data.get("password1") or None)

    def get_client_ip(self, request: HttpRequest) -> str:
        """A name for the sender that lasts a day and leads back to no address."""
        return anonymous_sender(super().get_client_ip(request), day=timezone.localdate().isoformat())

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        site = SimpleNamespace(name=settings.WAGTAIL_SITE_NAME, domain=settings.PUBLIC_URL)
        signin_url = settings.PUBLIC_URL + reverse("account_request_login_code")
        known = {"email": email, "current_site": site, "signin_url": signin_url, **context}
        self.render_mail(template_prefix, email, known).send()

    def format_email_subject(self, subject: str) -> str:
        return f"{settings.WAGTAIL_SITE_NAME} : {subject}"


class MFAAdapter(DefaultMFAAdapter):
    """Secrets of second factors are encrypted at rest with the site's secret key."""

    error_messages = DefaultMFAAdapter.error_messages | PLAIN_FACTOR_ERRORS

    def get_totp_issuer(self) -> str:
        return settings.WAGTAIL_SITE_NAME

    def encrypt(self, text: str) -> str:
        return vault().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return vault().decrypt(encrypted_text.encode()).decode()


def anonymous_sender(address: str, *, day: str) -> str:
    """A keyed hash of a network address (of its /64 site for IPv6), different every day."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        parsed = None
    if isinstance(parsed, ipaddress.IPv6Address):
        address = str(ipaddress.IPv6Network((parsed, IPV6_SITE_BITS), strict=False).network_address)
    return salted_hmac(f"sender-{day}", address).hexdigest()[:24]


def vault() -> MultiFernet:
    """Encrypts with the current secret key and still reads what older keys wrote."""
    keys = [str(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    return MultiFernet(
        [Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"mfa:{key}".encode()).digest())) for key in keys]
    )
