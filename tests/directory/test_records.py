"""A record is written, checked, closed: what is refused, what is kept of each change."""

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from directory.models import Change, Service
from directory.services import capacity, places, records
from tests.factories import directory as made
from tests.factories.process import body, person, place
from tests.factories.territories import territory

pytestmark = pytest.mark.django_db


def write(**values: Any) -> Service:
    given = {"name": "Aide à domicile", "description": "On vous aide chez vous.", **values}
    return records.save_service(actor=None, organisation=body(place()), values=given)


def test_saving_the_same_twice_changes_nothing_nor_the_history() -> None:
    need = made.need()
    values = {"name": "Repas", "description": "Livrés.", "amount_min": Decimal("2.50"), "needs": [need]}
    one = records.save_service(actor=None, organisation=body(place()), values=values)
    before = Change.objects.count()
    records.save_service(actor=None, organisation=one.organisation, service=one, values=values)
    assert Change.objects.count() == before == 1


def test_each_changed_field_keeps_what_it_said_before_and_who_changed_it() -> None:
    one = write(phone="05 53 00 00 00")
    editor = made.editor_of(one.organisation)
    need = made.need("1.E.1")
    records.save_service(
        actor=editor,
        organisation=one.organisation,
        service=one,
        values={"phone": "05 53 11 11 11", "needs": [need]},
    )
    lines = {
        change.field: (change.previous, change.replacement, change.by)
        for change in Change.objects.filter(target_uid=one.uid).exclude(field="created")
    }
    assert lines == {
        "phone": ("05 53 00 00 00", "05 53 11 11 11", editor),
        "needs": ([], ["1.E.1"], editor),
    }


def test_two_services_of_one_name_have_two_addresses() -> None:
    assert [write().slug, write().slug] == ["aide-a-domicile", "aide-a-domicile-2"]


def test_a_stranger_writes_nothing() -> None:
    one = write()
    with pytest.raises(PermissionDenied):
        records.save_service(
            actor=person(), organisation=one.organisation, service=one, values={"name": "Pris"}
        )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("description", "a" * 10_001),
        ("name", "Aide\x00cachée"),
        ("name", "Aide \u202erengised"),
        ("link", "javascript:alert(1)"),
        ("link", "data:text/html,<script>"),
        ("link", "ftp://exemple.fr/"),
        ("link", "https://banque.fr@pirate.example/"),
        ("phone", "appelez-moi"),
        ("email", "pas une adresse"),
        ("modes", ["on_site", "on_site"]),
        ("modes", ["teleportation"]),
        ("modes", {"on_site": True}),
        ("audiences", ["tous-publics", "seniors"]),
        ("languages", ["xx"]),
        ("documents", ["x" * 201]),
        ("documents", [""]),
        ("documents", ["un"] * 31),
        ("age_min", 121),
        ("amount_min", Decimal("-1")),
        ("review_months", 5),
        ("fee", "cadeau"),
    ],
)
def test_what_no_record_may_say_is_refused_at_its_field(field: str, value: Any) -> None:
    with pytest.raises(ValidationError) as refused:
        write(**{field: value})
    assert set(refused.value.message_dict) == {field}
    assert not Service.objects.exists()


@pytest.mark.parametrize(
    "values",
    [
        {"age_min": 60, "age_max": 18},
        {"amount_min": Decimal(10), "amount_max": Decimal(5)},
        {"fee": "free", "amount_min": Decimal(3)},
    ],
)
def test_fields_that_contradict_each_other_are_refused(values: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        write(**values)


def test_a_territory_that_no_longer_exists_is_not_covered() -> None:
    gone = territory("Ancienne", until=datetime.date(2019, 1, 1))
    with pytest.raises(ValidationError) as refused:
        write(coverage=[gone])
    assert "Ancienne" in refused.value.message_dict["coverage"][0]


def test_the_place_of_another_organisation_is_refused() -> None:
    with pytest.raises(ValidationError) as refused:
        write(locations=[made.location()])
    assert set(refused.value.message_dict) == {"locations"}


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [(91, 0), (44, 181), (0, 0), (0.18, 44.67), (44.67, None), (float("nan"), 0.2), (float("inf"), 0.2)],
)
def test_a_point_that_cannot_be_there_is_refused(
    latitude: float, longitude: float | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    duras = place("Duras")
    monkeypatch.setattr(places, "centres", lambda level: {duras.code: (44.676, 0.2)})
    values = {"name": "Bureau", "commune": duras, "latitude": latitude, "longitude": longitude}
    with pytest.raises(ValidationError):
        places.save_location(actor=None, organisation=body(duras), values=values)


def test_a_hidden_address_says_why() -> None:
    values = {"name": "Refuge", "address_1": "1 rue Secrète", "address_hidden": True}
    with pytest.raises(ValidationError):
        places.save_location(actor=None, organisation=body(place()), values=values)


def test_an_organisation_is_never_part_of_itself() -> None:
    home = place()
    first, second, third = body(home, "Un"), body(home, "Deux"), body(home, "Trois")
    for child, parent in ((second, first), (third, second)):
        places.save_organisation_record(actor=None, organisation=child, values={"parent": parent})
    for parent in (first, third):
        with pytest.raises(ValidationError) as refused:
            places.save_organisation_record(actor=None, organisation=first, values={"parent": parent})
        assert "Un" in refused.value.message_dict["parent"][0]


def test_what_was_closed_until_yesterday_opens_again_by_itself() -> None:
    today = timezone.localdate()
    late, later = write(), write()
    for one in (late, later):
        records.close_service(actor=None, service=one, until=today, reason="travaux")
    Service.objects.filter(pk=late.pk).update(closed_until=today - datetime.timedelta(days=1))
    assert records.reopen_due_services() == 1
    late.refresh_from_db()
    assert (late.status, late.closed_reason, late.closed_until) == ("active", "", None)


def test_checking_a_record_moves_the_day_of_the_next_check() -> None:
    one = write(review_months=3)
    records.confirm_record(actor=None, service=one, on=datetime.date(2025, 11, 30))
    assert one.review_due_on == datetime.date(2026, 2, 28)
    with pytest.raises(ValidationError):
        records.confirm_record(actor=None, service=one, on=timezone.localdate() + datetime.timedelta(days=2))


@pytest.mark.parametrize(
    "values",
    [
        {"state": "full", "available": 2},
        {"state": "open", "places": 3, "available": 4},
        {"state": "perhaps"},
        {"state": "open", "places": -1},
    ],
)
def test_places_left_that_make_no_sense_are_refused(values: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        capacity.set_capacity(actor=None, service=write(), unit="places", values=values)
