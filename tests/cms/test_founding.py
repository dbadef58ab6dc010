"""A new site: complete, in both languages, with somebody to administer it, and never over another."""

import io
import json
import re

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from wagtail.models import Page, Site

from accounts.models import User
from accounts.permissions import can_manage_memberships
from cms.models import HomePage, LegalPage, SiteIdentity
from core.models import AuditEntry

pytestmark = pytest.mark.django_db
LINK = re.compile(r'href="(/[^"#?]*)')


@pytest.fixture
def bare() -> None:
    """What a migrated database holds: Wagtail's welcome page."""
    SiteIdentity.objects.all().delete()
    for page in Page.objects.filter(depth__gt=1).order_by("-depth"):
        page.delete()
    root = Page.objects.get(depth=1)
    welcome = root.add_child(instance=Page(title="Welcome", slug="home"))
    Site.objects.update_or_create(
        is_default_site=True, defaults={"root_page": welcome, "hostname": "localhost"}
    )


def create(*extra: str) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    arguments = [
        "--name",
        "Notre site",
        "--administrator",
        "chef@example.org",
        "--contact",
        "nous@example.org",
    ]
    call_command("create_site", *arguments, *extra, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_a_new_site_shows_a_home_page_and_no_dead_link(
    bare: None, client: Client, settings, django_capture_on_commit_callbacks
) -> None:
    settings.PUBLIC_URL = "http://testserver"
    with django_capture_on_commit_callbacks(execute=True):
        create()
    assert HomePage.objects.live().count() == 2
    assert {page.kind for page in LegalPage.objects.live()} == set(LegalPage.Kind.values)
    for home in ("/", "/en/"):
        html = client.get(home).content.decode()
        assert "Notre site" in html and "Wagtail" not in html
        for address in set(LINK.findall(html)) - {"/espace/", "/en/espace/"}:
            if not address.startswith("/static/"):
                assert client.get(address, follow=True).status_code == 200, address
    assert mail.outbox[0].to == ["chef@example.org"]
    assert "/compte/login/code/" in mail.outbox[0].body


def test_its_administrator_may_invite_the_others(bare: None) -> None:
    create()
    user = User.objects.get()
    assert can_manage_memberships(user) and not user.has_usable_password()
    verbs = set(AuditEntry.objects.values_list("verb", flat=True))
    assert {"site_founded", "user_invited"} <= verbs


def test_the_report_is_json_and_the_words_are_elsewhere(bare: None) -> None:
    out, err = create("--json")
    report = json.loads(out)
    assert report["ok"] and report["pages"] == 12 and report["administrator"] == "chef@example.org"
    assert "chef@example.org" in err


def test_an_existing_site_is_left_alone(bare: None) -> None:
    create()
    before = list(Page.objects.values_list("pk", "title", "latest_revision_created_at"))
    with pytest.raises(CommandError, match="déjà des pages"):
        create()
    assert list(Page.objects.values_list("pk", "title", "latest_revision_created_at")) == before
    assert User.objects.count() == 1


def test_somebodys_pages_are_left_alone(bare: None) -> None:
    Page.objects.get(slug="home").add_child(instance=Page(title="Travail en cours", slug="travail"))
    with pytest.raises(CommandError, match="déjà des pages"):
        create()
    assert Page.objects.filter(slug="travail").exists() and not User.objects.exists()


@pytest.mark.parametrize(
    ("extra", "words"),
    [
        (["--administrator", "pas une adresse"], "adresse complète"),
        (["--contact", "x"], "adresse"),
        (["--territory", "commune:99999"], "99999"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(bare: None, extra: list[str], words: str) -> None:
    with pytest.raises(CommandError, match=words):
        create(*extra)
    assert not HomePage.objects.exists() and not User.objects.exists()


def test_an_instance_that_has_an_administrator_keeps_its_own(bare: None) -> None:
    User.objects.create_superuser("first@example.org")
    with pytest.raises(CommandError, match="déjà une personne"):
        create()
    assert not HomePage.objects.exists()
