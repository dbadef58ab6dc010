"""A poll attached to a service of the directory, from the desk of those who keep its record to its public page."""

import pytest
from django.urls import reverse

from accounts.models import Role
from consultations.polls.models import Poll
from consultations.polls.permissions import poll_state
from consultations.polls.registries import place_of
from consultations.polls.selectors import managed_polls
from directory.codes import Status
from directory.models import Service
from tests.factories import directory as make
from tests.factories.accounts import SignedInClient
from tests.factories.polls import open_a_poll
from tests.factories.process import person

pytestmark = pytest.mark.django_db
WRITTEN = {
    "question": "L’attente vous a-t-elle semblé acceptable ?",
    "kind": "satisfaction",
    "visibility": "hidden",
    "access": "device",
}


def test_a_poll_goes_from_the_desk_of_the_record_to_the_page_anyone_reads(client: SignedInClient) -> None:
    service = make.service()
    keeper = person(Role.DIRECTORY_EDITOR, on=service.organisation)
    client.force_login(keeper)
    address = reverse("polls:create_at", args=["service", service.uid])
    assert address in client.get(reverse("directory_desk:service", args=[service.slug])).text
    assert client.post(address, WRITTEN).status_code == 302
    poll = Poll.objects.at("service", str(service.uid)).get()
    page = reverse("directory:service", args=[service.slug])
    assert poll.question not in client.get(page).text
    client.post(reverse("polls:open", args=[poll.pk]))
    assert list(managed_polls(keeper)) == [poll]
    client.logout()
    assert reverse("polls:vote", args=[poll.slug]) in client.get(page).text


def test_nobody_else_puts_a_poll_there(client: SignedInClient) -> None:
    service = make.service()
    for user in (person(), person(Role.DIRECTORY_EDITOR, on=make.service().organisation)):
        client.force_login(user)
        assert client.get(reverse("polls:create_at", args=["service", service.uid])).status_code == 403
        assert not managed_polls(user)


def test_a_poll_follows_its_service() -> None:
    service = make.service()
    place = ("service", str(service.uid))
    poll = open_a_poll("yes_no", place=place)
    assert poll_state(poll, place_of(*place)) == "open"
    Service.objects.filter(pk=service.pk).update(status=Status.DEFUNCT)
    assert poll_state(poll, place_of(*place)) in {"closed", "hidden"}
    Service.objects.filter(pk=service.pk).update(status=Status.ACTIVE, published=False)
    assert poll_state(poll, place_of(*place)) == "hidden"


@pytest.mark.parametrize("key", ["", "1", "x" * 40, "00000000-0000-0000-0000-000000000000"])
def test_a_key_that_names_no_service_is_nowhere(key: str) -> None:
    assert place_of("service", key) is None
