"""The demo's workshops: one held with its cards, one open whose code is printed where one enters."""

import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from consultations.live.models import Room
from consultations.process.models import Consultation
from consultations.workshops.models import Card, Group, Stage, Vote, Workshop
from demo import people, workshops
from demo.roles import PEOPLE
from demo.voices_answers import NAMESPACE
from demo.workshops_story import DOTS, GROUPS, TABLES
from needs.models import Need
from organisations.models import Organisation
from territories.models import Territory, TerritoryLevel
from tests.factories.process import ConsultationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> None:
    level = TerritoryLevel.objects.create(code="departement", rank=2, name="département", name_plural="d")
    place = Territory.objects.create(level=level, code="47", name="Lot-et-Garonne", search_name="lot")
    for person in PEOPLE:
        if person.place and ":" not in person.place:
            Organisation.objects.get_or_create(
                slug=person.place, defaults={"name": person.place, "territory": place}
            )
    people.load()
    for code in {need for _name, said in GROUPS for _table, _text, need, _level in said if need}:
        Need.objects.get_or_create(code=code, defaults={"plain_label": code, "official_label": code})
    ConsultationFactory(
        id=uuid.uuid5(NAMESPACE, "besoins-47"),
        status=Consultation.Status.PUBLISHED,
        territory=place,
        starts_on=timezone.localdate(),
    )


def test_loading_twice_gives_one_workshop_held_and_one_open(story: None, client: object) -> None:
    for _time in range(2):
        workshops.load()
    held = Workshop.objects.get(status=Workshop.Status.CLOSED)
    assert sum(held.attendance.values()) == sum(table.people for table in TABLES)
    assert Group.objects.filter(stage__workshop=held).count() == len(GROUPS)
    assert Card.objects.kept().filter(stage__workshop=held, mode="paper").count() == 1
    points = sum(Vote.objects.filter(stage__workshop=held).values_list("points", flat=True))
    assert points == sum(map(sum, DOTS))
    live = Workshop.objects.get(status=Workshop.Status.OPEN)
    assert live.stages.get(state=Stage.State.RUNNING).kind == "write"
    room = Room.objects.get(key=str(live.pk))
    doors = client.get(reverse("demo:doors")).content.decode()  # type: ignore[attr-defined]
    assert room.code in doors
