"""Actor × state, by the machine and by who people are."""

from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import Role
from tests.factories import unmet as make
from tests.factories.process import body, person, place
from tests.states import walk
from unmet import permissions
from unmet.states import LIFE, Part

PARTS = {
    "nobody": frozenset(),
    "reader": frozenset({Part.READER}),
    "answerer": frozenset({Part.READER, Part.ANSWERER}),
}
ALL = ["open", "answered", "acted", "closed"]


def each(states: list[str], actors: list[str]) -> dict[str, list[str]]:
    return dict.fromkeys(states, actors)


def test_who_may_do_what_with_a_signal() -> None:
    table = {
        "read": each(ALL, ["reader", "answerer"]),
        "answer": each(["open", "answered"], ["answerer"]),
        "act": each(["open", "answered"], ["answerer"]),
        "close": each(["open", "answered"], ["answerer"]),
        "reopen": each(["answered", "acted", "closed"], ["answerer"]),
    }
    assert walk(LIFE, table, PARTS) == len(table) * len(ALL) * len(PARTS)


ACTORS: dict[str, tuple[Callable[[Any], Any], bool, bool]] = {
    "visitor": (lambda here: None, False, False),
    "member": (lambda here: person(), False, False),
    "organiser": (lambda here: person(Role.ORGANISER, on=here), True, True),
    "steward of the directory": (lambda here: person(Role.DIRECTORY_EDITOR, on=here), True, True),
    "administrator": (lambda here: person(Role.ADMINISTRATOR, on=here), True, True),
    "superuser": (lambda here: person(superuser=True), True, True),
    "analyst": (lambda here: person(Role.ANALYST, on=here), True, False),
    "official": (lambda here: person(Role.OFFICIAL, on=here), True, False),
    "professional": (lambda here: person(Role.PROFESSIONAL, on=here), True, False),
    "professional of a service": (lambda here: person(Role.PROFESSIONAL, on=body(here)), False, False),
    "facilitator": (lambda here: person(Role.FACILITATOR, on=here), False, False),
    "former organiser": (lambda here: person(Role.ORGANISER, on=here, ended=True), False, False),
    "organiser elsewhere": (lambda here: person(Role.ORGANISER, on=place("Ailleurs")), False, False),
}


@pytest.mark.django_db
@pytest.mark.parametrize("actor", list(ACTORS))
@pytest.mark.parametrize("state", ALL)
def test_those_of_the_territory_read_and_those_who_answer_for_it_answer(actor: str, state: str) -> None:
    here = place("Lot-et-Garonne", "departement")
    town = place("Duras", within=here)
    made, reads, answers = ACTORS[actor]
    user = made(here)
    for where in (here, town):
        one = make.signal(where, state=state)
        assert LIFE.can("read", permissions.parts_of(user, one), one) is reads
        assert permissions.can_answer_signal(user, one) is answers
        assert permissions.can_read_place(user, where.pk) is reads


@pytest.mark.django_db
def test_a_role_on_a_part_does_not_read_the_whole() -> None:
    here = place("Lot-et-Garonne", "departement")
    town = place("Duras", within=here)
    user = person(Role.ORGANISER, on=town)
    assert permissions.can_read_place(user, town.pk) and not permissions.can_read_place(user, here.pk)
