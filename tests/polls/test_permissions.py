"""Who may do what with a poll, in every state, as one table."""

import pytest

from accounts.models import Role
from consultations.polls import permissions
from consultations.polls.models import Poll
from consultations.polls.services import close_poll
from consultations.process.models import Consultation
from tests.factories.polls import draft_poll, open_a_poll
from tests.factories.process import ConsultationFactory, an_actor, person

pytestmark = pytest.mark.django_db

DRAFT, OPEN, CLOSED = {"edit", "open", "follow"}, {"tighten", "close", "follow", "vote"}, {"follow"}
# actor × state of the poll → what is allowed
TABLE = {
    ("visitor", "draft"): set(),
    ("visitor", "open"): {"vote"},
    ("visitor", "closed"): set(),
    ("organiser", "draft"): DRAFT,
    ("organiser", "open"): OPEN,
    ("organiser", "closed"): CLOSED,
    ("organiser elsewhere", "draft"): set(),
    ("organiser elsewhere", "open"): {"vote"},
    ("organiser elsewhere", "closed"): set(),
    ("former organiser", "draft"): set(),
    ("former organiser", "open"): {"vote"},
    ("former organiser", "closed"): set(),
    ("analyst", "draft"): CLOSED,
    ("analyst", "open"): {"follow", "vote"},
    ("analyst", "closed"): CLOSED,
    ("editor", "draft"): set(),
    ("editor", "open"): {"vote"},
    ("editor", "closed"): set(),
}
RULES = {
    "edit": permissions.can_edit_poll,
    "open": permissions.can_open_poll,
    "tighten": permissions.can_tighten_poll,
    "close": permissions.can_close_poll,
    "follow": permissions.can_follow_poll,
    "hands": permissions.can_count_hands,
    "vote": lambda _user, poll: permissions.can_vote(poll),
}


def make_poll(state, consultation):
    if state == "draft":
        return draft_poll(consultation=consultation)
    poll = open_a_poll(consultation=consultation)
    return close_poll(actor=None, poll=poll) if state == "closed" else poll


@pytest.mark.parametrize(("actor", "state"), TABLE)
def test_who_may_do_what(actor, state):
    consultation = ConsultationFactory(status=Consultation.Status.PUBLISHED)
    poll, user = make_poll(state, consultation), an_actor(actor, consultation)
    assert {name for name, may in RULES.items() if may(user, poll)} == TABLE[actor, state]


@pytest.mark.parametrize("place", [("nowhere", "1"), ("consultation", "not-a-key"), ("page", "0")])
def test_a_poll_whose_place_is_gone_is_nobodys(place):
    poll = open_a_poll()
    Poll.objects.filter(pk=poll.pk).update(place_kind=place[0], place_key=place[1])
    poll.refresh_from_db()
    assert not [
        name
        for name, may in RULES.items()
        if may(person(Role.ORGANISER, on=ConsultationFactory().territory), poll)
    ]


def test_a_poll_in_the_name_of_an_organisation_is_run_by_its_organisers():
    consultation = ConsultationFactory()
    organisation = consultation.organisation
    poll = open_a_poll(place=("page", str(organisation.pk)))
    assert permissions.can_close_poll(person(Role.ORGANISER, on=organisation), poll)
    assert not permissions.can_close_poll(person(Role.ORGANISER, on=ConsultationFactory().organisation), poll)
