"""My account, my data and my second factor."""

import json
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY, format_hotp_value, hotp_value
from django.core import mail
from django.urls import reverse

from accounts.models import Role, User
from tests.factories.accounts import PASSWORD, SignedInClient, UserFactory, someone

pytestmark = pytest.mark.django_db
PAGES = ["home", "privacy", "erase", "second_factor"]


@pytest.fixture
def resident(client: SignedInClient) -> User:
    user: User = UserFactory()
    client.force_login(user)
    return user


@pytest.mark.parametrize("name", [*PAGES, "download"])
def test_account_pages_ask_to_sign_in(client: SignedInClient, name: str) -> None:
    response = client.get(reverse(f"accounts:{name}"))
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("name", PAGES)
def test_account_pages_are_kept_in_no_cache(client: SignedInClient, resident: User, name: str) -> None:
    response = client.get(reverse(f"accounts:{name}"))
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]


def test_the_name_shown_to_others_is_changed(client: SignedInClient, resident: User) -> None:
    client.post(reverse("accounts:home"), {"display_name": "Voisine de Duras"})
    resident.refresh_from_db()
    assert resident.display_name == "Voisine de Duras"


@pytest.mark.parametrize("name", ["x" * 81, "a\x00b"])
def test_a_bad_name_is_refused_and_kept_on_the_page(
    client: SignedInClient, resident: User, name: str
) -> None:
    response = client.post(reverse("accounts:home"), {"display_name": name})
    assert response.status_code == 422
    resident.refresh_from_db()
    assert resident.display_name == ""


def test_a_name_is_never_run(client: SignedInClient, resident: User) -> None:
    client.post(reverse("accounts:home"), {"display_name": "<script>alert(1)</script>"})
    assert "<script>alert(1)" not in client.get(reverse("accounts:home")).content.decode()


def test_my_data_are_downloaded_as_json(client: SignedInClient, resident: User) -> None:
    response = client.post(reverse("accounts:download"))
    assert json.loads(response.content)["account"]["email"] == resident.email
    assert response["Content-Disposition"].startswith("attachment")
    assert client.get(reverse("accounts:download")).status_code == 405


def test_an_agreement_is_given_shown_with_its_words_and_taken_back(
    client: SignedInClient, resident: User
) -> None:
    url = reverse("accounts:consent", args=["news"])
    client.post(url, {"answer": "yes"})
    resident.consents.update(wording="Les mots que j’ai lus.")
    assert "Les mots que j’ai lus." in client.get(reverse("accounts:privacy")).content.decode()
    client.post(url, {"answer": "no"})
    assert not resident.consents.in_force().exists()
    assert client.post(reverse("accounts:consent", args=["publicite"]), {"answer": "yes"}).status_code == 404


class TestErase:
    def test_someone_without_password_signs_in_again_when_it_was_long_ago(
        self, client: SignedInClient, resident: User
    ) -> None:
        session = client.session
        session["account_authentication_methods"] = [{"method": "code", "at": time.time() - 3600}]
        session.save()
        response = client.get(reverse("accounts:erase"))
        assert response["Location"].startswith(reverse("account_login"))
        assert "_auth_user_id" not in client.session

    def test_someone_with_a_password_gives_it_again(self, client: SignedInClient, resident: User) -> None:
        resident.set_password(PASSWORD)
        resident.save()
        client.force_login(resident)
        response = client.post(reverse("accounts:erase"), {"email": resident.email})
        assert response["Location"].startswith(reverse("account_reauthenticate"))
        resident.refresh_from_db()
        assert not resident.is_erased

    def test_the_address_must_be_written(self, client: SignedInClient, resident: User) -> None:
        response = client.post(reverse("accounts:erase"), {"email": "autre@example.org"})
        assert response.status_code == 422
        resident.refresh_from_db()
        assert not resident.is_erased

    def test_the_account_is_erased_and_signed_out(self, client: SignedInClient, resident: User) -> None:
        response = client.post(reverse("accounts:erase"), {"email": resident.email.upper()})
        assert response.status_code == 200
        resident.refresh_from_db()
        assert resident.is_erased
        assert client.get(reverse("accounts:home")).status_code == 302

    def test_the_last_administrator_is_told_what_to_do(self, client: SignedInClient) -> None:
        user = someone(Role.ADMINISTRATOR)
        client.force_login(user)
        page = client.post(reverse("accounts:erase"), {"email": user.email})
        assert page.status_code == 422
        assert "dernier" in page.content.decode()


class TestSetUpSecondFactor:
    def activate(self, client: SignedInClient) -> int:
        client.get(reverse("mfa_activate_totp"))
        secret = client.session[SECRET_SESSION_KEY]
        code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
        return client.post(reverse("mfa_activate_totp"), {"code": code}).status_code

    def test_an_application_set_up_opens_staff_doors_at_once(self, client: SignedInClient) -> None:
        user = someone(Role.EDITOR)
        client.force_login(user, second_factor=False)
        assert client.get("/gestion/").status_code == 302
        assert self.activate(client) == 302
        assert client.get("/gestion/").status_code == 200
        assert client.get(reverse("mfa_view_recovery_codes")).status_code == 200

    def test_its_secret_is_encrypted_and_a_letter_tells_it(
        self, client: SignedInClient, resident: User, django_capture_on_commit_callbacks: object
    ) -> None:
        client.get(reverse("mfa_activate_totp"))
        secret = client.session[SECRET_SESSION_KEY]
        with django_capture_on_commit_callbacks(execute=True):
            self.activate(client)
        assert secret not in str(Authenticator.objects.get(user=resident, type="totp").data)
        assert mail.outbox
        assert "Quelque chose a changé" in mail.outbox[-1].body

    def test_a_wrong_code_sets_nothing_up(self, client: SignedInClient, resident: User) -> None:
        client.get(reverse("mfa_activate_totp"))
        page = client.post(reverse("mfa_activate_totp"), {"code": "000000"})
        assert "error-summary" in page.content.decode()
        assert not Authenticator.objects.filter(user=resident).exists()


def test_changing_address_waits_for_the_code(client: SignedInClient, resident: User) -> None:
    response = client.post(reverse("account_email"), {"email": "nouvelle@example.org", "action_add": ""})
    assert response.status_code == 302
    resident.refresh_from_db()
    assert resident.email != "nouvelle@example.org"
