"""Public pages of consultations: who sees what, filters, empty states, hostile texts."""

import pytest
from django.test import Client

from tests.factories.process import ConsultationFactory, place
from tests.factories.territories import inside, territory

pytestmark = pytest.mark.django_db
XSS = "<script>alert(1)</script>"


def test_list_shows_published_only(client: Client) -> None:
    ConsultationFactory(title="Ouverte", status="published")
    ConsultationFactory(title="Brouillon")
    page = client.get("/participer/").content.decode()
    assert "Ouverte" in page
    assert "Brouillon" not in page


def test_empty_list_says_so(client: Client) -> None:
    assert 'class="empty"' in client.get("/participer/").content.decode()


def test_list_filters_by_territory_and_audience(client: Client) -> None:
    lauzun = place("Lauzun")
    ConsultationFactory(title="À Lauzun", status="published", territory=lauzun, audiences=["carers"])
    ConsultationFactory(title="À Duras", status="published")
    by_place = client.get("/participer/", {"territory": f"{lauzun.level_id}:{lauzun.code}"}).content.decode()
    by_audience = client.get("/participer/", {"audience": "carers"}).content.decode()
    for page in (by_place, by_audience):
        assert "À Lauzun" in page
        assert "À Duras" not in page


@pytest.mark.parametrize("query", [{"audience": "zzz"}, {"audience": "' or 1=1"}])
def test_unknown_audience_is_said_with_400(client: Client, query: dict) -> None:
    ConsultationFactory(title="Ouverte", status="published")
    response = client.get("/participer/", query)
    assert response.status_code == 400
    assert "Ouverte" in response.content.decode()


@pytest.mark.parametrize("code", ["999999", "' or 1=1", "commune:", ":47", "region:47001", "x" * 500, "<b>"])
def test_an_unknown_territory_is_said_with_a_remedy(client: Client, code: str) -> None:
    response = client.get("/participer/", {"territory": code, "audience": "carers"})
    html = response.content.decode()
    assert response.status_code == 400
    assert "Nous ne connaissons pas ce lieu" in html and "/territoires/recherche" in html
    assert 'href="/participer/?audience=carers"' in html
    assert "<b>" not in html


def test_an_ambiguous_code_lists_the_places_as_links(client: Client) -> None:
    agen = territory("Agen", "commune", code="47001")
    territory("Agen-1", "canton", code="47001")
    ConsultationFactory(title="À Agen", status="published", territory=agen)
    ConsultationFactory(title="Ailleurs", status="published")
    response = client.get("/participer/", {"territory": "47001", "audience": "residents"})
    html = response.content.decode()
    assert response.status_code == 400
    assert "De quel lieu parlez-vous" in html
    for level in ("commune", "canton"):
        assert f'href="/participer/?territory={level}:47001&amp;audience=residents"' in html
    chosen = client.get("/participer/?territory=commune:47001").content.decode()
    assert "À Agen" in chosen and "Ailleurs" not in chosen
    assert '<option value="commune:47001" selected>' in chosen


def test_what_is_asked_of_the_whole_department_is_asked_of_its_communes(client: Client) -> None:
    department, agen = territory("Lot-et-Garonne", "departement", code="47"), territory("Agen", code="47001")
    inside(agen, department)
    ConsultationFactory(title="Partout", status="published", territory=department)
    assert "Partout" in client.get("/participer/?territory=47001").content.decode()


def test_list_costs_the_same_however_long(client: Client, django_assert_max_num_queries) -> None:
    ConsultationFactory.create_batch(12, status="published")
    client.get("/participer/")
    with django_assert_max_num_queries(6):
        client.get("/participer/")


def test_detail_tells_why_and_what_rights(client: Client) -> None:
    consultation = ConsultationFactory(status="published", restitution="Une navette a été créée.")
    page = client.get(f"/participer/{consultation.slug}/").content.decode()
    for part in (consultation.purpose, consultation.contact, "Une navette", 'class="thread', "<svg role"):
        assert part.split("'")[0] in page


@pytest.mark.parametrize("path", ["", "affiche/"])
def test_draft_is_not_found(client: Client, path: str) -> None:
    consultation = ConsultationFactory()
    assert client.get(f"/participer/{consultation.slug}/{path}").status_code == 404


@pytest.mark.parametrize("path", ["", "affiche/"])
def test_hostile_texts_are_shown_not_run(client: Client, path: str) -> None:
    consultation = ConsultationFactory(
        status="published", title=XSS, summary=XSS, purpose=XSS, contact=XSS, restitution=XSS
    )
    page = client.get(f"/participer/{consultation.slug}/{path}").content.decode()
    assert XSS not in page
    assert "&lt;script&gt;" in page


def test_poster_prints_the_public_address(client: Client, settings) -> None:
    settings.PUBLIC_URL = "https://avis.example.org"
    consultation = ConsultationFactory(status="published")
    page = client.get(f"/participer/{consultation.slug}/affiche/").content.decode()
    assert f"https://avis.example.org/participer/{consultation.slug}/" in page
