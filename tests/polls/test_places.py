"""The contract of places: whoever registers one gets drafts, votes, results, lists and retention from polls."""

import datetime
from dataclasses import replace

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from consultations.polls.models import Ballot, Poll
from consultations.polls.panels import addresses, block_choices, place_context, render_block
from consultations.polls.permissions import poll_state
from consultations.polls.registries import PlaceInfo, PollPlace, place_of, poll_places
from consultations.polls.selectors import Viewer, managed_polls, poll_results
from consultations.polls.services import cast_ballot, close_due_polls, close_poll, purge_expired_ballots
from observatory.indicators.models import Release
from tests.factories.days import DAY, dated
from tests.factories.polls import a_room, open_a_poll, vote
from tests.factories.process import ConsultationFactory, person

pytestmark = pytest.mark.django_db

SERVICE = "test_service"
AT = (SERVICE, "accueil-de-jour")
WRITTEN = {
    "question": "Êtes-vous satisfait ?",
    "kind": "satisfaction",
    "visibility": "hidden",
    "access": "device",
}


class Services:
    """A directory as an app above polls would have one: one service, run by one person."""

    def __init__(self, runner, territory) -> None:
        self.runner = runner
        self.info = PlaceInfo(
            title="Accueil de jour de Marmande",
            url="/annuaire/accueil-de-jour/",
            workspace_url="/espace/annuaire/accueil-de-jour/",
            territory=territory,
            organisation="Département",
        )

    def find(self, key):
        return self.info if key == AT[1] else None

    def runs(self, user, key):
        return user == self.runner and key == AT[1]

    def keys_of(self, user):
        return [AT[1]] if user == self.runner else []


@pytest.fixture
def directory(monkeypatch):
    a_room(monkeypatch)  # a registry of the test's own
    consultation = ConsultationFactory()
    made = Services(person(Role.ORGANISER, on=consultation.territory), consultation.territory)
    place = PollPlace("a service", lambda key: made.find(key), made.runs, made.runs, keys_of=made.keys_of)
    poll_places.register(SERVICE, place)
    return made


def test_a_service_asks_from_its_page_to_its_results(client, directory):
    client.force_login(directory.runner)
    address = place_context(AT, directory.runner)["create_url"]
    page = client.get(address)
    assert page.status_code == 200
    assert "Accueil de jour de Marmande" in page.text
    assert client.post(address, WRITTEN).status_code == 302
    poll = Poll.objects.at(*AT).get()
    client.post(reverse("polls:open", args=[poll.pk]))
    assert client.get(reverse("polls:vote", args=[poll.slug])).status_code == 200
    poll.refresh_from_db()
    vote(poll, *["4"] * 20, *["1"] * 15)
    client.post(reverse("polls:close", args=[poll.pk]))
    poll.refresh_from_db()
    assert poll_results(poll, Viewer.VISITOR).headline.value == "57\xa0%"
    assert Release.objects.get(subject_id=str(poll.pk)).title.endswith("Accueil de jour de Marmande")
    results = client.get(reverse("polls:results", args=[poll.slug])).text
    assert directory.info.url in results


def test_its_polls_are_listed_where_they_belong(client, directory):
    poll = open_a_poll("yes_no", place=AT)
    assert list(managed_polls(directory.runner)) == [poll]
    assert not managed_polls(person(Role.ORGANISER, on=directory.info.territory))
    client.force_login(directory.runner)
    assert poll.question in client.get(reverse("polls:list")).text
    assert directory.info.workspace_url in client.get(reverse("polls:overview", args=[poll.pk])).text
    assert (poll.slug, poll.question) in block_choices()
    assert reverse("polls:vote", args=[poll.slug]) in render_block(poll.slug, None)
    assert reverse("polls:vote", args=[poll.slug]) in {one.path for one in addresses()}
    assert [line.poll for line in place_context(AT, directory.runner)["shown"]] == [poll]


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({}, "open"),
        ({"is_public": False}, "hidden"),
        ({"is_over": True}, "closed"),
        ({"starts_on": DAY}, "not_yet"),
        ({"ends_on": -DAY}, "closed"),
        ({"ends_on": 0 * DAY}, "open"),
    ],
)
def test_a_poll_follows_its_place(client, directory, changes, state):
    poll = open_a_poll("yes_no", place=AT)
    directory.info = replace(directory.info, **dated(changes))
    assert poll_state(poll, place_of(*AT)) == state
    status = {"open": 200, "hidden": 404, "closed": 410, "not_yet": 200}[state]
    assert client.get(reverse("polls:vote", args=[poll.slug])).status_code == status
    assert bool(place_context(AT, directory.runner)["create_url"]) is not changes.get("is_over", False)
    assert close_due_polls() == (state == "closed")


def test_who_does_not_run_the_place_puts_nothing_there(client, directory):
    address = reverse("polls:create_at", args=AT)
    client.force_login(person(Role.ORGANISER, on=directory.info.territory))
    assert client.get(address).status_code == 403
    assert client.post(address, WRITTEN).status_code == 403
    client.force_login(directory.runner)
    for nowhere in [(SERVICE, "autre"), ("nowhere", "1"), ("test_room", "1"), ("consultation", "nonsense")]:
        assert client.get(reverse("polls:create_at", args=nowhere)).status_code == 404
    assert not Poll.objects.exists()


def test_ballots_are_erased_on_the_day_of_the_place(directory):
    poll = open_a_poll("yes_no", place=AT)
    cast_ballot(poll=poll, voter_key="a", choices={"yes": 1})
    close_poll(actor=None, poll=poll)
    today = timezone.localdate()
    assert purge_expired_ballots(on=today + datetime.timedelta(days=364)) == 0
    directory.info = replace(directory.info, erase_on=today + datetime.timedelta(days=10))
    assert purge_expired_ballots(on=today + datetime.timedelta(days=10)) == 1
    assert not Ballot.objects.exists()


def test_a_place_that_is_not_listed_or_without_territory_is_told_on_its_own_page_only(client, directory):
    directory.info = replace(directory.info, territory=None)
    poll_places._entries[SERVICE] = replace(poll_places[SERVICE], is_listed=False)
    poll = open_a_poll("yes_no", place=AT)
    vote(poll, *["yes"] * 12, *["no"] * 12)
    poll = close_poll(actor=None, poll=poll)
    assert block_choices() == []
    assert list(addresses()) == []
    assert not Release.objects.exists()
    assert poll_results(poll, Viewer.VISITOR).count == 24
    assert "24 votes comptés" in client.get(reverse("polls:results", args=[poll.slug])).text
