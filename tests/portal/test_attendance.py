"""Who came to a workshop is published by college, and never about a few people."""

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from consultations.workshops.models import Workshop
from observatory.indicators.models import PublishedCell, Release
from observatory.portal.attendance import publish_due_attendance
from tests.factories.workshops import workshop

pytestmark = pytest.mark.django_db


def held(**attendance):
    return workshop(
        Workshop.Status.CLOSED,
        attendance=attendance,
        closed_at=timezone.now(),
        colleges=["residents", "relatives", "professionals"],
    )


def cells():
    return {
        cell.slice_key.rpartition(":")[2]: cell.value if cell.status == "V" else None
        for cell in PublishedCell.objects.all()
    }


def test_large_colleges_are_told_as_they_are():
    held(residents=30, relatives=22, professionals=18)
    assert publish_due_attendance() == 1
    shown = cells()
    assert (shown["residents"], shown["relatives"], shown["professionals"]) == (30, 22, 18)
    assert publish_due_attendance() == 0, "released once"


def test_a_small_college_is_not_told_nor_deduced():
    held(residents=30, relatives=22, professionals=4)
    publish_due_attendance()
    shown = cells()
    assert shown.get("professionals") is None
    known = [value for key, value in shown.items() if key in {"residents", "relatives"} and value is not None]
    assert not (len(known) == 2 and shown.get("total") is not None)


def test_a_workshop_of_a_few_people_tells_nothing():
    held(residents=6)
    publish_due_attendance()
    assert not any(value for value in cells().values())


def test_its_page_says_where_it_comes_from(client):
    made = held(residents=30, relatives=22, professionals=18)
    publish_due_attendance()
    release = Release.objects.get()
    assert release.subject_kind == "workshop"
    response = client.get(reverse("portal:results", args=[release.slug]))
    assert response.status_code == 200
    assert made.title in response.content.decode()


def test_its_figure_speaks_of_people_who_came_not_of_answers(client):
    made = held(residents=30, relatives=22, professionals=18)
    publish_due_attendance()
    with translation.override("fr"):
        address = reverse("portal:indicator", args=[f"atelier-{made.slug}--presence"])
    page = client.get(address).content.decode()
    assert "des 70 personnes venues sont venues comme" in page
    assert "qui ont répondu ont dit" not in page
