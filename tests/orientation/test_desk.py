"""The workspace: who opens which page and does what in each state, and lists whose cost does not grow."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Role
from orientation.forms.path import ConsentForm
from orientation.menus import waiting_requests
from orientation.models import Coordination, HelpRequest, Sending
from orientation.services import coordinating
from tests.factories.orientation import asked, sending, taker
from tests.factories.process import body, person, place
from tests.orientation.test_permissions import ALL, OPEN, an_actor, from_counter
from tests.orientation.test_views import walked

pytestmark = pytest.mark.django_db
WHO = ("visitor", "member", "of_service", "of_counter", "of_another", "coordinator", "administrator")


def entered(client: Client, actor: str, one: Sending) -> Any:
    user = an_actor(actor, one)
    if user is not None:
        client.force_login(user)
    return user


@pytest.mark.parametrize(
    ("page", "may"),
    [
        ("home", {"of_service", "of_counter", "of_another", "coordinator", "administrator"}),
        ("sent", {"of_service", "of_counter", "of_another"}),
        ("counter", {"of_service", "of_counter", "of_another"}),
        ("coordinations", {"coordinator"}),
        ("figures", {"of_service", "of_counter", "of_another", "coordinator", "administrator"}),
    ],
)
def test_who_opens_which_list(client: Client, page: str, may: set[str]) -> None:
    one = from_counter("sent")
    for actor in WHO:
        client.logout()
        entered(client, actor, one)
        status = client.get(reverse(f"orientation_desk:{page}"), follow=actor != "visitor").status_code
        expected = 302 if actor == "visitor" else 200 if actor in may else 403
        assert status == expected, actor


@pytest.mark.parametrize("state", ALL)
def test_who_does_what_on_a_request_by_hand_written_posts(client: Client, state: str) -> None:
    """Every act of every actor, in this state: done, refused (403) or said to be too late."""
    for actor in WHO:
        one = from_counter(state)
        client.logout()
        entered(client, actor, one)
        detail = reverse("orientation_desk:sending", args=[one.pk])
        answer = client.post(detail, {"verb": "study" if state != "studying" else "accept"})
        one.refresh_from_db()
        if actor == "of_service" and state in OPEN:
            assert (answer.status_code, one.state) == (302, "accepted" if state == "studying" else "studying")
        else:
            assert one.state == state
            sees = actor in {"visitor", "of_service", "of_counter"}
            assert answer.status_code in ({302, 403} if sees else {403}), actor


@pytest.mark.parametrize("state", ALL)
def test_who_takes_back_or_erases(client: Client, state: str) -> None:
    for actor in WHO:
        one = from_counter(state)
        client.logout()
        entered(client, actor, one)
        act = reverse("orientation_desk:request_act", args=[one.help_request_id, "withdraw"])
        client.post(act, {"sending": one.pk})
        one.refresh_from_db()
        done = actor == "of_counter" and state in {*OPEN, "accepted"}
        assert one.state == ("withdrawn" if done else state)
        client.post(reverse("orientation_desk:request_act", args=[one.help_request_id, "narrow"]))
        client.post(reverse("orientation_desk:request_act", args=[one.help_request_id, "erase"]))
        assert HelpRequest.objects.get(pk=one.help_request_id).is_erased == (actor == "of_counter")


@pytest.mark.parametrize("state", ["asked", "named", "done", "stopped"])
def test_who_names_and_ends_a_coordination(client: Client, state: str) -> None:
    for actor in WHO:
        one = from_counter("sent")
        today = one.sent_on
        coordination = Coordination.objects.create(
            help_request=one.help_request, why="several", asked_on=today, state=state, named_on=today
        )
        client.logout()
        user = entered(client, actor, one)
        acts = reverse("orientation_desk:request_act", args=[one.help_request_id, "finish"])
        client.post(acts, {"outcome": "Plan signé"})
        client.post(acts.replace("finish", "name"), {"coordinator": user.pk if user else ""})
        coordination.refresh_from_db()
        if actor == "coordinator" and state in {"asked", "named"}:
            assert coordination.state == ("named" if state == "asked" else "done")
        else:
            assert (coordination.state, coordination.coordinator) == (state, None)


@pytest.mark.parametrize("verb", ["nothing", "withdraw", "second", "name", "finish", "stop"])
def test_acts_without_what_they_need_say_so(client: Client, verb: str) -> None:
    one = from_counter("sent")
    entered(client, "of_counter", one)
    act = reverse("orientation_desk:request_act", args=[one.help_request_id, verb])
    for given in ({}, {"sending": "x"}, {"sending": str(sending().pk)}, {"coordinator": "999"}):
        assert client.post(act, given).status_code in {302, 403, 404, 409, 422}
        assert client.get(act).status_code == 405


def test_a_second_choice_waits_for_the_counter_and_leaves_no_name() -> None:
    commune = place()
    first, second = taker(commune), taker(commune)
    counter = body(commune)
    agent = person(Role.PROFESSIONAL, on=counter)
    request = asked(first, actor=agent, counter=counter, origin="counter")
    Sending.objects.update(state="full", proposed=second)
    lines = [f"{one.label} {one.detail}" for one in waiting_requests(agent)]
    assert len(lines) == 1 and request.short_key in lines[0] and "Josette" not in lines[0]


@pytest.mark.parametrize("name", ["home", "sent", "coordinations"])
def test_lists_cost_the_same_whatever_their_length(
    client: Client, django_assert_max_num_queries: Any, name: str
) -> None:
    commune = place()
    service = taker(commune)
    agent = person(Role.PROFESSIONAL, on=service.organisation)
    lead = person(Role.PROFESSIONAL, on=commune)
    client.force_login(lead if name == "coordinations" else agent)

    def more(count: int) -> None:
        for _number in range(count):
            made = asked(service, actor=agent, counter=service.organisation, origin="counter")
            coordinating.flag_request(actor=agent, request=made, why="several", agreed=True)

    address = reverse(f"orientation_desk:{name}")
    client.get(address)
    more(2)
    with django_assert_max_num_queries(60) as few:
        client.get(address)
    more(6)
    with django_assert_max_num_queries(len(few)):
        assert client.get(address).status_code == 200


def test_a_request_costs_the_same_whatever_the_services_asked(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    commune = place()
    counter = body(commune)
    agent = person(Role.PROFESSIONAL, on=counter)
    client.force_login(agent)
    fields = {"actor": agent, "counter": counter, "origin": "counter", "commune": commune}
    services = [taker(commune) for _number in range(5)]
    one, five = asked(services[0], **fields), asked(*services, **fields)
    client.get(reverse("orientation_desk:request", args=[one.pk]))
    with django_assert_max_num_queries(60) as few:
        client.get(reverse("orientation_desk:request", args=[one.pk]))
    with django_assert_max_num_queries(len(few)):
        client.get(reverse("orientation_desk:request", args=[five.pk]))


def test_the_list_of_services_costs_the_same_whatever_its_length(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    commune = place()
    walked(client, taker(commune))
    address = reverse("orientation:services")
    client.get(address)
    with django_assert_max_num_queries(60) as few:
        client.get(address)
    for _number in range(8):
        taker(commune)
    with django_assert_max_num_queries(len(few)):
        assert "9 services" in client.get(address).text


def test_words_of_a_coordination_are_never_cut_and_are_shown_again(client: Client) -> None:
    one = from_counter("sent")
    lead = entered(client, "coordinator", one)
    day, named = one.sent_on, {"state": "named", "coordinator": lead}
    Coordination.objects.create(
        help_request=one.help_request, why="several", asked_on=day, named_on=day, **named
    )
    act = reverse("orientation_desk:request_act", args=[one.help_request_id, "finish"])
    page = client.post(act, {"outcome": "Plan signé. " * 40})
    assert page.status_code == 422 and "error-summary" in page.text and "Plan signé. Plan signé." in page.text
    assert Coordination.objects.get().state == "named"


@pytest.mark.parametrize("actor", ["of_counter", "of_service"])
def test_a_flag_without_agreement_keeps_the_reason_chosen(client: Client, actor: str) -> None:
    one = from_counter("seen")
    entered(client, actor, one)
    page = client.post(reverse("orientation_desk:flag", args=[one.help_request_id]), {"why": "hospital"})
    assert (
        page.status_code == 422 and 'value="hospital" selected' in page.text and "error-summary" in page.text
    )
    assert not Coordination.objects.exists()


def test_who_asks_by_phone_agrees_by_phone_and_is_not_called_me(client: Client) -> None:
    one = from_counter("sent")
    entered(client, "of_counter", one)
    counter = {"counter": one.help_request.counter_id, "origin": "phone"}
    client.post(reverse("orientation_desk:counter"), counter)
    assert (
        "Pour la personne qui demande" in client.get(reverse("orientation:question", args=["pour-qui"])).text
    )
    client.post(reverse("orientation:question", args=["pour-qui"]), {"about": "self"})
    assert "Quel âge a la personne" in client.get(reverse("orientation:question", args=["age"])).text
    form = ConsentForm(at_counter=True, by_phone=True)
    assert form["said"].initial == HelpRequest.Said.PHONE


def test_who_closes_a_service_reads_how_many_wait_for_its_answer(client: Client) -> None:
    one, other = sending(), taker(place())
    sending("accepted", service=one.service)
    client.force_login(an_actor("of_service", one))
    text = client.get(reverse("directory_desk:close", args=[one.service.slug])).text
    assert "1 demande attend une réponse ici." in text and reverse("orientation_desk:home") in text
    assert one.help_request.short_key not in text
    client.force_login(an_actor("administrator", one))
    assert "attend une réponse" not in client.get(reverse("directory_desk:close", args=[other.slug])).text
