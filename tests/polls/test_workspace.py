"""An organiser prepares, opens, follows and closes a poll."""

import re

import pytest
from django.urls import reverse

from accounts.models import Role
from consultations.polls.models import Poll
from consultations.process.models import Consultation
from tests.factories.polls import draft_poll, open_a_poll, vote
from tests.factories.process import ConsultationFactory, person

pytestmark = pytest.mark.django_db

WRITTEN = {
    "question": "Quand venir ?",
    "easy_question": "",
    "kind": "multiple",
    "options": "Le matin\r\nLe soir\r\n\r\nLe samedi",
    "most": "2",
    "points": "",
    "visibility": "hidden",
    "access": "device",
    "what_next": "On vous dira.",
    "opens_on": "",
    "closes_on": "",
}


@pytest.fixture
def consultation():
    return ConsultationFactory(status=Consultation.Status.PUBLISHED)


@pytest.fixture
def organiser(client, consultation):
    user = person(Role.ORGANISER, on=consultation.territory)
    client.force_login(user)
    return user


def at(name, poll):
    return reverse(f"polls:{name}", args=[poll.pk])


def test_from_an_idea_to_its_results(client, organiser, consultation):
    address = reverse("polls:create_at", args=["consultation", str(consultation.pk)])
    assert client.get(address).status_code == 200
    created = client.post(address, WRITTEN)
    poll = Poll.objects.get()
    assert (created.status_code, created.url) == (302, at("overview", poll))
    assert poll.asked.codes == ("le-matin", "le-soir", "le-samedi")
    assert poll.asked.most == 2
    assert "aperçu" in client.get(at("preview", poll)).text.lower()
    assert client.get(at("open", poll)).status_code == 200
    assert client.post(at("open", poll)).url == at("overview", poll)
    poll.refresh_from_db()
    vote(poll, *[{"le-matin": 1}] * 12, *[{"le-soir": 1, "le-samedi": 1}] * 12)
    assert "même pas les organisateurs" in client.get(at("overview", poll)).text
    assert client.post(at("close", poll)).url == at("overview", poll)
    assert "24 votes comptés" in client.get(at("overview", poll)).text
    assert client.get(at("csv", poll)).text.splitlines()[1].startswith("Le matin;12;50.00")


def test_a_draft_can_be_changed_and_its_form_shows_it(client, organiser, consultation):
    poll = draft_poll("multiple", consultation=consultation, most=2)
    page = client.get(at("edit", poll)).text
    assert "Navette\nBus\nVélo" in page
    changed = client.post(at("edit", poll), {**WRITTEN, "kind": "satisfaction", "may_abstain": "on"})
    assert changed.url == at("overview", poll)
    poll.refresh_from_db()
    assert (poll.kind, poll.asked.may_abstain, len(poll.asked.options)) == ("satisfaction", True, 4)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"question": ""}, "question"),
        ({"options": "Seul"}, "options"),
        ({"most": "7"}, "most"),
        ({"opens_on": "2027-02-02", "closes_on": "2027-01-01"}, "closes_on"),
        ({"kind": "dots", "points": "50"}, "points"),
        ({"may_abstain": "on"}, "may_abstain"),
        ({"kind": "nonsense"}, "kind"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_its_field(client, organiser, consultation, changes, field):
    refused = client.post(
        reverse("polls:create_at", args=["consultation", str(consultation.pk)]), {**WRITTEN, **changes}
    )
    assert refused.status_code == 422
    assert field in refused.context["form"].errors
    assert not Poll.objects.exists()


def test_a_poll_for_a_page_is_asked_by_an_organisation(client, organiser, consultation):
    address = reverse("polls:page_create")
    assert client.get(address).status_code == 200
    client.post(address, {**WRITTEN, "organisation": consultation.organisation.pk})
    assert Poll.objects.get().place_kind == "page"
    other = ConsultationFactory().organisation
    assert client.post(address, {**WRITTEN, "organisation": other.pk}).status_code == 422


def test_promises_are_made_stricter_only(client, organiser, consultation):
    poll = open_a_poll(consultation=consultation, visibility="after_vote")
    form = client.get(at("tighten", poll)).text
    assert 'value="live"' not in form
    assert client.post(at("tighten", poll), {"visibility": "live", "what_next": ""}).status_code == 422
    assert (
        client.post(at("tighten", poll), {"visibility": "hidden", "what_next": "Bientôt."}).status_code == 302
    )
    poll.refresh_from_db()
    assert (poll.visibility, poll.what_next) == ("hidden", "Bientôt.")


def test_codes_are_shown_once(client, organiser, consultation):
    poll = draft_poll(consultation=consultation, access="invitation")
    made = client.post(at("invitations", poll), {"count": "3"})
    codes = re.findall(r"<strong>((?:[a-z]+ ){4}\d\d)</strong>", made.text)
    assert len(codes) == 3
    assert "no-store" in made["Cache-Control"]
    assert not any(code in client.get(at("invitations", poll)).text for code in codes)
    assert client.post(at("invitations", poll), {"count": "0"}).status_code == 422


PAGES = ["overview", "edit", "preview", "open", "tighten", "close", "invitations", "csv"]


@pytest.mark.parametrize("name", PAGES)
def test_strangers_are_asked_to_sign_in_and_others_refused(client, name):
    poll = draft_poll()
    assert client.get(at(name, poll)).status_code == 302
    client.force_login(person(Role.ORGANISER, on=ConsultationFactory().territory))
    assert client.get(at(name, poll)).status_code == 403
    assert client.post(at(name, poll), {"count": "1", **WRITTEN}).status_code == 403


@pytest.mark.parametrize("name", ["edit", "open"])
def test_what_is_frozen_stays_frozen(client, organiser, consultation, name):
    poll = open_a_poll(consultation=consultation)
    assert client.post(at(name, poll), WRITTEN).status_code == 403


def test_the_list_asks_few_queries(client, organiser, consultation, django_assert_max_num_queries):
    for _number in range(6):
        open_a_poll(consultation=consultation)
    draft_poll()
    with django_assert_max_num_queries(25):
        answer = client.get(reverse("polls:list"))
    assert len(answer.context["lines"]) == 6
    dashboard = client.get(reverse("process:consultation_dashboard", args=[consultation.pk]))
    assert reverse("polls:create_at", args=["consultation", str(consultation.pk)]) in dashboard.text


def test_a_consultation_closes_after_its_polls(client, organiser, consultation):
    open_a_poll(consultation=consultation)
    address = reverse("process:consultation_close", args=[consultation.pk])
    refused = client.post(address, {"restitution": "Voici ce qui a été fait."})
    assert "fermez-le d’abord" in refused.text
