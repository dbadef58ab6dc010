"""The nomenclature in the admin: added, reworded, ended; never deleted."""

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from accounts.models import User
from core.models import AuditEntry
from needs.models import Need
from needs.services import save_need

pytestmark = pytest.mark.django_db
FIELDS = {"code": "1.1", "official_label": "Santé", "plain_label": "Ma santé", "synonyms": "soins\nmédecin\n"}


@pytest.fixture
def browser(client: Client, admin_user: User) -> Client:
    client.force_login(admin_user)
    save_need(actor=None, code="1", official_label="Besoins", plain_label="Mes besoins")
    return client


def test_code_is_added_through_the_service(browser: Client, admin_user: User) -> None:
    response = browser.post(reverse("needs:add"), FIELDS)
    assert response.status_code == 302
    assert Need.objects.get(code="1.1").synonyms == ["soins", "médecin"]
    assert AuditEntry.objects.get(target_label__startswith="1.1").actor == admin_user


def test_what_the_service_refuses_is_said_in_the_form_and_nothing_is_lost(browser: Client) -> None:
    response = browser.post(reverse("needs:add"), {**FIELDS, "code": "1.9.9"})
    assert response.status_code == 200
    html = response.content.decode()
    assert "1.9" in html
    assert "Ma santé" in html
    assert not Need.objects.filter(code="1.9.9").exists()


def test_code_is_reworded_then_ended(browser: Client) -> None:
    need = Need.objects.get(code="1")
    url = reverse("needs:edit", args=[need.pk])
    browser.post(url, {**FIELDS, "code": "2", "plain_label": "Ce qu’il me faut", "ends_on": "2026-01-01"})
    need.refresh_from_db()
    assert (need.code, need.plain_label, str(need.valid_to)) == ("1", "Ce qu’il me faut", "2026-01-01")


def test_list_page_and_words_are_shown(browser: Client) -> None:
    assert "Mes besoins" in browser.get(reverse("needs:index")).content.decode()
    assert browser.get(reverse("needs:index"), {"q": "mes"}).status_code == 200


def test_nothing_is_deleted(browser: Client) -> None:
    try:
        url = reverse("needs:delete", args=[Need.objects.get().pk])
    except NoReverseMatch:
        return
    browser.post(url)
    assert Need.objects.filter(code="1").exists()
