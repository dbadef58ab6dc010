"""The workspace: each page opens for those who keep the record, refuses the others, and loses nothing sent."""

from typing import Any

import pytest
from django.urls import reverse

from directory.forms.service import SECTIONS
from directory.models import OpeningHours, Service
from directory.services.duplicates import find_duplicates
from tests.factories import directory as made
from tests.factories.accounts import SignedInClient
from tests.factories.process import person

pytestmark = pytest.mark.django_db
HEAD = {"heures-TOTAL_FORMS": "2", "heures-INITIAL_FORMS": "0", "fermetures-TOTAL_FORMS": "1", "fermetures-INITIAL_FORMS": "0", "holidays": "closed"}  # fmt: skip


def signed_in(user: Any) -> SignedInClient:
    client = SignedInClient()
    client.force_login(user)
    return client


def desk(name: str, one: Service, *more: Any) -> str:
    return reverse(f"directory_desk:{name}", args=[one.slug, *more])


def pages(one: Service) -> list[str]:
    where = one.locations.get()
    return [
        reverse("directory_desk:list"),
        reverse("directory_desk:create"),
        reverse("directory_desk:reports"),
        *(desk(name, one) for name in ("service", "hours", "close", "capacity", "history", "experience")),
        *(desk("section", one, section.slug) for section in SECTIONS),
        reverse("directory_desk:organisation", args=[one.organisation.slug]),
        reverse("directory_desk:location_create", args=[one.organisation.slug]),
        reverse("directory_desk:location", args=[where.uid]),
        reverse("directory_desk:location_hours", args=[where.uid]),
    ]


STEWARD_PAGES = ("duplicates", "campaigns", "campaign_create", "claims", "proposals")


def a_service() -> Service:
    one = made.service()
    made.at(one, made.location(one.organisation, access={"step_free": True}))
    made.opening(service=one)
    return one


def test_every_page_opens_for_the_editor_and_for_nobody_else() -> None:
    one = a_service()
    editor, other, member = (
        signed_in(user)
        for user in (made.editor_of(one.organisation), made.editor_of(a_service().organisation), person())
    )
    assert [client.get(page).status_code for client in (editor,) for page in pages(one)] == [200] * len(
        pages(one)
    )
    assert {other.get(page).status_code for page in pages(one)[3:]} == {403}
    assert {member.get(page).status_code for page in pages(one)} == {403}
    assert {SignedInClient().get(page).status_code for page in pages(one)} == {302}


@pytest.mark.parametrize("name", STEWARD_PAGES)
def test_pages_of_stewards_are_theirs(name: str) -> None:
    one = a_service()
    address = reverse(f"directory_desk:{name}")
    assert signed_in(made.steward_of(one.organisation.territory)).get(address).status_code == 200
    assert signed_in(made.editor_of(one.organisation)).get(address).status_code == 403


def test_the_list_costs_the_same_for_one_record_and_for_twenty(django_assert_max_num_queries: Any) -> None:
    one = a_service()
    client = signed_in(made.editor_of(one.organisation))
    client.get(reverse("directory_desk:list"))
    for _number in range(20):
        made.service(one.organisation)
    with django_assert_max_num_queries(25):
        assert "21 fiches" in client.get(reverse("directory_desk:list")).content.decode()


def test_a_section_is_saved_and_a_wrong_one_keeps_what_was_typed() -> None:
    one = a_service()
    client = signed_in(made.editor_of(one.organisation))
    town = one.organisation.territory
    address = desk("section", one, "public")
    sent = {"audiences": ["seniors"], "age_min": "60", "coverage": f"{town.name}\nAtlantide"}
    refused = client.post(address, sent)
    text = refused.content.decode()
    assert refused.status_code == 422 and "Ligne 2" in text and "Atlantide" in text and 'value="60"' in text
    assert client.post(address, {**sent, "coverage": town.name}).status_code == 302
    one.refresh_from_db()
    assert (one.age_min, list(one.coverage.all())) == (60, [town])


@pytest.mark.parametrize("section", [one.slug for one in SECTIONS])
def test_saving_a_section_as_it_stands_changes_nothing(section: str) -> None:
    one = a_service()
    client = signed_in(made.editor_of(one.organisation))
    address = desk("section", one, section)
    form = client.get(address).context["form"]
    sent = {}
    for field in form:
        value = (
            field.field.prepare_value(field.value())
            if hasattr(field.field, "prepare_value")
            else field.value()
        )
        if value not in (None, False, []):
            sent[field.html_name] = value
    before = Service.objects.filter(pk=one.pk).values().get()
    assert client.post(address, sent).status_code == 302
    after = Service.objects.filter(pk=one.pk).values().get()
    assert after == before


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ([("0", "09:00", "12:00"), ("0", "11:00", "13:00")], "se chevauchent"),
        ([("0", "14:00", "12:00"), ("", "", "")], "Corrigez les lignes"),
        ([("", "09:00", "12:00"), ("", "", "")], "Corrigez les lignes"),
        ([("0", "09:00", ""), ("", "", "")], "Corrigez les lignes"),
        ([("8", "09:00", "12:00"), ("", "", "")], "Corrigez les lignes"),
        ([("0", "25:00", "26:00"), ("", "", "")], "Corrigez les lignes"),
    ],
)
def test_hours_that_cannot_be_are_refused_with_their_lines(
    lines: list[tuple[str, str, str]], words: str
) -> None:
    one = a_service()
    client = signed_in(made.editor_of(one.organisation))
    sent = dict(HEAD)
    for number, (day, opens, closes) in enumerate(lines):
        sent |= {
            f"heures-{number}-weekday": day,
            f"heures-{number}-opens": opens,
            f"heures-{number}-closes": closes,
        }
    response = client.post(desk("hours", one), sent)
    assert response.status_code == 422 and words in response.content.decode()
    assert one.opening_hours.count() == 1


def test_hours_may_cross_midnight_once_it_is_said() -> None:
    one = a_service()
    client = signed_in(made.editor_of(one.organisation))
    sent = {
        **HEAD,
        "heures-0-weekday": "4",
        "heures-0-opens": "19:00",
        "heures-0-closes": "00:30",
        "heures-0-next_day": "on",
    }
    sent |= {"fermetures-0-starts_on": "2026-12-24", "fermetures-0-reason": "Noël"}
    assert client.post(desk("hours", one), sent).status_code == 302
    assert list(OpeningHours.objects.values_list("weekday", "closes__hour")) == [(4, 0)]
    assert list(one.closed_days.values_list("reason", flat=True)) == ["Noël"]


def test_a_hostile_post_is_refused_in_words() -> None:
    one = a_service()
    client = signed_in(made.editor_of(one.organisation))
    hostile = {"reach": ["phone"], "link": "javascript:alert(1)", "email": "x", "phone": "<script>"}
    response = client.post(desk("section", one, "contact"), hostile)
    assert response.status_code == 422 and "<script>alert" not in response.content.decode()
    huge = {"heures-TOTAL_FORMS": "100000", "heures-INITIAL_FORMS": "0", "fermetures-TOTAL_FORMS": "x"}
    assert client.post(desk("hours", one), huge).status_code == 422


def test_several_records_are_confirmed_at_once_and_only_ones_own() -> None:
    one, stranger = a_service(), a_service()
    Service.objects.update(checked_on=None)
    client = signed_in(made.editor_of(one.organisation))
    asked = {"action": "confirm", "one": [str(one.pk), str(stranger.pk), "x", "9" * 40]}
    preview = client.post(reverse("directory_desk:bulk"), asked)
    assert one.name in preview.content.decode() and stranger.name not in preview.content.decode()
    one.refresh_from_db()
    assert one.checked_on is None
    client.post(reverse("directory_desk:bulk"), {**asked, "sure": "yes"})
    one.refresh_from_db()
    stranger.refresh_from_db()
    assert one.checked_on is not None and stranger.checked_on is None


def test_closing_and_places_left_take_two_clicks() -> None:
    one = a_service()
    client = signed_in(made.editor_of(one.organisation))
    client.post(desk("close", one), {"reason": "travaux"})
    client.post(desk("capacity", one), {"unit": "places", "state": "full"})
    one.refresh_from_db()
    assert (one.status, one.capacities.get().state) == ("temporarily_closed", "full")
    client.post(desk("reopen", one))
    one.refresh_from_db()
    assert one.status == "active"


def test_two_records_are_read_side_by_side_then_merged_and_undone() -> None:
    one = a_service()
    other = made.service(one.organisation, name=one.name, phone="05 53 11 11 11")
    made.at(other, one.locations.get())
    client = signed_in(made.steward_of(one.organisation.territory))
    assert find_duplicates() == 2
    assert one.name in client.get(reverse("directory_desk:duplicates")).content.decode()
    pair = reverse("directory_desk:pair", args=[one.slug, other.slug])
    assert "05 53 11 11 11" in client.get(pair).content.decode()
    assert client.post(pair, {"take": ["phone", "owner"]}).status_code == 422 and not one.merges.exists()
    assert client.post(pair, {"take": ["phone"]}).status_code == 302
    merge = one.merges.get()
    client.post(reverse("directory_desk:merge_undo", args=[merge.pk]))
    other.refresh_from_db()
    assert other.merged_into is None
