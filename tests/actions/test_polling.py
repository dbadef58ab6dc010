"""A poll attached to an action sheet, from the workspace to its public page."""

import pytest
from django.urls import reverse

from consultations.actions.models import State
from consultations.polls.models import Poll
from consultations.polls.permissions import poll_state
from consultations.polls.registries import place_of
from consultations.polls.selectors import managed_polls
from tests.factories import actions as make
from tests.factories.accounts import SignedInClient
from tests.factories.polls import open_a_poll
from tests.factories.process import person

pytestmark = pytest.mark.django_db
WRITTEN = {
    "question": "Ce projet vous serait-il utile ?",
    "kind": "yes_no",
    "visibility": "hidden",
    "access": "device",
}


@pytest.mark.parametrize("keeper", ["worker", "steward"])
def test_a_poll_goes_from_the_workspace_to_the_public_page(client: SignedInClient, keeper: str) -> None:
    sheet = make.sheet(State.UNDER_WAY)
    user = make.worker_of(sheet.lead) if keeper == "worker" else make.steward_of(sheet.territory)
    client.force_login(user)
    address = reverse("polls:create_at", args=["action_sheet", sheet.pk])
    assert address in client.get(reverse("actions:overview", args=[sheet.pk])).text
    assert client.post(address, WRITTEN).status_code == 302
    poll = Poll.objects.at("action_sheet", str(sheet.pk)).get()
    client.post(reverse("polls:open", args=[poll.pk]))
    assert list(managed_polls(user)) == [poll]
    client.logout()
    public = client.get(reverse("actions:detail", args=[sheet.slug])).text
    assert reverse("polls:vote", args=[poll.slug]) in public


def test_officials_members_and_strangers_put_nothing_there(client: SignedInClient) -> None:
    sheet = make.sheet(State.UNDER_WAY)
    for user in (person(), make.worker_of(make.sheet().lead)):
        client.force_login(user)
        assert client.get(reverse("polls:create_at", args=["action_sheet", sheet.pk])).status_code == 403
        assert not managed_polls(user)


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (State.PROPOSED, "hidden"),
        (State.COMMENTS, "open"),
        (State.UNDER_WAY, "open"),
        (State.DONE, "open"),
        (State.ABANDONED, "closed"),
    ],
)
def test_a_poll_follows_its_sheet(state: str, expected: str) -> None:
    sheet = make.sheet(state)
    place = ("action_sheet", str(sheet.pk))
    assert poll_state(open_a_poll("yes_no", place=place), place_of(*place)) == expected
