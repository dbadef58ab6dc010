"""Every address allauth serves here is known, drawn by a template of ours, and survives misuse."""

import re
import time
from collections.abc import Iterator

import pytest
from allauth.account.models import EmailAddress
from django.contrib.messages import get_messages
from django.core import mail
from django.template.loader import get_template
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.models import User
from tests.factories.accounts import PASSWORD, SignedInClient, UserFactory

pytestmark = pytest.mark.django_db
# Each address and the template that draws it; None where it only answers redirects.
# Not installed, hence not here: signing up by passkey or telephone, links in e-mails (we send codes),
# trusted browsers (a staff role proves its second factor each time), lists of sessions, other sites' accounts.
PAGES = {
    "account_login": "account/login.html",
    "account_logout": "account/logout.html",
    "account_inactive": "account/account_inactive.html",
    "account_signup": "account/signup.html",
    "account_reauthenticate": "account/reauthenticate.html",
    "account_email": "account/email_change.html",
    "account_email_verification_sent": "account/confirm_email_verification_code.html",
    "account_change_password": "account/password_change.html",
    "account_set_password": "account/password_set.html",
    "account_reset_password": "account/password_reset.html",
    "account_confirm_password_reset_code": "account/confirm_password_reset_code.html",
    "account_complete_password_reset": "account/password_reset_from_key.html",
    "account_password_reset_completed": "account/password_reset_from_key_done.html",
    "account_request_login_code": "account/request_login_code.html",
    "account_confirm_login_code": "account/confirm_login_code.html",
    "mfa_index": "mfa/index.html",
    "mfa_authenticate": "mfa/authenticate.html",
    "mfa_reauthenticate": "mfa/reauthenticate.html",
    "mfa_activate_totp": "mfa/totp/activate_form.html",
    "mfa_deactivate_totp": "mfa/totp/deactivate_form.html",
    "mfa_view_recovery_codes": "mfa/recovery_codes/index.html",
    "mfa_generate_recovery_codes": "mfa/recovery_codes/generate.html",
    "mfa_download_recovery_codes": "mfa/recovery_codes/download.txt",
    "mfa_list_webauthn": "mfa/webauthn/authenticator_list.html",
    "mfa_add_webauthn": "mfa/webauthn/add_form.html",
    "mfa_edit_webauthn": "mfa/webauthn/edit_form.html",
    "mfa_remove_webauthn": "mfa/webauthn/authenticator_confirm_delete.html",
    "mfa_reauthenticate_webauthn": "mfa/webauthn/reauthenticate.html",
    "mfa_login_webauthn": None,
}
HOSTILE = ["", "null", "[]", "{}", "1", '"x"', '{"id": 1}', '{"id": "a", "response": {}}', "{", "\u0000"]


def served(patterns: list[URLPattern | URLResolver]) -> Iterator[str | None]:
    """Names of the addresses whose view is allauth's."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from served(pattern.url_patterns)
        elif pattern.callback.__module__.startswith("allauth."):
            yield pattern.name


def test_no_address_of_allauth_is_unknown() -> None:
    assert set(served(get_resolver().url_patterns)) == set(PAGES)


@pytest.mark.parametrize("template", [name for name in PAGES.values() if name])
def test_each_page_is_drawn_by_a_template_of_ours(template: str) -> None:
    assert "site-packages" not in str(get_template(template).origin)  # type: ignore[attr-defined]


def said(client: SignedInClient, response: object) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))  # type: ignore[attr-defined]


def code_received() -> str:
    return re.search(r"\d{4}-\d{4}", str(mail.outbox[-1].body))[0]  # type: ignore[index]


@pytest.mark.parametrize(
    ("asks", "fields", "confirms", "starts"),
    [
        ("account_request_login_code", {}, "account_confirm_login_code", "account_request_login_code"),
        ("account_reset_password", {}, "account_confirm_password_reset_code", "account_login"),
        (
            "account_signup",
            {"email": "neuve@example.org"},
            "account_email_verification_sent",
            "account_login",
        ),
    ],
)
def test_a_code_too_old_is_said(
    client: SignedInClient,
    monkeypatch: pytest.MonkeyPatch,
    asks: str,
    fields: dict[str, str],
    confirms: str,
    starts: str,
) -> None:
    client.post(reverse(asks), {"email": UserFactory().email, **fields})
    code, now = code_received(), time.time()
    monkeypatch.setattr(time, "time", lambda: now + 16 * 60)
    response = client.post(reverse(confirms), {"code": code})
    assert response["Location"] == reverse(starts)
    assert "trop ancien" in said(client, response)


def test_a_code_already_used_is_said(client: SignedInClient) -> None:
    client.post(reverse("account_request_login_code"), {"email": UserFactory().email})
    code = code_received()
    assert client.post(reverse("account_confirm_login_code"), {"code": code})["Location"] == "/compte/"
    client.post(reverse("account_logout"))
    response = client.post(reverse("account_confirm_login_code"), {"code": code})
    assert "déjà servi" in said(client, response)


def test_too_many_wrong_codes_are_said_once(client: SignedInClient) -> None:
    client.post(reverse("account_request_login_code"), {"email": UserFactory().email})
    for _ in range(5):
        response = client.post(reverse("account_confirm_login_code"), {"code": "0000-0000"})
    assert "Trop d’essais" in said(client, response)
    assert "trop ancien" not in said(client, response)


def test_a_closed_account_is_told_so_only_with_its_password(client: SignedInClient) -> None:
    user = UserFactory(is_active=False)
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.get_or_create(
        user=user, email=user.email, defaults={"primary": True, "verified": True}
    )
    page = client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD}, follow=True)
    assert "Ce compte est fermé" in page.content.decode()
    wrong = client.post(reverse("account_login"), {"login": user.email, "password": "autre"})
    assert (wrong.status_code, "fermé" in wrong.content.decode()) == (422, False)
    asked = client.post(reverse("account_request_login_code"), {"email": user.email})
    assert asked["Location"] == reverse("account_confirm_login_code")
    assert not re.search(r"\d{4}-\d{4}", str(mail.outbox[-1].body))


@pytest.mark.parametrize("credential", HOSTILE)
def test_a_forged_passkey_is_refused(client: SignedInClient, credential: str) -> None:
    user: User = UserFactory(totp=True)
    response = client.post(reverse("mfa_login_webauthn"), {"credential": credential})
    assert response["Location"] == reverse("account_login")
    client.force_login(user)
    for name in ("mfa_reauthenticate_webauthn", "mfa_add_webauthn"):
        assert client.post(reverse(name), {"credential": credential}).status_code in {302, 422}


@pytest.mark.parametrize("name", ["mfa_authenticate", "mfa_reauthenticate", "account_reauthenticate"])
@pytest.mark.parametrize("code", ["", "\u0000", "9" * 5000, "é", "0000-0000"])
def test_a_hostile_code_breaks_nothing(client: SignedInClient, name: str, code: str) -> None:
    client.force_login(UserFactory(totp=True))
    assert client.post(reverse(name), {"code": code, "password": code}).status_code in {302, 403, 422}


def test_another_persons_passkey_is_not_found(client: SignedInClient) -> None:
    client.force_login(UserFactory())
    for name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
        assert client.get(reverse(name, args=[1])).status_code in {302, 404}
