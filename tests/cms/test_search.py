"""What people write is found: with and without accents, with a slip, and never with an error."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from cms.search import excerpt, find, fold, highlight, matches, words_of
from consultations.process.models import Consultation
from core.content import SearchHit, SearchSource, search_sources
from needs.services import save_need
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


LONG = "Les premières pages parlent d’autre chose. " * 20


def test_the_excerpt_shows_where_the_words_are_in_the_body(client: Client) -> None:
    make.page(
        title="Transport",
        search_description="Comment venir.",
        body=[("text", f"<p>{LONG}</p><p>La navette passe le <b>mardi</b>.</p><p>{LONG}</p>")],
    )
    html = client.get("/recherche/", {"q": "navette mardi"}).content.decode()
    assert "La <mark>navette</mark> passe le <mark>mardi</mark>" in html
    assert "Comment venir." not in html


def test_the_summary_is_kept_when_it_holds_the_words(client: Client) -> None:
    make.page(title="Transport", search_description="La navette.", body=[("text", f"<p>{LONG} navette</p>")])
    html = client.get("/recherche/", {"q": "navette"}).content.decode()
    assert "La <mark>navette</mark>." in html


def test_a_consultation_is_found_by_its_purpose_and_by_its_needs(client: Client) -> None:
    consultation = ConsultationFactory(
        title="Vieillir", purpose=f"{LONG} Savoir qui manque de répit.", status=Consultation.Status.PUBLISHED
    )
    consultation.needs.add(
        save_need(actor=None, code="1", official_label="B", plain_label="Entretenir le potager")
    )
    assert "manque de <mark>répit</mark>" in client.get("/recherche/", {"q": "repit"}).content.decode()
    assert "<mark>potager</mark>" in client.get("/recherche/", {"q": "potager"}).content.decode()


@pytest.mark.parametrize(
    "hostile", ["<script>alert(1)</script> navette", "<img src=x onerror=alert(1)> navette"]
)
def test_hostile_texts_are_escaped_around_the_words_found(client: Client, hostile: str) -> None:
    ConsultationFactory(title="Aller", purpose=f"{LONG} {hostile}", status=Consultation.Status.PUBLISHED)
    make.page(title="Venir", easy_read=f"{LONG} {hostile}")
    html = client.get("/recherche/", {"q": "navette"}).content.decode()
    assert html.count("<mark>navette</mark>") == 2
    assert "<script>alert" not in html and "<img src=x" not in html


def test_results_cost_the_same_however_many_there_are(client: Client) -> None:
    make.page(title="Répit 0", body=[("text", "<p>Un répit.</p>")])
    with CaptureQueriesContext(connection) as few:
        client.get("/recherche/", {"q": "répit"})
    for number in range(1, 9):
        make.page(title=f"Répit {number}", body=[("text", "<p>Un répit.</p>")])
    with CaptureQueriesContext(connection) as many:
        client.get("/recherche/", {"q": "répit"})
    assert len(many) <= len(few) + 2


def test_a_result_of_another_language_is_marked(client: Client) -> None:
    make.home("en")
    ConsultationFactory(title="Vieillir chez soi", status=Consultation.Status.PUBLISHED)
    html = client.get("/en/recherche/", {"q": "vieillir"}).content.decode()
    assert '<span lang="fr"><mark>Vieillir</mark> chez soi</span>' in html


@given(st.text(max_size=600), st.text(max_size=20))
def test_an_excerpt_is_a_passage_or_the_summary(text: str, words: str) -> None:
    found = excerpt("résumé", text, words)
    assert found == "résumé" or " ".join(found.strip("… ").split()) in " ".join(text.split())
    assert len(found) <= max(len("résumé"), len(text) + 4)


@given(st.text("navet <>&é", max_size=400), st.text("navet <>&é", max_size=12))
def test_an_excerpt_marked_is_escaped(text: str, words: str) -> None:
    with translation.override("fr"):
        html = highlight(excerpt("", text, words), words)
    assert "<" not in html.replace("<mark>", "").replace("</mark>", "")
