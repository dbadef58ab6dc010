"""Guessing room codes: slow for the guesser, open for those who hold one."""

import pytest
from django.test import Client as Browser

from consultations.live.codes import ALPHABET, LENGTH, new_room_code, normalise_room_code
from consultations.live.services import ROOM_CODES
from core.tolls import FREE_PER_MINUTE, count_wrong


def test_codes_are_random_and_hold_no_look_alike() -> None:
    codes = {new_room_code() for _turn in range(200)}
    assert len(codes) == 200 and all(len(code) == LENGTH for code in codes)
    assert not set("".join(codes)) & set("AEIOU01258BSZ") - set(ALPHABET)
    assert not set(ALPHABET) & set("AEIOU01258BSZ")


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
def test_while_codes_are_guessed_each_attempt_pays_first(client: Browser, method: str) -> None:
    code = new_room_code()
    assert getattr(client, method)(f"/atelier/{code}/").status_code == 404
    for _turn in range(FREE_PER_MINUTE):
        count_wrong(ROOM_CODES)
    answer = getattr(client, method)(f"/atelier/{code}/")
    assert answer.status_code == 429 and answer.context["code"] == code
    typed = client.post("/atelier/", {"code": code})
    assert typed.status_code == 429 and typed.context["toll"].ticket


@pytest.mark.parametrize("typed", ["", "abc", "CDFGHJK", "C D F G H", "AAAAAA", "ééé", "0" * 6])
def test_what_cannot_be_a_code(typed: str) -> None:
    assert normalise_room_code(typed) == ""
