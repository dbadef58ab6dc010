"""Anonymous pages are made once, followed by what they show, and cheap when they must be made again."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms import stamps
from cms.models import Menu, MenuItem, SiteIdentity
from consultations.process.models import Consultation
from tests.factories import cms as make
from tests.factories.process import ConsultationFactory, person

BUDGET = 20


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def cold(address: str) -> int:
    """Queries of a page made for the first time."""
    stamps.bump_version()
    return queries(Client(), address)


def fill(kind: str, count: int) -> str:
    """The address of a page with `count` of everything that could cost a query."""
    parent = make.page(kind)
    for number in range(count):
        child = "NewsPage" if kind == "NewsIndexPage" else "ArticlePage"
        make.page(child, under=parent, title=f"Enfant {number}")
    for number in range(count):
        MenuItem.objects.create(
            menu=Menu.objects.get_or_create(place="footer", locale=make.locale())[0],
            page=make.page(title=f"Lien {number}"),
        )
    return str(parent.url)


@pytest.mark.parametrize("kind", ["SectionPage", "NewsIndexPage"])
def test_a_list_costs_the_same_with_three_or_thirty_children(client: Client, kind: str) -> None:
    few, many = cold(fill(kind, 3)), cold(fill(kind, 30))
    assert few == many
    assert many <= BUDGET


def blocks(count: int) -> str:
    """The address of a page with that many surveys and quotes."""
    found: list[tuple[str, Any]] = []
    consultation = ConsultationFactory(status=Consultation.Status.PUBLISHED)
    for number in range(count):
        survey = consultation.surveys.create(slug=f"s{count}-{number}", title="Besoins", status="published")
        found.append(("survey", {"survey": survey.slug, "text": ""}))
        found.append(("quote", {"text": str(number), "role": "habitante"}))
    return str(make.page(body=found).url)


def test_blocks_that_show_other_objects_cost_the_same_with_three_or_thirty(client: Client) -> None:
    few, many = cold(blocks(3)), cold(blocks(30))
    assert few == many
    assert many <= BUDGET


def threads(count: int) -> str:
    """The address of a page that shows the threads of `count` consultations."""
    shown = [ConsultationFactory(status=Consultation.Status.PUBLISHED) for _number in range(count)]
    return str(make.page(body=[("thread", {"consultation": one.slug}) for one in shown]).url)


def test_threads_cost_the_same_with_two_or_twenty(client: Client) -> None:
    few, many = cold(threads(2)), cold(threads(20))
    assert few == many
    assert many <= BUDGET


def test_the_home_page_stays_within_its_budget(client: Client) -> None:
    make.home("en")
    ConsultationFactory(status=Consultation.Status.PUBLISHED)
    assert cold("/") <= BUDGET


def test_a_page_asked_again_costs_nothing(client: Client) -> None:
    page = make.page()
    client.get(page.url)
    assert queries(client, page.url) == 0


def test_a_browser_that_has_the_page_is_told_so(client: Client) -> None:
    page = make.page()
    etag = client.get(page.url)["ETag"]
    again = client.get(page.url, headers={"if-none-match": etag})
    assert again.status_code == 304
    assert not again.content


def _rename(page: Any) -> None:
    page.title = "Nouveau titre"
    page.save_revision().publish()


def _rename_site(page: Any) -> None:
    found = SiteIdentity.objects.get()
    found.name = "Nouveau titre"
    found.save()


def _add_to_menu(page: Any) -> None:
    menu = Menu.objects.create(place="header", locale=make.locale())
    MenuItem.objects.create(menu=menu, label="Nouveau titre", address="/a/")


@pytest.mark.parametrize("change", [_rename, _rename_site, _add_to_menu])
def test_a_change_shows_at_once(client: Client, change: Callable[[Any], None]) -> None:
    page = make.page()
    client.get(page.url)
    change(page)
    assert "Nouveau titre" in client.get(page.url).content.decode()


def test_a_page_withdrawn_is_gone_at_once(client: Client) -> None:
    page = make.page()
    address = page.url
    client.get(address)
    page.unpublish()
    assert client.get(address).status_code == 404


def test_a_change_made_by_another_process_shows_within_a_second(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = stamps.monotonic()
    monkeypatch.setattr(stamps, "FRESH_SECONDS", 1.0)
    monkeypatch.setattr(stamps, "monotonic", lambda: now)
    page = make.page()
    client.get(page.url)
    known = dict(stamps._memo)
    _rename(page)
    stamps._memo.update(known)  # this process has not read the stamp again
    assert "Nouveau titre" not in client.get(page.url).content.decode()
    monkeypatch.setattr(stamps, "monotonic", lambda: now + 1.1)
    assert "Nouveau titre" in client.get(page.url).content.decode()


def test_reading_preferences_and_languages_are_kept_apart(client: Client) -> None:
    page = make.page()
    client.get(page.url)
    client.cookies["diapason_reading"] = "dark.large.full"
    assert 'data-scheme="dark"' in client.get(page.url).content.decode()
    del client.cookies["diapason_reading"]
    assert 'data-scheme="auto"' in client.get(page.url).content.decode()


def test_someone_signed_in_gets_a_page_of_their_own(client: Client) -> None:
    page = make.page()
    client.get(page.url)
    client.force_login(person(superuser=True))
    assert queries(client, page.url) > 0
    assert "ETag" not in client.get(page.url)


def test_a_page_with_a_form_is_never_kept(client: Client) -> None:
    page = make.page("ContactPage")
    tokens = {Client().get(page.url).cookies["csrftoken"].value for _number in range(2)}
    assert len(tokens) == 2


@pytest.mark.parametrize("query", ["?x=1", "?page=a", "?page=1&x=2", "?utm_source=a"])
def test_other_query_strings_are_not_kept(client: Client, query: str) -> None:
    page = make.page()
    client.get(page.url + query)
    assert queries(client, page.url + query) > 0


def test_a_kept_page_keeps_its_headers(client: Client) -> None:
    page = make.page()
    first, second = client.get(page.url), client.get(page.url)
    assert first["Content-Security-Policy"] == second["Content-Security-Policy"]
    assert "Cookie" in second["Vary"]
    assert second["Content-Language"] == "fr"
    assert second["Cache-Control"] == "no-cache"
