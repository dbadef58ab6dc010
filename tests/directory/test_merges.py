"""Merging loses nothing, undoing invents nothing, whatever the order."""

import random
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from directory.models import Merge, RecordIdentifier, Service
from directory.selectors.records import heir_of
from directory.services.merges import JOINED, TAKEN, merge_services, undo_merge
from directory.services.records import save_service
from tests.factories import directory as made
from tests.factories.process import body, place

pytestmark = pytest.mark.django_db


def state_of(one: Service) -> dict[str, Any]:
    """All a record says, as the database has it."""
    stored = Service.objects.get(pk=one.pk)
    fields = {name: getattr(stored, name) for name in TAKEN}
    sets = {name: set(getattr(stored, name).values_list("pk", flat=True)) for name in (*JOINED, "locations")}
    numbers = set(stored.identifiers.values_list("scheme", "value"))
    return {**fields, **sets, "numbers": numbers, "merged_into": stored.merged_into_id}


def two() -> tuple[Service, Service]:
    kept = made.service(name="Portage de repas", phone="05 53 00 00 00")
    absorbed = made.service(kept.organisation, name="Repas livrés", phone="05 53 11 11 11", age_min=60)
    for number, one in enumerate((kept, absorbed)):
        RecordIdentifier.objects.create(service=one, scheme="dora", value=f"id-{number}")
        one.needs.add(made.need(f"1.{number}"))
        made.at(one, made.location(one.organisation))
    return kept, absorbed


def test_everything_of_both_is_kept() -> None:
    kept, absorbed = two()
    before = state_of(kept), state_of(absorbed)
    merge_services(actor=None, kept=kept, absorbed=absorbed, take=["phone"])
    after = state_of(kept)
    assert (after["phone"], after["name"], after["age_min"]) == ("05 53 11 11 11", "Portage de repas", None)
    for name in ("numbers", "needs", "locations"):
        assert after[name] == before[0][name] | before[1][name]
    absorbed.refresh_from_db()
    assert heir_of(absorbed) == kept and not absorbed.is_public


@pytest.mark.parametrize("seed", range(6))
def test_undoing_gives_both_back_as_they_were(seed: int) -> None:
    chance = random.Random(seed)
    kept, absorbed = two()
    before = state_of(kept), state_of(absorbed)
    take = chance.sample(sorted(TAKEN), chance.randint(0, len(TAKEN)))
    merge = merge_services(actor=None, kept=kept, absorbed=absorbed, take=take)
    undo_merge(actor=None, merge=Merge.objects.get(pk=merge.pk))
    assert (state_of(kept), state_of(absorbed)) == before


def test_what_was_corrected_since_the_merger_is_not_erased_by_undoing_it() -> None:
    kept, absorbed = two()
    merge = merge_services(actor=None, kept=kept, absorbed=absorbed, take=["phone", "name"])
    kept = Service.objects.get(pk=kept.pk)
    save_service(actor=None, organisation=kept.organisation, service=kept, values={"phone": "05 53 22 22 22"})
    undo_merge(actor=None, merge=Merge.objects.get(pk=merge.pk))
    assert (state_of(kept)["phone"], state_of(kept)["name"]) == ("05 53 22 22 22", "Portage de repas")


@pytest.mark.parametrize("seed", range(8))
def test_mergers_in_any_order_never_lose_a_number_nor_go_round(seed: int) -> None:
    chance = random.Random(seed)
    home = body(place())
    records = [made.service(home) for _number in range(5)]
    for number, one in enumerate(records):
        RecordIdentifier.objects.create(service=one, scheme="dora", value=f"id-{number}")
    done: list[Merge] = []
    for _step in range(14):
        if done and chance.random() < 0.3:
            merge = Merge.objects.get(pk=done.pop(chance.randrange(len(done))).pk)
            try:
                undo_merge(actor=None, merge=merge)
            except ValidationError:
                done.append(merge)
            continue
        kept, absorbed = (Service.objects.get(pk=one.pk) for one in chance.sample(records, 2))
        try:
            done.append(merge_services(actor=None, kept=kept, absorbed=absorbed))
        except ValidationError:
            continue
        numbers = RecordIdentifier.objects.values_list("value", flat=True)
        assert sorted(numbers) == [f"id-{number}" for number in range(5)]
        for one in Service.objects.all():
            assert heir_of(one).merged_into_id is None


def test_a_record_is_not_merged_twice_nor_with_itself() -> None:
    kept, absorbed = two()
    with pytest.raises(ValidationError):
        merge_services(actor=None, kept=kept, absorbed=kept)
    merge = merge_services(actor=None, kept=kept, absorbed=absorbed)
    with pytest.raises(ValidationError):
        merge_services(actor=None, kept=kept, absorbed=absorbed)
    undo_merge(actor=None, merge=Merge.objects.get(pk=merge.pk))
    with pytest.raises(ValidationError):
        undo_merge(actor=None, merge=Merge.objects.get(pk=merge.pk))


@pytest.mark.parametrize("actor", ["visitor_account", "editor", "other_steward"])
def test_only_the_steward_of_both_merges(actor: str) -> None:
    kept, absorbed = two()
    user = made.an_actor("member" if actor == "visitor_account" else actor, kept.organisation)
    with pytest.raises(PermissionDenied):
        merge_services(actor=user, kept=kept, absorbed=absorbed)


def test_an_old_address_is_asked_again_since_a_merger_can_be_undone(client: Client) -> None:
    one, other = two()
    client.force_login(made.steward_of(one.organisation.territory))
    pair = reverse("directory_desk:pair", args=[one.slug, other.slug])
    assert client.post(pair, {"take": ["phone", "zzz"]}).status_code == 422
    assert client.post(pair, {"take": ["phone"]}).status_code == 302
    moved = client.get(reverse("directory:service", args=[other.slug]))
    assert (moved.status_code, moved["Cache-Control"]) == (301, "no-cache")
    assert client.get(pair)["Location"] == reverse("directory_desk:duplicates")
