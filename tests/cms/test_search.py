"""What people write is found: with and without accents, with a slip, and never with an error."""

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from cms.search import find, fold, highlight, matches, words_of
from consultations.process.models import Consultation
from core.content import SearchHit, SearchSource, search_sources
from tests.factories import cms as make
from tests.factories.process import ConsultationFactory, place


def titles(client: Client, words: str) -> list[str]:
    response = client.get("/recherche/", {"q": words})
    assert response.status_code == 200
    return [hit.title for hit in response.context["hits"]]


@pytest.mark.parametrize(
    "words", ["répit", "repit", "REPIT", "répitt", "aidans", "soulager", "temps de repit"]
)
def test_a_page_is_found(client: Client, words: str) -> None:
    make.page(title="Un temps de répit pour les aidants", search_description="Pour vous soulager.")
    make.page(title="Autre chose")
    assert titles(client, words) == ["Un temps de répit pour les aidants"]


def test_the_words_of_the_body_are_found(client: Client) -> None:
    make.page(title="Transport", body=[("text", "<p>La navette passe le mardi.</p>")])
    assert titles(client, "navette") == ["Transport"]


def test_drafts_and_other_languages_are_not_found(client: Client) -> None:
    make.page(title="Répit brouillon", live=False)
    make.page(under=make.home("en"), title="Répit in English")
    assert titles(client, "répit") == []


def test_a_draft_consultation_is_not_found(client: Client) -> None:
    ConsultationFactory(title="Vieillir chez soi", status=Consultation.Status.PUBLISHED)
    ConsultationFactory(title="Vieillir ailleurs")
    assert titles(client, "vieillir") == ["Vieillir chez soi"]


def test_places_are_found_without_accents(client: Client) -> None:
    place("Nérac", "commune")
    type(place("Duras")).objects.filter(name="Nérac").update(search_name="nerac")
    assert "Nérac" in titles(client, "nerac")


def test_nothing_found_helps(client: Client) -> None:
    html = client.get("/recherche/", {"q": "zzzzzz"}).content.decode()
    assert "Rien trouvé" in html and "/plan-du-site/" in html and "05 36 49 00 47" in html


def test_a_near_match_is_said_to_be_near(client: Client) -> None:
    make.page(title="Un temps de répit")
    html = client.get("/recherche/", {"q": "reppit"}).content.decode()
    assert "Rien ne contient exactement ces mots." in html


@pytest.mark.parametrize(
    "words",
    [
        "",
        "   ",
        "'; DROP TABLE",
        '"',
        "*",
        "a:b OR NOT",
        "é" * 10_000,
        "mot " * 2_500,
        "<b>",
        "'\"<svg onload=alert(1)>",
    ],
)
def test_no_text_breaks_the_search(client: Client, words: str) -> None:
    make.page(title="Un temps de répit")
    assert client.get("/recherche/", {"q": words}).status_code == 200


def test_a_very_long_text_is_cut_and_said_so(client: Client) -> None:
    make.page(title="Un temps de répit")
    html = client.get("/recherche/", {"q": "répit " * 2_000}).content.decode()
    assert "Votre texte était long" in html
    assert "Un temps de" in html


def test_the_words_found_are_marked(client: Client) -> None:
    make.page(title="Répit & repos")
    assert "<mark>Répit</mark> &amp; repos" in client.get("/recherche/", {"q": "repit"}).content.decode()


def test_results_come_by_tens(client: Client) -> None:
    for number in range(12):
        make.page(title=f"Répit {number}")
    assert len(titles(client, "répit")) == 10
    assert client.get("/recherche/", {"q": "répit", "page": 2}).context["hits"].number == 2


def test_an_app_can_add_what_it_knows(client: Client) -> None:
    hit = SearchHit("Un service", "/services/1/", "service", "", 95)
    search_sources.register("test_services", SearchSource("Services", lambda words, limit: [hit]))
    try:
        assert "Un service" in titles(client, "nimporte")
    finally:
        search_sources._entries.pop("test_services")


@given(st.text(max_size=200))
def test_folding_keeps_positions(text: str) -> None:
    assert len(fold(text)) <= len(text)
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=80), st.text(max_size=20))
def test_highlighting_never_makes_a_tag_but_mark(text: str, words: str) -> None:
    html = highlight(text, words)
    assert "<" not in html.replace("<mark>", "").replace("</mark>", "")


@pytest.mark.parametrize(
    ("query", "text", "is_match"),
    [("repit", "Répit", True), ("rep", "Répit", True), ("rpé", "Répit", False), ("a b", "Répit", False)],
)
def test_a_word_matches_its_beginning_or_its_neighbour(query: str, text: str, is_match: bool) -> None:
    assert (matches(words_of(query), words_of(text)) > 0) is is_match


def test_an_empty_search_looks_for_nothing() -> None:
    assert find("  ").hits == []
