"""What leads to the directory from outside: the site map, and the search other sites show in theirs."""

from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import directory as made

pytestmark = pytest.mark.django_db


def test_the_site_map_names_public_records_only(client: Client) -> None:
    shown, draft = made.service(name="Ouvert"), made.service(name="Brouillon", published=False)
    answer = client.get("/sitemap.xml")
    found = [
        one.text or "" for one in ElementTree.fromstring(answer.content).iter() if one.tag.endswith("loc")
    ]
    assert any(place.endswith(reverse("directory:service", args=[shown.slug])) for place in found)
    assert not any(place.endswith(reverse("directory:service", args=[draft.slug])) for place in found)
    assert len(found) == len(set(found))


def test_the_search_may_be_shown_in_other_sites_and_other_pages_may_not(client: Client) -> None:
    answer = client.get(reverse("directory:embed"))
    assert answer.status_code == 200
    assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in answer.headers
    assert (
        "frame-ancestors *" not in client.get(reverse("directory:search")).headers["Content-Security-Policy"]
    )
