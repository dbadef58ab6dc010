"""The counters nearest to each commune: exact distances, whom they are for, what a page costs."""

import csv
import datetime
import io
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from directory.finding.counters import counters_near, desks, distances
from directory.finding.services import index_service
from directory.geography import distance_km
from directory.models import Service
from territories.models import Territory
from territories.selectors import centres

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_directory")]
HOME = "/annuaire/guichets/"
MONDAY = datetime.datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("Europe/Paris"))


def commune(code: str) -> Territory:
    return Territory.objects.current().at_level("commune").get(code=code)


def page(client: Client, path: str = HOME, *, status: int = 200, **query: str) -> str:
    response = client.get(path, query)
    assert response.status_code == status
    return response.content.decode()


def test_the_nearest_comes_first_with_its_week() -> None:
    found = counters_near(commune("47086"), MONDAY)
    assert [one.service.slug for one in found] == [
        "france-services-duras",
        "accueil-autonomie-marmande",
        "accueil-autonomie-agen",
    ]
    assert [one.is_in_town for one in found] == [True, False, False]
    assert [one.km for one in found] == sorted(one.km for one in found)
    first = found[0].place
    assert first.times.now.startswith("Ouvert maintenant")
    assert len(first.times.week) == 7
    assert first.access


def test_a_counter_kept_for_others_is_left_out() -> None:
    """Nérac is nearer to Agen than Villeneuve is to Duras, but it works for the Albret."""
    assert "accueil-autonomie-nerac" not in {
        one.service.slug for one in counters_near(commune("47001"), MONDAY)
    }
    service = Service.objects.get(slug="accueil-autonomie-nerac")
    service.coverage.clear()
    index_service(service)
    assert "accueil-autonomie-nerac" in {one.service.slug for one in counters_near(commune("47001"), MONDAY)}


def test_the_table_says_the_nearest_of_every_commune() -> None:
    found = distances()
    assert len(found.lines) == 319
    assert found.without == 0
    by_code = {line.commune.code: line for line in found.lines}
    for code in ("47086", "47001", "47195", "47106"):
        nearest = counters_near(commune(code), MONDAY)[0]
        assert by_code[code].counter == nearest.service
    everyone = [desk.point for desk in desks() if desk.service_id == by_code["47001"].counter.pk]
    assert by_code["47001"].km == pytest.approx(distance_km(centres("commune")["47001"], everyone[0]))
    assert found.farthest
    assert found.farthest.km == max(line.km for line in found.lines)
    assert {line.css_class for line in found.lines} == {"c1", "c2", "c3", "c4"}


def test_without_any_counter_nobody_is_sent_anywhere(client: Client) -> None:
    for service in Service.objects.filter(needs__code__in=["1.E.3", "2.E.3"]).distinct():
        Service.objects.filter(pk=service.pk).update(published=False)
        index_service(service)
    assert distances().without == 319
    assert "L’annuaire ne connaît aucun guichet" in page(client, f"{HOME}47086/")
    assert "ne connaît encore aucun guichet" in page(client, f"{HOME}distances/")


def test_a_hidden_address_is_no_counter() -> None:
    service = Service.objects.get(slug="france-services-duras")
    service.locations.update(address_hidden=True, hidden_reason="Personnes en danger")
    index_service(service)
    assert "france-services-duras" not in {
        one.service.slug for one in counters_near(commune("47086"), MONDAY)
    }


def test_choosing_a_commune(client: Client) -> None:
    assert "Où habitez-vous" in page(client)
    response = client.get(HOME, {"lieu": "Duras"})
    assert (response.status_code, response["Location"]) == (302, f"{HOME}47086/")
    assert 'name="lieu_choice"' in page(client, lieu="saint")
    assert "Nous ne connaissons pas" in page(client, lieu="Atlantide", status=400)
    for code in ("99999", "x" * 300, "47086'--", "²", "75056"):
        page(client, f"{HOME}{code}/", status=404)


def test_pages_and_file(client: Client) -> None:
    text = page(client, f"{HOME}47086/")
    assert "Le plus proche est dans votre commune" in text
    assert "Entrée sans marche" in text
    text = page(client, f"{HOME}distances/")
    assert "La moitié des communes" in text
    assert f'href="{HOME}47086/"' in text
    response = client.get(f"{HOME}distances.csv")
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert len(rows) == 320
    assert rows[0][1] == "Code INSEE"
    duras = next(row for row in rows if row[1] == "47086")
    assert duras[2].startswith("France Services de Duras")
    assert client.get(f"{HOME}distances.exe").status_code == 404


def test_the_portrait_of_a_commune_leads_to_its_counters(client: Client) -> None:
    assert f'href="{HOME}47086/"' in page(client, "/observatoire/territoires/commune/47086/")


def test_pages_cost_the_same_whatever_they_show(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for path in (f"{HOME}47086/", f"{HOME}distances/"):
        page(client, path)
    with django_assert_max_num_queries(35):
        page(client, f"{HOME}47001/")
    with django_assert_max_num_queries(22):
        page(client, f"{HOME}distances/")
