"""The registers of agreements and of cooperation groups."""

import datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from consultations.actions import services
from consultations.actions.models import Agreement, CooperationGroup, State
from consultations.actions.permissions import can_edit_agreement, can_edit_group
from organisations.models import Organisation
from tests.factories import actions as make
from tests.factories.accounts import SignedInClient
from tests.factories.process import body, person, place

pytestmark = pytest.mark.django_db
SOON = 30


def text(response: Any) -> str:
    return response.content.decode().replace("&#x27;", "'")


def signed_in(user: Any) -> Client:
    client = SignedInClient()
    client.force_login(user)
    return client


def group(members: list[Organisation], **fields: Any) -> CooperationGroup:
    values: dict[str, Any] = {
        "name": "GCSMS Confluences", "kind": "gcsms", "object": "Partager un véhicule", "starts_on": make.LONG_AGO,
        "territory": members[0].territory, **fields,
    }  # fmt: skip
    return services.write_group(actor=None, members=members, **values)


def agreement(parties: list[Organisation], **fields: Any) -> Agreement:
    values: dict[str, Any] = {
        "object": "Transport", "starts_on": make.LONG_AGO, "territory": parties[0].territory, **fields,
    }  # fmt: skip
    return services.write_agreement(actor=None, parties=parties, **values)


@pytest.mark.parametrize(
    ("actor", "may"),
    [("visitor", False), ("member", False), ("worker of a member", True), ("worker of who convenes", True),
     ("worker elsewhere", False), ("organiser here", True), ("organiser elsewhere", False), ("official here", False)],
)  # fmt: skip
def test_who_keeps_an_entry(actor: str, may: bool) -> None:
    here = place("Duras")
    bodies, convener = [body(here, "Le Relais"), body(here, "Taxi")], body(here, "Le Conseil")
    one = group(bodies, convener=convener)
    contract = agreement([*bodies, convener])
    user: Any = {
        "visitor": lambda: None,
        "member": person,
        "worker of a member": lambda: make.worker_of(bodies[0]),
        "worker of who convenes": lambda: make.worker_of(convener),
        "worker elsewhere": lambda: make.worker_of(body(here)),
        "organiser here": lambda: make.steward_of(here),
        "organiser elsewhere": lambda: make.steward_of(place("Agen")),
        "official here": lambda: person(Role.OFFICIAL, on=here),
    }[actor]()
    assert can_edit_group(user, one) is can_edit_agreement(user, contract) is may
    if user is not None and not may:
        with pytest.raises(PermissionDenied):
            services.write_group(actor=user, group=one, members=bodies, name="Piraté")


@pytest.mark.parametrize(
    "change",
    [{"members": 1}, {"ends_on": make.LONG_AGO - datetime.timedelta(days=1)}, {"name": ""}, {"kind": "club"},
     {"object": ""}, {"starts_on": None}],
    ids=str,
)  # fmt: skip
def test_what_a_group_must_hold(change: dict[str, Any]) -> None:
    here = place("Duras")
    bodies = [body(here, "Le Relais"), body(here, "Taxi")]
    members = bodies[: change.pop("members", 2)]
    with pytest.raises(ValidationError):
        group(members, **change)
    assert not CooperationGroup.objects.exists()


def test_a_professional_records_a_group_of_theirs_and_no_other() -> None:
    here = place("Duras")
    mine = body(here, "Le Relais")
    body(here, "Taxi du Dropt")
    body(here, "Le Conseil")
    client = signed_in(make.worker_of(mine))
    url = reverse("actions:group_create")
    data = {
        "name": "Réseau répit", "kind": "network", "object": "Se dire où il reste des places", "territory": "Duras",
        "members": "Le Relais\nTaxi du Dropt\nInconnu", "convener": "", "starts_on": "2026-01-01", "ends_on": "",
    }  # fmt: skip
    answer = client.post(url, data)
    assert answer.status_code == 422 and "Inconnu" in text(answer) and "Réseau répit" in text(answer)
    before = client.post(url, {**data, "members": "Le Relais\nTaxi du Dropt", "ends_on": "2025-01-01"})
    assert before.status_code == 422 and "premier" in text(before)
    others = {**data, "members": "Taxi du Dropt\nLe Conseil"}
    assert client.post(url, others).status_code == 403
    assert client.post(url, {**data, "members": "Le Relais\nTaxi du Dropt"}).status_code == 302
    made = CooperationGroup.objects.get()
    edit = reverse("actions:group_edit", args=[made.pk])
    assert edit in text(client.get(reverse("actions:group_list")))
    assert client.post(
        edit, {**data, "members": "Le Relais\nTaxi du Dropt", "name": "Réseau"}
    ).status_code == (302)
    made.refresh_from_db()
    assert made.name == "Réseau" and made.slug == "reseau-repit"
    stranger = signed_in(make.worker_of(body(here)))
    assert edit not in text(stranger.get(reverse("actions:group_list")))
    assert stranger.get(edit).status_code == 403


def test_anyone_reads_the_registers_and_takes_them_away(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    here = place("Duras")
    shown, hidden = make.sheet(State.UNDER_WAY, title="Répit"), make.sheet(title="Secrète")
    ends = timezone.localdate() + datetime.timedelta(days=SOON)
    bodies = [body(here, "Le Relais"), body(here, "Taxi")]
    for _again in range(3):
        one = group(bodies, sheets=[shown, hidden], ends_on=ends, convener=bodies[0])
        contract = agreement(bodies, sheets=[shown, hidden], ends_on=ends)
    for name, entry in (("groups", one.slug), ("agreements", contract.pk)):
        with django_assert_max_num_queries(9):
            page = text(client.get(reverse(f"actions:{name}")))
        detail = text(client.get(reverse(f"actions:{name.removesuffix('s')}", args=[entry])))
        for shown_page in (page, detail):
            assert f"{SOON} jours" in shown_page and "Le Relais" in shown_page and "Répit" in shown_page
            assert "Secrète" not in shown_page
        for kind, status in (("csv", 200), ("xlsx", 200), ("exe", 404)):
            answer = client.get(reverse(f"actions:{name}_table", args=[kind]))
            assert answer.status_code == status
            assert kind != "csv" or ("Le Relais | Taxi" in text(answer) and "Secrète" not in text(answer))
    assert "GCSMS Confluences" in text(client.get(reverse("actions:detail", args=[shown.slug])))
    assert client.get(reverse("actions:agreement", args=[999])).status_code == 404
    assert client.get(reverse("actions:group", args=["inconnu"])).status_code == 404


def test_names_alike_have_addresses_of_their_own() -> None:
    here = place("Duras")
    bodies = [body(here, "Le Relais"), body(here, "Taxi")]
    assert len({group(bodies).slug for _again in range(3)}) == 3
