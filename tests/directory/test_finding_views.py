"""The pages of the search: what anyone may send, and what they say back."""

import html
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from directory.finding.drawing import draw
from directory.finding.models import SearchSignal
from directory.finding.saved import COOKIE
from directory.models import Service
from tests.factories import cms as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_directory")]
HOME = "/annuaire/"
DURAS = {"lieu": "Duras", "lieu_choice": "commune:47086"}
PAGE_QUERIES = 60


def page(client: Client, path: str = HOME, *, status: int = 200, **query: object) -> str:
    response = client.get(path, query)
    assert response.status_code == status, response.status_code
    return response.content.decode()


def key(slug: str) -> int:
    return Service.objects.get(slug=slug).pk


def test_the_front_shows_needs_and_no_result(client: Client) -> None:
    text = page(client)
    assert "Tenir ma maison" in text
    assert "Comment les résultats sont rangés" in text
    assert "resultat-1" not in text


def test_list_and_map_say_the_same(client: Client) -> None:
    response = client.get(HOME, DURAS)
    found = response.context["found"]
    drawn = draw(found.hits, found.asked.spot)
    assert drawn is not None
    with_point = [hit for hit in found.hits if hit.place and hit.place.point]
    marked = sum(len(one.numbers.split(", ")) if "…" not in one.numbers else 0 for one in drawn.markers)
    assert drawn.left_out == len(found.hits) - len(with_point)
    assert any("…" in one.numbers for one in drawn.markers) or marked == len(with_point)
    for marker in drawn.markers:
        assert f'id="{marker.href[1:]}"' in response.content.decode()


def test_what_was_understood_is_said(client: Client) -> None:
    text = page(client, q="menaje à Duras")
    assert "Tenir ma maison" in text
    assert "« menaje » a été lu « menage »" in text
    assert "Lieu : Duras" in text


def test_nothing_found_says_what_to_do(client: Client) -> None:
    text = page(client, q="xyzzy", **DURAS)
    assert "Nous n’avons pas reconnu ces mots" in text
    assert "guichets vous écoutent" in text
    assert "La même recherche dans tous les lieux" in text
    text = page(client, q="repas", langue="vi", **DURAS)
    assert "La même recherche sans les critères" in text


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ({"q": "a" * 10_000}, 200, "Votre texte est long"),
        ({"q": "courses " * 2000}, 200, "Tenir ma maison"),
        ({"q": "<script>alert(1)</script> repas"}, 200, "&lt;script&gt;"),
        ({"q": "' OR 1=1 -- %s %% \\"}, 200, "Trouver un service"),
        ({"q": "repas", "lieu": "Atlantide"}, 400, "Nous ne connaissons pas"),
        ({"q": "repas", "lieu": "Saint"}, 200, "Plusieurs"),
        ({"q": "repas", "lieu_choice": "commune:99999", "lieu": ""}, 400, "Trouver un service"),
        ({"q": "repas", "public": "pirates"}, 400, "Un choix n’existe pas"),
        ({"q": "repas", "besoin": "9.9.9"}, 400, "Un choix n’existe pas"),
        ({"q": "repas", "mode": ["home", "teleport"]}, 400, "Un choix n’existe pas"),
        ({"q": "repas", "page": "99999999999999999999"}, 200, "Trouver un service"),
        ({"q": "repas", "page": "-1"}, 200, "Trouver un service"),
        ({"territory": "epci:000000000"}, 400, "epci"),
        ({"territory": "commune:75056"}, 400, "epci"),
        ({"territory": "x" * 5000}, 400, "epci"),
        ({"q": "repas", "lieu": "Berlin"}, 400, "Nous ne connaissons pas"),
        ({"q": "repas", "lieu": "75001"}, 400, "Nous ne connaissons pas"),
        ({"q": "repas", "lieu": "²²²²²"}, 400, "Nous ne connaissons pas"),
        (
            {"q": "repas", "langue": "kl", "prix": "cher", "dispositif": "'--", "acces": "ascenseur"},
            400,
            "Un choix",
        ),
        ({"q": "repas", "ouvert": "peut-être"}, 200, "Trouver un service"),
        ({"q": "repas\x00\x07"}, 400, "epci"),
        ({"q": "😀 ﷽ \u202e"}, 200, "Trouver un service"),
    ],
)
def test_bad_input_is_answered(client: Client, query: dict[str, object], status: int, said: str) -> None:
    text = page(client, status=status, **query)
    if said not in {"Plusieurs", "epci"}:
        assert said in text
    assert "<script>alert" not in text


def test_the_page_for_other_sites_takes_the_same_bad_input(client: Client) -> None:
    assert "Votre texte est long" in page(client, f"{HOME}integrer/", q="a" * 10_000)
    page(client, f"{HOME}integrer/", q="repas", public="pirates", status=400)
    page(client, f"{HOME}comparer/", s=["' OR 1=1 --", "../../etc", "é" * 3000], status=404)


def test_a_place_that_may_be_several_is_chosen(client: Client) -> None:
    text = page(client, q="repas", lieu="saint")
    assert 'name="lieu_choice"' in text


def test_a_territory_of_a_link_is_searched(client: Client) -> None:
    text = page(client, territory="epci:244700464")
    assert "Portage de repas du Pays de Lauzun" in text


def test_chips_lead_to_the_search_without_them(client: Client) -> None:
    response = client.get(HOME, {"q": "repas", "besoin": "1.3.2.2", "mode": "home"})
    chips = {chip.label: parse_qs(urlsplit(chip.without).query) for chip in response.context["chips"]}
    assert chips["Tenir ma maison"] == {"q": ["repas"], "mode": ["home"]}


def test_a_page_costs_the_same_whatever_it_shows(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.get(HOME, DURAS)
    with django_assert_max_num_queries(PAGE_QUERIES):
        page(client, lieu="Agen")


def test_nearby_keeps_the_commune_only(client: Client) -> None:
    response = client.post(f"{HOME}pres-de-moi/", {"lat": "44.6767", "lon": "0.1836", "q": "repas"})
    assert response.status_code == 302
    found = client.post(f"{HOME}pres-de-moi/", {"lat": "44.6767", "lon": "0.1836", "vers": "guichets"})
    assert found["Location"] == f"{HOME}guichets/47086/"
    query = parse_qs(urlsplit(response["Location"]).query)
    assert query == {"q": ["repas"], "lieu": ["Duras"], "lieu_choice": ["commune:47086"]}
    assert "44.6" not in response["Location"]


@pytest.mark.parametrize(
    ("lat", "lon"),
    [("48.85", "2.35"), ("abc", "1"), ("", ""), ("NaN", "NaN"), ("1e400", "0"), ("999", "999")],
)
def test_nearby_elsewhere_is_said(client: Client, lat: str, lon: str) -> None:
    response = client.post(f"{HOME}pres-de-moi/", {"lat": lat, "lon": lon})
    assert response.status_code == 422
    assert "Écrivez plutôt le nom de votre commune" in response.content.decode()
    assert client.get(f"{HOME}pres-de-moi/").status_code == 405


def test_services_are_compared_side_by_side(client: Client) -> None:
    keys = [key(slug) for slug in ("portage-repas-lauzun", "aide-domicile-duras-lauzun")]
    text = page(client, f"{HOME}comparer/", s=keys)
    assert text.count('<th scope="col">') == 2
    assert "Ce qui reste à payer" in text


def test_what_is_compared_says_the_amount_before_what_the_service_says_of_it(client: Client) -> None:
    text = page(client, f"{HOME}comparer/", s=[key("portage-repas-lauzun")])
    assert "De 5,90 € à 9,80 €, selon vos revenus. Le repas livré" in re.sub(r"\s", " ", text)


def test_who_may_be_in_danger_reads_the_numbers_to_call_first(client: Client) -> None:
    text = page(client, q="mon mari me frappe")
    assert text.index('href="tel:3919"') < text.index("halte-femmes-47")
    assert "tel:3919" not in page(client, q="repas")


def test_the_line_to_copy_leads_to_the_search_for_other_sites(client: Client) -> None:
    frame = re.search(r'iframe src="([^"]+)"', html.unescape(page(client, f"{HOME}reutiliser/")))
    assert frame and client.get(urlsplit(frame[1]).path).headers.get("X-Frame-Options") is None


def test_services_are_compared_by_the_name_in_their_address(client: Client) -> None:
    text = page(
        client, f"{HOME}comparer/", s=["portage-repas-lauzun", "aide-domicile-duras-lauzun", "absent"]
    )
    assert text.count('<th scope="col">') == 2
    assert "1 service demandé n’existe pas" in text


def test_five_digits_are_a_postal_code_first(client: Client) -> None:
    """47200 is the post of Marmande, and the INSEE code of Parranquet; 47190 is only known as an INSEE code here."""
    assert "pour Marmande" in page(client, q="soins", lieu="47200")
    text = page(client, q="soins", lieu="47190")
    assert 'name="lieu_choice"' in text
    assert "pour Montpezat" not in text
    assert page(client, q="soins", lieu="47190", lieu_choice="commune:47190").count("pour Montpezat") == 1
    page(client, q="soins", lieu="99999", status=400)


def test_other_ways_in_are_offered(client: Client) -> None:
    for text in (page(client), page(client, q="xyzzy")):
        assert 'href="/orientation/"' in text
    assert f'href="{HOME}guichets/"' in page(client)


def test_sharing_needs_no_script(client: Client) -> None:
    text = page(client, q="repas")
    assert "mailto:?subject=" in text
    assert "sms:?&amp;body=" in text
    assert 'readonly value="http://testserver/annuaire/?q=repas"' in text
    client.post(f"{HOME}ma-liste/garder/", {"service": key("portage-repas-lauzun")})
    assert f"/comparer/?s={key('portage-repas-lauzun')}" in page(client, f"{HOME}ma-liste/")


def test_a_need_that_was_voiced_leads_to_services(client: Client) -> None:
    assert "/annuaire/?besoin=1.3.2.2" in page(client, "/fil/need/1.3.2.2/")


@pytest.mark.parametrize(
    ("asked", "status", "said"),
    [
        (["99999999"], 404, "n’existe pas"),
        (["x", "-1", "1" * 400, "²"], 404, "n’existent pas"),
        ([], 200, "Cochez des services"),
    ],
)
def test_comparing_what_does_not_exist(client: Client, asked: list[str], status: int, said: str) -> None:
    assert said in page(client, f"{HOME}comparer/", status=status, s=asked)


def test_at_most_four_are_compared(client: Client) -> None:
    keys = list(Service.objects.public().values_list("pk", flat=True)[:6])
    text = page(client, f"{HOME}comparer/", s=[*keys, 99999999])
    assert text.count('<th scope="col">') == 4
    assert "On compare 4 services au plus" in text
    assert "1 service demandé n’existe pas" in text


def test_a_list_is_kept_in_the_browser_and_nowhere_else(client: Client) -> None:
    meals, bus = key("portage-repas-lauzun"), key("transport-demande-albret")
    for one in (meals, bus, meals):
        assert client.post(f"{HOME}ma-liste/garder/", {"service": one}).status_code == 302
    text = page(client, f"{HOME}ma-liste/")
    assert text.index("Portage de repas") < text.index("Transport à la demande")
    client.post(f"{HOME}ma-liste/garder/", {"service": meals, "action": "remove"})
    assert "Portage de repas" not in page(client, f"{HOME}ma-liste/")
    client.post(f"{HOME}ma-liste/garder/", {"action": "empty"})
    assert "Votre liste est vide" in page(client, f"{HOME}ma-liste/")
    assert not client.session.keys()


@pytest.mark.parametrize("forged", ["1.2.3", "1.2.3:xx:yy", "x" * 5000])
def test_a_forged_list_is_empty(client: Client, forged: str) -> None:
    client.cookies[COOKIE] = forged
    assert "Votre liste est vide" in page(client, f"{HOME}ma-liste/")


def test_a_service_that_does_not_exist_is_not_kept(client: Client) -> None:
    response = client.post(f"{HOME}ma-liste/garder/", {"service": "999999999999999"})
    assert response.status_code == 404
    assert COOKIE not in response.cookies


def test_another_site_cannot_change_the_list(client: Client) -> None:
    response = client.post(
        f"{HOME}ma-liste/garder/", {"service": key("savs-agen")}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert COOKIE not in response.cookies


def test_other_sites_may_show_the_search(client: Client) -> None:
    response = client.get(f"{HOME}integrer/", {"q": "repas"})
    policy = response["Content-Security-Policy"]
    assert "frame-ancestors *" in policy
    assert "X-Frame-Options" not in response
    assert "<script" not in response.content.decode()
    assert "frame-ancestors *" not in client.get(HOME)["Content-Security-Policy"]


def test_outcomes_are_counted_without_words(client: Client) -> None:
    for _ in range(2):
        page(client, q="livrer des repas à ma grand-mère", **DURAS)
    page(client, q="xyzzy")
    page(client, q="repas", page=2)
    page(client, f"{HOME}integrer/", q="repas")
    client.head(HOME, {"q": "livrer des repas à ma grand-mère"} | DURAS)  # a robot that checks links
    rows = {(row.need, row.epci, row.found): row.count for row in SearchSignal.objects.all()}
    assert rows[("", "", "0")] == 1
    assert {need for need, epci, _found in rows if epci == "244700449"} >= {"2.E.6"}
    assert all(count == 2 for (_need, epci, _found), count in rows.items() if epci)
    assert "grand" not in str(list(SearchSignal.objects.values()))


def test_how_results_are_ordered_is_public(client: Client) -> None:
    text = page(client, f"{HOME}ordre-des-resultats/")
    assert "Personne ne paie" in text
    assert "2, 5, 10, 20, 30, 50, 100 km" in text


def test_the_portrait_of_a_place_leads_to_its_services(client: Client) -> None:
    text = page(client, "/observatoire/territoires/commune/47086/")
    assert "Guichets les plus proches" in text
    assert "/annuaire/?territory=commune:47086" in text


def test_the_search_of_the_site_finds_services(client: Client) -> None:
    make.locale()  # a test that empties the tables takes away the one of the migrations
    assert "/annuaire/service/portage-repas-lauzun/" in page(client, "/recherche/", q="repas lauzun")


def test_the_site_map_names_the_search(client: Client) -> None:
    assert "/annuaire/</loc>" in page(client, "/sitemap.xml")
