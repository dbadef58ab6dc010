"""A form of allauth that is refused says so by its status, its summary and its field."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("login/", {"login": "pas une adresse", "password": "x"}),
        ("login/", {"login": "nobody@example.org", "password": "wrong"}),
        ("signup/", {"email": "pas une adresse"}),
        ("login/code/", {"email": ""}),
        ("password/reset/", {"email": "pas une adresse"}),
    ],
)
def test_a_refused_form_answers_422_with_its_summary(
    client: Client, language: str, path: str, fields: dict[str, str]
) -> None:
    page = client.post(f"{language}/compte/{path}", fields)
    assert page.status_code == 422
    assert 'class="error-summary' in page.content.decode()


@pytest.mark.parametrize("path", ["login/", "signup/", "login/code/", "password/reset/"])
def test_an_empty_form_is_no_error(client: Client, path: str) -> None:
    page = client.get(f"/compte/{path}")
    assert page.status_code == 200
    assert 'class="error-summary' not in page.content.decode()
