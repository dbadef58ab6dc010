"""A null character is refused with a page, never an error of the database."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/recherche/?q=a%00b", "/recherche/%00/"])
def test_null_character_in_an_address_gets_a_page(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 400
    assert b"<h1" in answer.content


def test_null_character_in_a_form_gets_a_page(client: Client) -> None:
    answer = client.post("/suivre/", "code=a%00b", content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 400


def test_form_without_it_goes_through(client: Client) -> None:
    answer = client.post("/suivre/", "code=abc", content_type="application/x-www-form-urlencoded")
    assert answer.status_code != 400


def test_form_in_pieces_gets_a_page(client: Client) -> None:
    answer = client.post("/suivre/", "--x", content_type="multipart/form-data")
    assert answer.status_code == 400
    assert b"<h1" in answer.content
