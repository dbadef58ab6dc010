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

from accounts.models import User
from accounts.services import register_user

IPV6_SITE_BITS = 64


class AccountAdapter(DefaultAccountAdapter):
    """Our services save people; our counters keep no network address."""

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
