"""The public pages: what is published is shown in every form, what is not is shown in none."""

import csv
import io
import json

import pytest
from django.test import Client

from accounts.models import User
from observatory.indicators.models import Release
from observatory.indicators.services import withdraw_release
from tests.factories import observatory as make

CODE = "enquete--soin"
HOME = "/en/observatoire"
PAGES = [
    f"{HOME}/",
    f"{HOME}/?q=duras",
    f"{HOME}/{CODE}/",
    f"{HOME}/{CODE}/?niveau=epci&choix=oui&vue=graphique",
    f"{HOME}/{CODE}/?niveau=commune&vue=tableau",
    f"{HOME}/{CODE}/?vue=telecharger",
    f"{HOME}/{CODE}/integrer/?niveau=epci",
    f"{HOME}/{CODE}/donnees.json?niveau=epci",
    f"{HOME}/{CODE}/donnees.csv?niveau=tous",
    f"{HOME}/resultats/enquete/",
    f"{HOME}/resultats/enquete/donnees.csv",
    f"{HOME}/territoires/epci/2/",
    f"{HOME}/territoires/departement/47/",
    f"{HOME}/donnees/",
    "/api/observatory/indicators",
    "/api/observatory/releases",
    f"/api/observatory/indicators/{CODE}?level=epci",
    "/api/openapi.json",
]
MAX_QUERIES = 20


def body(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode()


@pytest.mark.parametrize("path", PAGES)
def test_page_answers_in_few_queries(client, release, path, django_assert_max_num_queries):
    body(client, f"{HOME}/")  # what is read once per process
    with django_assert_max_num_queries(MAX_QUERIES):
        body(client, path)


@pytest.mark.parametrize("path", PAGES)
def test_page_answers_when_nothing_is_published(client, db, path):
    assert client.get(path).status_code in {200, 404}


def test_table_says_what_the_cells_hold(client, release):
    page = body(client, f"{HOME}/{CODE}/?niveau=epci&choix=oui&vue=tableau")
    assert "42\u00a0%" in page  # 115 of 275
    assert 'scope="col"' in page
    assert "<caption>" in page


def test_csv_holds_the_same_values_as_the_table(client, release):
    rows = list(csv.DictReader(io.StringIO(body(client, f"{HOME}/{CODE}/donnees.csv?niveau=epci"))))
    yes = {row["REF_AREA"]: row for row in rows if row["ANSWER"] == "oui"}
    assert (yes["1"]["OBS_VALUE"], yes["1"]["NUMERATOR"], yes["1"]["DENOMINATOR"]) == ("41.8", "115", "275")
    assert (yes["3"]["OBS_VALUE"], yes["3"]["OBS_STATUS"], yes["3"]["CONF_STATUS"]) == ("", "M", "F")
    payload = json.loads(body(client, f"{HOME}/{CODE}/donnees.json?niveau=epci&choix=oui"))
    shown = {row["code"]: row["value"] for row in payload["rows"]}
    assert shown["1"] == pytest.approx(41.8, abs=0.05)


def test_csv_for_excel_starts_with_a_byte_order_mark(client, release):
    assert body(client, f"{HOME}/{CODE}/donnees.csv?bom=1").startswith("\ufeff")


def test_withheld_level_says_why_and_is_neither_absent_nor_zero(client, secret):
    page = body(client, f"{HOME}/{CODE}/?niveau=epci")
    assert "Statistical secret" in page
    rows = list(csv.DictReader(io.StringIO(body(client, f"{HOME}/{CODE}/donnees.csv?niveau=epci"))))
    assert {
        (row["OBS_VALUE"], row["DENOMINATOR"], row["OBS_STATUS"], row["CONF_STATUS"]) for row in rows
    } == {("", "", "Q", "N")}


def test_no_form_of_a_withheld_level_holds_a_value(client, secret):
    payload = json.loads(body(client, f"{HOME}/{CODE}/donnees.json?niveau=epci"))
    assert {row["value"] for row in payload["rows"]} == {None}
    assert {row["class"] for row in payload["rows"]} == {"cs"}
    answer = json.loads(body(client, f"/api/observatory/indicators/{CODE}?level=commune"))
    assert {(row["value"], row["count"], row["base"], row["rank"]) for row in answer["rows"]} == {
        (None, None, None, None)
    }
    table = body(client, f"{HOME}/{CODE}/?niveau=commune&vue=tableau")
    place = body(client, f"{HOME}/territoires/epci/3/")
    assert "57\u00a0%" not in table + place  # 4 of 7


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"{HOME}/rien/", 404),
        (f"{HOME}/{CODE}/?niveau=mars", 404),
        (f"{HOME}/{CODE}/?choix=peut-etre", 404),
        (f"{HOME}/{CODE}/?publication=abc", 404),
        (f"{HOME}/{CODE}/?publication=00000000-0000-0000-0000-000000000000", 404),
        (f"{HOME}/{CODE}/donnees.csv?niveau=mars", 404),
        (f"{HOME}/resultats/rien/", 404),
        (f"{HOME}/territoires/epci/999/", 404),
        (f"{HOME}/territoires/mars/1/", 404),
        ("/api/observatory/indicators/rien", 404),
    ],
)
def test_what_does_not_exist_is_said(client, release, path, status):
    assert client.get(path).status_code == status


def test_withdrawn_release_is_gone(client, release):
    boss = User.objects.create_superuser("boss@example.org")
    withdraw_release(actor=boss, release=release)
    assert client.get(f"{HOME}/{CODE}/").status_code == 410
    assert client.get(f"{HOME}/resultats/enquete/").status_code == 410
    assert client.get(f"/api/observatory/indicators/{CODE}").status_code == 410


def test_permalink_still_shows_the_release_it_cites(client, place, release):
    make.release(place, {**make.WELL_SPREAD, "a": (90, 120)})
    page = body(client, f"{HOME}/{CODE}/?niveau=departement&choix=oui&publication={release.pk}")
    assert "earlier publication" in page
    assert "175" in body(client, f"{HOME}/{CODE}/?niveau=departement&vue=tableau&publication={release.pk}")
    assert Release.objects.count() == 2


def test_embed_may_be_framed_and_pages_may_not(client, release):
    page, embed = client.get(f"{HOME}/{CODE}/"), client.get(f"{HOME}/{CODE}/integrer/")
    assert "frame-ancestors 'self'" in page["Content-Security-Policy"]
    assert "frame-ancestors *" in embed["Content-Security-Policy"]
    assert "X-Frame-Options" not in embed


def test_inline_styles_are_allowed_where_charts_are_drawn_only(client, release):
    assert "'unsafe-inline'" in client.get(f"{HOME}/{CODE}/")["Content-Security-Policy"]
    assert "'unsafe-inline'" not in client.get(f"{HOME}/")["Content-Security-Policy"]
    assert "'unsafe-inline'" not in client.get(f"{HOME}/territoires/epci/2/")["Content-Security-Policy"]


def test_hostile_names_are_shown_as_text(client, place):
    indicator = make.make_indicator(title="<script>alert(1)</script>", question='"><img src=x>')
    make.release(place, indicator=indicator)
    page = body(client, f"{HOME}/{CODE}/") + body(client, f"{HOME}/")
    assert "<script>alert" not in page
    assert "<img src=x>" not in page
