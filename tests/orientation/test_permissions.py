"""Actor × state: by the machine, and by who people are."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import Role
from orientation import permissions
from orientation.models import Coordination, HelpRequest, Sending
from orientation.states import COORDINATION, LIFE, Part
from tests.factories.orientation import asked, sending, taker
from tests.factories.process import body, person, place
from tests.states import walk

PARTS = {"nobody": frozenset(), **{str(part): frozenset({part}) for part in Part}}
ALL = [str(state) for state in Sending.State]
OPEN = ["sent", "seen", "studying"]
PEOPLE = ["service", "person", "counter", "coordinator"]
ASKERS = ["person", "counter"]


def each(states: list[str], actors: list[str]) -> dict[str, list[str]]:
    return dict.fromkeys(states, actors)


def test_who_may_do_what_with_a_request_sent() -> None:
    table = {
        "read": {**each(ALL, PEOPLE), "withdrawn": [one for one in PEOPLE if one != "service"]},
        "open": each(["sent"], ["service"]),
        "study": each(["sent", "seen"], ["service"]),
        "accept": each(OPEN, ["service"]),
        "refuse": each(OPEN, ["service"]),
        "fill": each(OPEN, ["service"]),
        "withdraw": each([*OPEN, "accepted"], ASKERS),
        "remind": each(["sent", "seen"], ["platform"]),
        "expire": each(OPEN, ["platform"]),
        "close": each(OPEN, ["platform"]),
    }
    assert walk(LIFE, table, PARTS) == len(table) * len(ALL) * len(PARTS)


def test_who_may_do_what_with_a_coordination() -> None:
    every = [str(state) for state in Coordination.State]
    table = {
        "read": each(every, ["coordinator", *ASKERS]),
        "name": each(["asked", "named"], ["coordinator"]),
        "finish": each(["named"], ["coordinator"]),
        "stop": each(["asked", "named"], ["coordinator", *ASKERS]),
    }
    walk(COORDINATION, table, PARTS)


def an_actor(name: str, one: Sending) -> Any:
    """Whoever the table names, for a request sent from a counter of its commune."""
    commune = one.help_request.commune
    assert commune is not None
    made: dict[str, Callable[[], Any]] = {
        "visitor": lambda: None,
        "member": person,
        "of_service": lambda: person(Role.PROFESSIONAL, on=one.service.organisation),
        "director_of_service": lambda: person(Role.DIRECTOR, on=one.service.organisation),
        "left_service": lambda: person(Role.PROFESSIONAL, on=one.service.organisation, ended=True),
        "of_counter": lambda: person(Role.PROFESSIONAL, on=one.help_request.counter),
        "of_another": lambda: person(Role.PROFESSIONAL, on=body(commune)),
        "coordinator": lambda: person(Role.PROFESSIONAL, on=commune),
        "coordinator_elsewhere": lambda: person(Role.PROFESSIONAL, on=place("Ailleurs")),
        "steward": lambda: person(Role.DIRECTORY_EDITOR, on=commune),
        "analyst": lambda: person(Role.ANALYST, on=commune),
        "administrator": lambda: person(Role.ADMINISTRATOR, on=commune),
        "superuser": lambda: person(superuser=True),
    }
    return made[name]()


READERS = {"of_service", "director_of_service", "of_counter"}
ACTORS = (
    "visitor", "member", "of_service", "director_of_service", "left_service", "of_counter", "of_another", "coordinator",
    "coordinator_elsewhere", "steward", "analyst", "administrator", "superuser",
)  # fmt: skip


def from_counter(state: str) -> Sending:
    service = taker(place())
    counter = body(service.organisation.territory, "Guichet")
    return sending(
        state, service=service, actor=person(Role.PROFESSIONAL, on=counter), counter=counter, origin="counter"
    )


@pytest.mark.django_db
@pytest.mark.parametrize("state", ALL)
@pytest.mark.parametrize("actor", ACTORS)
def test_a_request_is_read_by_its_service_its_counter_and_nobody_else(actor: str, state: str) -> None:
    one = from_counter(state)
    user = an_actor(actor, one)
    reads = actor == "of_counter" or (actor in READERS and state != "withdrawn")
    assert permissions.can_read_sending(user, one) == reads
    answers = actor in {"of_service", "director_of_service"} and state in OPEN
    assert permissions.can_answer_sending(user, one) == answers
    assert permissions.can_read_request(user, one.help_request) == (actor == "of_counter")
    flags = actor == "of_counter" or (actor in READERS and state in {*OPEN, "accepted"})
    assert permissions.can_flag_request(user, one.help_request) == flags


@pytest.mark.django_db
@pytest.mark.parametrize("actor", ACTORS)
def test_a_coordinator_reads_what_is_flagged_where_they_work(actor: str) -> None:
    one = from_counter("sent")
    Coordination.objects.create(help_request=one.help_request, why="several", asked_on=one.sent_on)
    user = an_actor(actor, one)
    assert permissions.can_read_request(user, one.help_request) == (actor in {"of_counter", "coordinator"})
    led = Coordination.objects.get()
    assert permissions.can_lead_coordination(user, led) == (actor == "coordinator")


@pytest.mark.django_db
@pytest.mark.parametrize("actor", ACTORS)
def test_nobody_reads_an_erased_request(actor: str) -> None:
    one = from_counter("sent")
    user = an_actor(actor, one)
    HelpRequest.objects.update(commune=None, contact="", first_name="", words="", erased_on=one.sent_on)
    fresh = Sending.objects.select_related("help_request", "service").get(pk=one.pk)
    assert not permissions.can_read_sending(user, fresh)
    assert not permissions.can_read_request(user, fresh.help_request)


@pytest.mark.django_db
def test_a_counter_never_acts_for_another() -> None:
    one, other = body(place()), body(place())
    user = person(Role.PROFESSIONAL, on=one)
    assert permissions.can_act_for(user, one) and not permissions.can_act_for(user, other)
    with pytest.raises(PermissionDenied):
        asked(taker(place()), actor=user, counter=other, origin="counter")
