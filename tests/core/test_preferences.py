"""Reading preferences: kept without an account, changed only from this site, never a way out of it."""

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from core.preferences import COOKIE, SCHEMES, TEXT_SIZES, Preferences

ADDRESS = "/affichage/"


@given(st.builds(Preferences, st.sampled_from(SCHEMES), st.sampled_from(TEXT_SIZES), st.booleans()))
def test_cookie_reads_back_what_was_chosen(preferences: Preferences) -> None:
    assert Preferences.from_cookie(preferences.to_cookie()) == preferences


@given(st.text(max_size=60))
def test_any_cookie_gives_valid_preferences(value: str) -> None:
    preferences = Preferences.from_cookie(value)
    assert preferences.scheme in SCHEMES
    assert preferences.text in TEXT_SIZES


@pytest.mark.parametrize(
    ("posted", "expected"),
    [
        ({"scheme": "dark"}, Preferences("dark", "large", True)),
        ({"easy_read": "0"}, Preferences("light", "large", False)),
        ({"scheme": "purple", "text": "<b>"}, Preferences("light", "large", True)),
        ({}, Preferences("light", "large", True)),
    ],
)
def test_a_post_changes_only_what_it_names(posted: dict[str, str], expected: Preferences) -> None:
    assert Preferences("light", "large", True).changed_by(posted) == expected


@pytest.mark.django_db
def test_choice_is_kept_and_drawn_on_the_page(client: Client) -> None:
    response = client.post(ADDRESS, {"scheme": "dark", "text": "large", "easy_read": "1", "next": ADDRESS})
    assert response.status_code == 303
    assert response["Location"] == ADDRESS
    html = client.get(ADDRESS).text
    assert 'data-scheme="dark" data-text="large" data-easy="true"' in html


@pytest.mark.django_db
@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_next_never_leaves_the_site(client: Client, target: str) -> None:
    assert client.post(ADDRESS, {"scheme": "dark", "next": target})["Location"] == "/"


@pytest.mark.django_db
def test_another_site_cannot_change_them(client: Client) -> None:
    client.post(ADDRESS, {"scheme": "dark"}, headers={"sec-fetch-site": "cross-site"})
    assert COOKIE not in client.cookies


@pytest.mark.django_db
def test_pages_carry_no_token_so_that_they_can_be_cached(client: Client) -> None:
    assert "csrfmiddlewaretoken" not in client.get(ADDRESS).text
