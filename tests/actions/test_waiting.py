"""What waits for an action: proposals, opinions, needs, by registry; taken up once, by who may."""

import uuid
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from consultations.actions import services
from consultations.actions.models import ActionSheet
from consultations.actions.registries import WaitingLine, WaitingSource, waiting_sources
from consultations.actions.selectors.waiting import waiting_groups, waiting_opinions, where_for
from consultations.lineage.models import Link
from consultations.lineage.registries import Item, LineageKind, lineage_kinds
from consultations.opinions.models import Opinion
from tests.factories import actions as make
from tests.factories import opinions as say
from tests.factories.accounts import SignedInClient
from tests.factories.process import place

pytestmark = pytest.mark.django_db


def signed_in(user: Any) -> Client:
    client = SignedInClient()
    client.force_login(user)
    return client


def test_every_source_has_its_part_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    def lines(user: Any) -> list[WaitingLine]:
        return [WaitingLine("need", "1.1", "Manger")]

    monkeypatch.setitem(waiting_sources._entries, "essai", WaitingSource("Essai", "Rien", lines, 15))
    groups = waiting_groups(make.steward_of(place("Duras")))
    assert [one.name for one in groups][:4] == ["propositions", "essai", "avis", "besoins"]
    assert [line.title for line in groups[1].lines] == ["Manger"]


WAITS = [
    ("sent", True), ("under_study", True), ("answered", True), ("proposed", False), ("withdrawn", False),
    ("carried_out", False),
]  # fmt: skip


@pytest.mark.parametrize(("state", "waits"), WAITS)
def test_an_opinion_waits_while_nothing_was_done_of_it(state: str, waits: bool) -> None:
    one = say.in_state(state)
    found = [line.key for line in waiting_opinions(make.steward_of(place("Duras")))]
    assert (str(one.pk) in found) is waits


def test_a_refused_or_private_opinion_does_not_wait() -> None:
    say.answered(kind="refused")
    Opinion.objects.filter(pk=say.sent().pk).update(is_public=False)
    assert waiting_opinions(make.steward_of(place("Duras"))) == []


def test_an_opinion_is_taken_up_where_its_council_is_then_waits_no_more() -> None:
    one = say.sent()
    steward = make.steward_of(one.council.territory)
    source = ("opinion", str(one.pk))
    assert where_for(steward, source).territory == one.council.territory
    client = signed_in(steward)
    url = reverse("actions:take", args=source)
    assert url in client.get(reverse("actions:waiting")).content.decode()
    assert client.post(url).status_code == 302
    sheet = ActionSheet.objects.get()
    link = Link.objects.get(target_kind="action_sheet")
    assert (link.source_kind, link.relation, link.target_id) == ("opinion", "implemented_by", str(sheet.pk))
    assert waiting_opinions(steward) == []
    with pytest.raises(ValidationError):
        services.take_up(actor=steward, source=source, territory=one.council.territory)


@pytest.mark.parametrize("kind", ["opinion", "action_proposal", "need", "card"])
@pytest.mark.parametrize("key", ["pas-une-cle", str(uuid.UUID(int=7))])
def test_what_does_not_exist_is_said_and_nothing_is_made(kind: str, key: str) -> None:
    client = signed_in(make.steward_of(place("Duras")))
    page = client.post(reverse("actions:take", args=[kind, key]), follow=True)
    assert page.status_code == 200
    assert not ActionSheet.objects.exists()


def test_what_is_not_public_starts_nothing_but_for_those_inside(monkeypatch: pytest.MonkeyPatch) -> None:
    here = place("Duras")
    steward = make.steward_of(here)
    hidden = Item("Mots d’une carte", is_public=False)

    def inside(user: Any, keys: Any) -> dict[str, Item]:
        return dict.fromkeys(keys, hidden) if user == steward else {}

    kind = LineageKind("carte", lambda keys: dict.fromkeys(keys, hidden), inside=inside)
    monkeypatch.setitem(lineage_kinds._entries, "card", kind)
    other = make.worker_of(make.sheet().lead)
    territory = ActionSheet.objects.get().territory
    with pytest.raises(ValidationError):
        services.take_up(
            actor=other, source=("card", "1"), territory=territory, lead=ActionSheet.objects.get().lead
        )
    assert not services.take_up(actor=steward, source=("card", "1"), territory=here).is_public
