"""A poll attached to a meeting, from the desk of its president to its public page."""

import pytest
from django.urls import reverse

from consultations.polls.models import Poll
from consultations.polls.permissions import poll_state
from consultations.polls.registries import place_of
from consultations.polls.selectors import Viewer, managed_polls, poll_results
from consultations.polls.services import close_poll
from tests.factories.accounts import SignedInClient
from tests.factories.councils import member_of
from tests.factories.meetings import Sitting, convened, ended, prepared
from tests.factories.polls import open_a_poll, vote
from tests.factories.process import person

pytestmark = pytest.mark.django_db
WRITTEN = {
    "question": "La réunion vous a-t-elle été utile ?",
    "kind": "satisfaction",
    "visibility": "hidden",
    "access": "device",
}


def place(made: Sitting) -> tuple[str, str]:
    return ("meeting", str(made.meeting.pk))


def public_page(made: Sitting) -> str:
    return reverse("meetings:detail", args=[made.council.slug, made.meeting.number])


@pytest.mark.parametrize("keeper", ["president", "secretary"])
def test_a_poll_goes_from_the_desk_to_the_public_page(client: SignedInClient, keeper: str) -> None:
    made = ended()
    client.force_login(getattr(made, keeper))
    address = reverse("polls:create_at", args=place(made))
    assert address in client.get(reverse("meeting_desk:detail", args=[made.meeting.pk])).text
    assert made.council.name in client.get(address).text
    assert client.post(address, WRITTEN).status_code == 302
    poll = Poll.objects.at(*place(made)).get()
    assert poll.question not in client.get(public_page(made)).text
    client.post(reverse("polls:open", args=[poll.pk]))
    assert reverse("polls:overview", args=[poll.pk]) in client.get(reverse("polls:list")).text
    client.logout()
    assert reverse("polls:vote", args=[poll.slug]) in client.get(public_page(made)).text
    assert made.council.name in client.get(reverse("polls:vote", args=[poll.slug])).text
    poll.refresh_from_db()
    vote(poll, *["4"] * 20, *["1"] * 15)
    close_poll(actor=None, poll=poll)
    assert reverse("polls:results", args=[poll.slug]) in client.get(public_page(made)).text
    assert poll_results(Poll.objects.get(), Viewer.VISITOR).count == 35


def test_members_and_strangers_put_nothing_there(client: SignedInClient) -> None:
    made = convened()
    poll = open_a_poll("yes_no", place=place(made))
    for user in (member_of(made.council), person()):
        client.force_login(user)
        assert client.get(reverse("polls:create_at", args=place(made))).status_code == 403
        assert client.get(reverse("polls:overview", args=[poll.pk])).status_code == 403
        assert not managed_polls(user)
    assert list(managed_polls(made.president)) == [poll]


@pytest.mark.parametrize(
    ("state", "expected"),
    [("draft", "hidden"), ("convened", "open"), ("closed", "open"), ("cancelled", "closed")],
)
def test_a_poll_follows_its_meeting(state: str, expected: str) -> None:
    made = prepared(state=state)
    poll = open_a_poll("yes_no", place=place(made))
    assert poll_state(poll, place_of(*place(made))) == expected
    made.council.is_public = False
    made.council.save(update_fields=["is_public"])
    assert poll_state(poll, place_of(*place(made))) == "hidden"


def test_a_key_that_names_no_meeting_is_nowhere() -> None:
    assert place_of("meeting", "nonsense") is None
    assert place_of("meeting", "00000000-0000-4000-8000-000000000000") is None
