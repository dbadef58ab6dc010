"""What anyone reads of a record, and what nobody may."""

import datetime
import json

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from directory.models import Capacity, Change, ClosedDays, Report, Service
from tests.factories import directory as made
from tests.factories.process import body, place

pytestmark = pytest.mark.django_db
SECRET = ("27 impasse du Secret", "47999", "44.2105", "0.6288", "Villecachée")


def page_of(client: Client, one: Service) -> str:
    return client.get(reverse("directory:service", args=[one.slug])).content.decode()


def hidden_service() -> Service:
    town = place("Villecachée")
    one = made.service(body(place("Département")), phone="05 00 00 00 39")
    where = made.location(
        one.organisation,
        name="Lieu d’accueil",
        address_1=SECRET[0],
        postal_code=SECRET[1],
        commune=town,
        latitude=float(SECRET[2]),
        longitude=float(SECRET[3]),
        address_hidden=True,
        hidden_reason="Elle vous sera donnée au téléphone.",
    )
    made.at(one, where)
    return one


def test_a_hidden_address_is_nowhere_and_its_reason_is_said(client: Client) -> None:
    one = hidden_service()
    pages = [
        page_of(client, one),
        client.get(reverse("directory:organisation", args=[one.organisation.slug])).content.decode(),
        client.get(reverse("directory:service_linked_data", args=[one.slug])).content.decode(),
    ]
    assert not [(secret, index) for index, text in enumerate(pages) for secret in SECRET if secret in text]
    assert "Elle vous sera donnée au téléphone." in pages[0]
    where = one.locations.get()
    assert client.get(reverse("directory:location", args=[where.uid])).status_code == 404


def test_what_matters_before_going_is_said_up_front(client: Client) -> None:
    today = timezone.localdate()
    one = made.service(
        status="temporarily_closed", closed_until=today + datetime.timedelta(days=9), closed_reason="travaux"
    )
    Capacity.objects.create(service=one, unit="places", state="full", waiting=4, updated_on=today)
    text = page_of(client, one)
    assert text.index("Travaux") < text.index("Aucune place") < text.index("Comment prendre contact")


def test_a_record_nobody_checked_for_long_says_so(client: Client) -> None:
    one = made.service(checked_on=datetime.date(2024, 1, 5), review_due_on=datetime.date(2024, 7, 5))
    assert "Pas vérifiée depuis longtemps" in page_of(client, one)


def test_hours_are_said_with_their_exceptions(client: Client) -> None:
    one = made.service()
    made.opening(0, "09:00", "12:00", service=one)
    day = timezone.localdate() + datetime.timedelta(days=10)
    ClosedDays.objects.create(service=one, starts_on=day, ends_on=day, reason="inventaire")
    text = page_of(client, one)
    assert "9\u00a0h\u00a0– 12\u00a0h" in text and "inventaire" in text


@pytest.mark.parametrize(
    ("state", "status"),
    [({"published": False}, 404), ({"status": "defunct"}, 410), ({}, 200), ({"status": "inactive"}, 200)],
)
def test_only_public_records_have_a_page(client: Client, state: dict, status: int) -> None:
    one = made.service(**state)
    assert client.get(reverse("directory:service", args=[one.slug])).status_code == status


def test_the_page_of_a_service_that_ended_leads_to_others_for_the_same_needs(client: Client) -> None:
    one = made.service(status="defunct")
    one.needs.set([made.need("1.E.1"), made.need("2.1.1")])
    text = client.get(reverse("directory:service", args=[one.slug])).text
    assert f'href="{reverse("directory:search")}?besoin=1.E.1&amp;besoin=2.1.1"' in text


def test_the_page_of_a_merged_record_leads_to_the_one_kept(client: Client) -> None:
    kept = made.service()
    middle = made.service(kept.organisation, merged_into=kept)
    first = made.service(kept.organisation, merged_into=middle)
    response = client.get(reverse("directory:service", args=[first.slug]))
    assert (response.status_code, response["Location"]) == (
        301,
        reverse("directory:service", args=[kept.slug]),
    )


def test_hostile_words_stay_words_even_for_search_engines(client: Client) -> None:
    one = made.service(
        name="</script><script>alert(1)</script>",
        description="<img src=x onerror=alert(1)> " + "bonjour " * 10,
    )
    text = page_of(client, one)
    assert "<script>alert" not in text and "<img src=x" not in text
    data = client.get(reverse("directory:service_linked_data", args=[one.slug])).json()
    assert data["name"] == one.name


def test_search_engines_read_where_and_when(client: Client) -> None:
    one = made.service(phone="05 53 00 00 00", fee="free")
    made.at(one, made.location(one.organisation))
    made.opening(2, "09:00", "12:00", service=one)
    text = page_of(client, one)
    start = text.index('<script type="application/ld+json">') + 35
    data = json.loads(text[start : text.index("</script>", start)])
    assert data["availableChannel"][0]["serviceLocation"]["geo"]["latitude"] == 44.67
    assert data["hoursAvailable"][0]["dayOfWeek"] == "https://schema.org/Wednesday"
    assert data["offers"] == {"@type": "Offer", "price": 0, "priceCurrency": "EUR"}


SCHEMA_ORG = {
    "GovernmentService": {
        "@context",
        "@id",
        "url",
        "name",
        "description",
        "serviceType",
        "category",
        "identifier",
    }
    | {"provider", "areaServed", "audience", "offers", "availableChannel", "hoursAvailable"},
    "GovernmentOrganization": {"@id", "url", "name", "identifier"},
    "PropertyValue": {"propertyID", "value"},
    "AdministrativeArea": {"name", "identifier"},
    "PeopleAudience": {"audienceType", "suggestedMinAge", "suggestedMaxAge", "geographicArea"},
    "Offer": {"price", "priceCurrency", "priceSpecification", "description"},
    "PriceSpecification": {"minPrice", "maxPrice", "priceCurrency"},
    "ServiceChannel": {"servicePhone", "serviceUrl", "availableLanguage", "serviceLocation"},
    "ContactPoint": {"telephone", "email"},
    "Place": {"name", "telephone", "address", "geo", "amenityFeature", "openingHoursSpecification"},
    "PostalAddress": {"streetAddress", "postalCode", "addressLocality", "addressCountry"},
    "GeoCoordinates": {"latitude", "longitude"},
    "LocationFeatureSpecification": {"name", "value"},
    "OpeningHoursSpecification": {"dayOfWeek", "opens", "closes", "validFrom", "validThrough"},
}
"""The properties schema.org gives to each type, among those a service has use for."""


def linked_objects(data: object) -> list[dict]:
    found = [data] if isinstance(data, dict) else []
    below = data.values() if isinstance(data, dict) else data if isinstance(data, list) else []
    return found + [one for value in below for one in linked_objects(value)]


def test_linked_data_keep_to_the_properties_of_schema_org(client: Client) -> None:
    territory = place("Département")
    town_hall = body(territory)
    town_hall.kind = "authority"
    town_hall.save()
    one = made.service(
        town_hall, phone="05 53 00 00 00", email="accueil@service.example", age_min=60,
        audiences=["seniors"], amount_min=2, amount_max=9, fee="paid", languages=["fr", "fsl"],
        holidays="closed",
    )  # fmt: skip
    one.coverage.add(territory)
    made.at(one, made.location(one.organisation, access={"step_free": True}))
    made.opening(0, "00:00", "00:00", service=one)
    made.opening(1, "14:00", "16:00", service=one, frequency="monthly", nth=1)
    day = timezone.localdate() + datetime.timedelta(days=10)
    ClosedDays.objects.create(service=one, starts_on=day, ends_on=day, reason="inventaire")
    data = client.get(reverse("directory:service_linked_data", args=[one.slug])).json()
    objects = linked_objects(data)
    wrong = [(one["@type"], set(one) - SCHEMA_ORG[one["@type"]] - {"@type"}) for one in objects]
    assert not [pair for pair in wrong if pair[1]]
    assert {one["@type"] for one in objects} >= {"GovernmentService", "PeopleAudience", "Place", "Offer"}
    hours = data["hoursAvailable"]
    monday = {"dayOfWeek": "https://schema.org/Monday", "opens": "00:00", "closes": "23:59"}
    assert (
        hours[0] == {"@type": "OpeningHoursSpecification"} | monday
    )  # midnight to midnight would say closed
    assert {"validFrom": str(day), "validThrough": str(day)}.items() <= hours[-2].items()
    assert hours[-1]["dayOfWeek"] == "https://schema.org/PublicHolidays"
    assert data["availableChannel"][0]["serviceLocation"]["openingHoursSpecification"] == hours


def test_the_page_says_what_changed_and_when_but_never_of_a_secret_place(client: Client) -> None:
    one = hidden_service()
    where = one.locations.get()
    Change.objects.create(target="service", target_uid=one.uid, field="phone", previous="05 53 11 11 11")
    Change.objects.create(
        target="location", target_uid=where.uid, field="transport", previous="Bus 3, Secret"
    )
    text = page_of(client, one)
    told = text[text.index("Ce qui a changé") : text.index("Numéros et codes")]
    assert "téléphone" in told and "05 53 11" not in text and "transport" not in told and "Bus 3" not in text


def test_a_page_costs_a_fixed_number_of_queries(client: Client, django_assert_max_num_queries) -> None:
    one = made.service()
    for _number in range(4):
        made.at(one, made.location(one.organisation))
    with django_assert_max_num_queries(42):
        page_of(client, one)


def test_anyone_says_what_is_wrong_and_nothing_is_kept_of_who(client: Client) -> None:
    one = made.service()
    address = reverse("directory:report", args=[one.slug])
    response = client.post(address, {"kind": "phone", "words": "Le bon numéro est le 05 53 11 11 11."})
    assert response.status_code == 302
    client.post(address, {"kind": "phone", "words": "Le bon numéro est le 05 53 11 11 11."})
    assert list(Report.objects.values_list("service", "kind", "state")) == [(one.pk, "phone", "new")]


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({}, 422),
        ({"kind": "unknown"}, 422),
        ({"kind": "phone", "words": "x" * 1001}, 422),
        ({"kind": "phone", "words": "a\u202eb"}, 422),
        ({"kind": "phone", "site_web": "http://spam.example"}, 400),
    ],
)
def test_a_bad_report_is_refused_without_losing_what_was_written(
    client: Client, data: dict, status: int
) -> None:
    one = made.service()
    response = client.post(reverse("directory:report", args=[one.slug]), data)
    assert response.status_code == status
    assert not Report.objects.exists()


def test_too_many_reports_at_once_are_asked_to_wait(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("directory.views.reporting.count_hit", lambda purpose: 31)
    one = made.service()
    assert client.post(reverse("directory:report", args=[one.slug]), {"kind": "phone"}).status_code == 429


@pytest.mark.parametrize("name", ["schemes", "quality"])
def test_common_pages_open(client: Client, name: str) -> None:
    assert client.get(reverse(f"directory:{name}")).status_code == 200
