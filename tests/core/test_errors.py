"""Error pages: the right status, words that help, and no need of the database where it may be what failed."""

from unittest.mock import patch

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import connection
from django.test import Client, RequestFactory

from core import errors
from core.middleware import MaintenanceMiddleware


def test_server_error_reads_no_database(rf: RequestFactory) -> None:
    with patch.object(connection, "ensure_connection", side_effect=AssertionError("database used")):
        response = errors.server_error(rf.get("/"))
    assert response.status_code == 500
    assert "Ce n’est pas votre faute" in response.content.decode()


@pytest.mark.django_db
def test_each_page_has_its_status_one_title_and_a_way_out(rf: RequestFactory) -> None:
    request = rf.get("/nulle-part/")
    answers = {
        400: errors.bad_request(request, SuspiciousOperation("x")),
        403: errors.permission_denied(request, PermissionDenied()),
        404: errors.not_found(request, Exception()),
        405: errors.method_not_allowed(request, "POST"),
        410: errors.gone(request),
        429: errors.too_many_requests(request, retry_after=180),
    }
    for status, response in answers.items():
        html = response.content.decode()
        assert response.status_code == status
        assert html.count("<h1") == 1
        assert 'class="btn" href="/"' in html


@pytest.mark.django_db
def test_refusal_gives_the_reason_written_for_people_escaped(rf: RequestFactory) -> None:
    html = errors.permission_denied(
        rf.get("/"), PermissionDenied("Cette enquête <est> close.")
    ).content.decode()
    assert "Cette enquête &lt;est&gt; close." in html


@pytest.mark.django_db
def test_too_many_requests_says_how_long(rf: RequestFactory) -> None:
    response = errors.too_many_requests(rf.get("/"), retry_after=180)
    assert response["Retry-After"] == "180"
    assert "3 minutes" in response.content.decode()


@pytest.mark.django_db
def test_unknown_address_is_404_and_internal_words_stay_inside(client: Client) -> None:
    response = client.get("/affichage/nulle-part/")
    assert response.status_code == 404
    assert "Resolver" not in response.text


@pytest.mark.django_db
def test_a_form_without_its_mark_explains_what_to_do() -> None:
    response = Client(enforce_csrf_checks=True).post("/compte/login/", {"login": "x"})
    assert response.status_code == 403
    assert "n’est pas parti" in response.text


def test_maintenance_answers_everything_but_health(rf: RequestFactory, settings: object) -> None:
    settings.MAINTENANCE = True  # type: ignore[attr-defined]
    middleware = MaintenanceMiddleware(lambda request: "through")  # type: ignore[arg-type,return-value]
    response = middleware(rf.get("/participer/"))
    assert response.status_code == 503
    assert response["Retry-After"] == "600"
    assert middleware(rf.get("/healthz")) == "through"


@pytest.mark.django_db
def test_address_of_a_form_opened_as_a_page_gets_a_page(client: Client) -> None:
    refused = client.put("/suivre/")
    assert refused.status_code == 405
    assert b"<h1" in refused.content
    assert "POST" in refused["Allow"]


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/recherche/", "/plan-du-site/", "/robots.txt", "/sitemap.xml"])
def test_links_may_be_checked_without_reading_the_page(client: Client, address: str) -> None:
    assert client.head(address).status_code == 200
