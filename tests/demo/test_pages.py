"""The demo's site: complete, the same when it is loaded again, without a dead link."""

import re
from html import unescape

import pytest
from django.test import Client, override_settings
from wagtail.models import Page, Revision, Site

from cms import stamps
from cms.models import HomePage, LegalPage, Menu, MenuItem, NewsPage, SiteIdentity
from demo import pages

pytestmark = pytest.mark.django_db
LINK = re.compile(r'href="(/[^"#?]*)')
ELSEWHERE = ("/static/", "/media/", "/espace/", "/compte/", "/demo/")


@pytest.fixture
def loaded() -> None:
    stamps.forget_version()
    with override_settings(PUBLIC_URL="http://testserver"):
        pages.load()


def counts() -> list[int]:
    return [model.objects.count() for model in (Page, Revision, Menu, MenuItem, Site, SiteIdentity)]


def test_loading_twice_changes_nothing(loaded: None) -> None:
    before, paths = counts(), list(Page.objects.order_by("path").values_list("path", "url_path"))
    with override_settings(PUBLIC_URL="http://testserver"):
        pages.load()
    assert counts() == before
    assert list(Page.objects.order_by("path").values_list("path", "url_path")) == paths


def test_the_site_is_complete(loaded: None) -> None:
    assert HomePage.objects.live().count() == 2
    assert NewsPage.objects.live().count() == 3
    french = LegalPage.objects.live().filter(locale__language_code="fr").values_list("kind", flat=True)
    assert set(french) == set(LegalPage.Kind.values)
    assert not Page.objects.filter(title__startswith="Welcome").exists()


def test_the_site_answers_at_the_public_address(loaded: None) -> None:
    site = Site.objects.get()
    assert (site.hostname, site.port) == ("testserver", 80)


def test_no_link_of_the_site_is_dead(client: Client, loaded: None) -> None:
    to_read, seen = ["/", "/en/"], {"/", "/en/"}
    while to_read:
        address = to_read.pop()
        response = client.get(address)
        assert response.status_code in {200, 301, 302}, address
        if response.status_code != 200 or "html" not in response["Content-Type"]:
            continue
        for found in LINK.findall(response.content.decode()):
            link = unescape(found)
            if link not in seen and not link.startswith(ELSEWHERE):
                seen.add(link)
                to_read.append(link)
    assert len(seen) > 25


def test_the_same_content_is_paired_in_both_languages(loaded: None) -> None:
    english = Page.objects.filter(locale__language_code="en", depth__gt=1)
    assert all(page.get_translations().filter(locale__language_code="fr").exists() for page in english)
