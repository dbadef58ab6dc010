"""The interface of HSDS 3.1: what it answers, to whom, at what cost, and what it never tells."""

import json
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from directory.exchange.hsds.terms import taxonomy_id, term_id
from directory.finding.asked import Asked
from directory.finding.selectors import search
from directory.finding.services import index_everything
from directory.models import Service
from tests.directory.exchange.samples import SECRET, full_directory
from tests.directory.exchange.standards import errors
from tests.factories import directory as made

pytestmark = pytest.mark.django_db
LISTS = ("services", "organizations", "service_at_locations", "locations", "taxonomies", "taxonomy_terms")
OBJECTS = dict(
    zip(
        LISTS,
        ("service", "organization", "service_at_location", "location", "taxonomy", "taxonomy_term"),
        strict=True,
    )
)
WRAPPER = {
    "total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty", "contents",
}  # fmt: skip


def get(client: Client, path: str, **query: Any) -> Any:
    answer = client.get(f"/hsds/{path}", query)
    assert answer.status_code == 200, answer.content
    return json.loads(answer.content)


def test_root_says_its_version_its_profile_and_where_it_is_described(client: Client) -> None:
    about = get(client, "")
    assert about["version"] == "3.1"
    for name in ("profile", "openapi_url"):
        assert client.get("/hsds/" + about[name].partition("/hsds/")[2]).status_code == 200


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("query", [{}, {"full": "true"}])
def test_every_object_of_every_list_conforms(client: Client, path: str, query: dict[str, str]) -> None:
    full_directory()
    page = get(client, path, per_page=200, **query)
    assert set(page) == WRAPPER
    assert page["size"] == len(page["contents"]) == page["total_items"] > 0
    assert [errors(OBJECTS[path], one) for one in page["contents"]] == [[]] * page["size"]


@pytest.mark.parametrize("path", LISTS)
def test_every_single_object_conforms_and_is_found_by_its_identifier(client: Client, path: str) -> None:
    full_directory()
    for one in get(client, path, per_page=5)["contents"]:
        found = get(client, f"{path}/{one['id']}")
        assert found["id"] == one["id"]
        assert errors(OBJECTS[path], found) == []


@pytest.mark.parametrize("path", LISTS)
def test_a_list_asked_by_post_or_as_lines_is_the_same(client: Client, path: str) -> None:
    full_directory()
    page = get(client, path, per_page=200)
    sent = client.post(f"/hsds/{path}", {"per_page": 200}, content_type="application/json")
    assert json.loads(sent.content) == page
    lines = client.get(f"/hsds/{path}", {"format": "ndjson"})
    assert lines["Content-Type"] == "application/x-ndjson"
    text = b"".join(lines.streaming_content).decode()  # type: ignore[attr-defined]
    assert [json.loads(line) for line in text.splitlines()] == page["contents"]


def test_pages_say_where_they_are_and_an_absent_one_is_empty(client: Client) -> None:
    for _number in range(5):
        made.service()
    pages = [get(client, "services", per_page=2, page=number) for number in (1, 3, 9)]
    told = [
        (one["total_pages"], one["size"], one["first_page"], one["last_page"], one["empty"]) for one in pages
    ]
    assert told == [(3, 2, True, False, False), (3, 1, False, True, False), (3, 0, False, True, True)]


def test_anyone_may_read_from_any_page_of_the_web(client: Client) -> None:
    for answer in (
        client.get("/hsds/services"),
        client.get(f"/hsds/services/{uuid4()}"),
        client.options("/hsds/services", headers={"Origin": "https://example.org"}),
        client.post("/hsds/services", "{", content_type="application/json"),
    ):
        assert answer["Access-Control-Allow-Origin"] == "*"


def test_a_hidden_address_leaks_nowhere(client: Client) -> None:
    one = full_directory()
    for path in ("services", "organizations", "service_at_locations", "locations"):
        for query in ({"full": "true"}, {"full_service": "true"}, {"format": "ndjson", "full": "true"}):
            answer = client.get(f"/hsds/{path}", query)
            body = b"".join(answer) if answer.streaming else answer.content
            assert not [word for word in (SECRET, "44.6789", "refuge-cache") if word in body.decode()]
    shelter = get(client, f"locations/{one.shelter.uid}")
    assert shelter["description"] == "Lieu protégé : téléphonez."
    assert not {"addresses", "latitude", "longitude", "transportation"} & set(shelter)
    assert get(client, "locations", search="Refuge")["total_items"] == 0


def test_what_nobody_may_read_is_not_there(client: Client) -> None:
    draft = made.service(published=False)
    place = made.location(draft.organisation)
    made.at(draft, place)
    assert get(client, "services")["total_items"] == get(client, "locations")["total_items"] == 0
    for path in (f"services/{draft.uid}", f"locations/{place.uid}", f"services/{uuid4()}"):
        assert client.get(f"/hsds/{path}").status_code == 404


def test_an_ended_service_is_told_to_those_who_keep_a_copy(client: Client) -> None:
    ended = made.service(status="defunct")
    assert get(client, "services")["total_items"] == 0
    assert (
        get(client, "services", modified_after="2020-01-01T00:00:00Z")["contents"][0]["status"] == "defunct"
    )
    assert get(client, f"services/{ended.uid}")["status"] == "defunct"


def test_a_merged_service_is_told_as_what_it_became(client: Client) -> None:
    kept = made.service()
    gone = made.service(merged_into=kept)
    assert get(client, f"services/{gone.uid}")["id"] == str(kept.uid)


FILTERS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "need": ({"taxonomy_term_id": term_id("need", "1.3.2")}, {"taxonomy_term_id": term_id("need", "1.1")}),
    "audience": (
        {"taxonomy_term_id": term_id("audience", "seniors")},
        {"taxonomy_term_id": term_id("audience", "jeunes")},
    ),
    "mode": ({"taxonomy_term_id": term_id("mode", "home")}, {"taxonomy_term_id": term_id("mode", "remote")}),
    "kind": (
        {"taxonomy_term_id": term_id("kind", "aide-materielle")},
        {"taxonomy_term_id": term_id("kind", "atelier")},
    ),
    "access": (
        {"taxonomy_term_id": term_id("access", "step_free")},
        {"taxonomy_term_id": term_id("access", "parking")},
    ),
    "unknown term": ({}, {"taxonomy_term_id": "00000000-0000-4000-8000-000000000000"}),
    "taxonomy": ({"taxonomy_id": taxonomy_id("need")}, {"taxonomy_id": taxonomy_id("network")}),
    "ages": ({"minimum_age": 65, "maximum_age": 70}, {"maximum_age": 40}),
    "day": ({"day": "TU"}, {"day": "SU"}),
    "hours": (
        {"day": "WE", "start_time": "14:30", "end_time": "16:00"},
        {"day": "WE", "start_time": "14:30", "end_time": "18:00"},
    ),
    "changed": ({"modified_after": "2020-01-01"}, {"modified_after": "2999-01-01"}),
    "organisation": ({}, {"organization_id": "00000000-0000-4000-8000-000000000000"}),
}


@pytest.mark.parametrize("name", FILTERS)
def test_filters_keep_what_they_should(client: Client, name: str) -> None:
    full_directory()
    found, missed = FILTERS[name]
    assert get(client, "services", **found)["total_items"] == 1
    assert get(client, "services", **missed)["total_items"] == 0


def test_words_are_read_as_the_public_page_reads_them(client: Client) -> None:
    full_directory()
    made.service(name="Piscine municipale", description="Nager.")
    index_everything()
    for words, names in {
        "REPAS à domicile": {"Repas à domicile"},
        "repas a domicil": {"Repas à domicile"},  # neither the accent nor the last letter
        "domi": set(),  # a piece of a word is not a word
        "piscines": {"Piscine municipale"},
        "zzyzx": set(),
        "!!! %": set(),
    }.items():
        found = get(client, "services", search=words)
        assert {one["name"] for one in found["contents"]} == names, words
        assert found["total_items"] == len(names)
        page = search(Asked(words))
        assert {hit.service.name for hit in page.hits} == names


def test_what_ended_is_told_to_those_who_keep_a_copy_whatever_the_words(client: Client) -> None:
    ended = made.service(status="defunct")
    assert get(client, "services", search="piscine")["total_items"] == 0
    told = get(client, "services", search="piscine", modified_after="2020-01-01")["contents"]
    assert [one["id"] for one in told] == [str(ended.uid)]


@pytest.mark.parametrize(
    ("path", "words", "count"),
    [
        ("organizations", "éclair", 1), ("organizations", "ECLAIR etoile", 1), ("organizations", "éclair lune", 0),
        ("organizations", "…", 0), ("locations", "ÉCURIES", 1), ("locations", "hôtel-dieu", 1),
        ("locations", "remparts", 0),
    ],
)  # fmt: skip
def test_names_are_found_without_accents_or_capitals(
    client: Client, path: str, words: str, count: int
) -> None:
    body = made.service().organisation
    body.name = "L’Éclair de l’Étoile"
    body.save()
    made.location(body, name="Anciennes écuries", address_1="1 rue de l’Hôtel-Dieu")
    hidden = {"name": "Refuge", "address_hidden": True, "hidden_reason": "safety"}
    made.location(body, address_1="2 rue des Remparts", **hidden)
    assert get(client, path, search=words)["total_items"] == count


def test_services_of_an_organisation(client: Client) -> None:
    one = full_directory()
    assert get(client, "services", organization_id=one.record.uid)["total_items"] == 1
    assert get(client, f"organizations/{one.record.uid}", full_service="true")["services"][0]["schedules"]


def test_places_near_a_postal_code_or_serving_it(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    one = full_directory()
    monkeypatch.setattr("directory.selectors.asked.centres", lambda level: {"47086": (44.67, 0.18)})
    near = get(client, "service_at_locations", postcode="47120", proximity=3000)["contents"]
    assert [row["location_id"] for row in near] == [str(one.town_hall.uid)]
    assert get(client, "service_at_locations", postcode="47120")["total_items"] == 2
    assert get(client, "service_at_locations", postcode="75001")["total_items"] == 0


@pytest.mark.parametrize(
    "query",
    [
        {"page": "0"},
        {"per_page": "100000"},
        {"per_page": "x"},
        {"format": "xml"},
        {"taxonomy_term_id": "seniors"},
        {"search": "x" * 10_000},
        {"modified_after": "hier"},
        {"minimum_age": "-4"},
        {"day": "LU"},
        {"start_time": "25:00"},
    ],
    ids=lambda query: next(iter(query)),
)
def test_what_cannot_be_understood_is_refused_with_the_name_of_the_parameter(
    client: Client, query: dict[str, str]
) -> None:
    answer = client.get("/hsds/services", query)
    assert answer.status_code == 422
    assert next(iter(query)) in answer.content.decode()
    sent = client.post("/hsds/services", query, content_type="application/json")
    assert sent.status_code == 422


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"page":', b"\xff\xfe", b'"x"'])
def test_a_broken_body_is_refused(client: Client, body: bytes) -> None:
    assert client.post("/hsds/services", body, content_type="application/json").status_code in {400, 422}


@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("services", 5),
        ("services?search=repas", 9),
        ("services?full=true", 29),
        ("services?minimal=true", 2),
        ("organizations?full=true", 19),
        ("service_at_locations?full=true", 17),
        ("locations", 11),
    ],
)
def test_cost_does_not_grow_with_the_directory(
    client: Client, path: str, queries: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    one = full_directory()
    index_everything()
    with django_assert_num_queries(queries):
        get(client, path)
    for number in range(4):
        service = made.service(one.body, name=f"Autres repas {number}")
        made.at(service, made.location(one.body))
        service.needs.add(made.need("1.3.2.2"))
    index_everything()
    assert Service.objects.count() == 5
    with django_assert_num_queries(queries):
        get(client, path)
