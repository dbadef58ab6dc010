"""Who may write, submit and publish; drafts, previews, schedules and the moderation workflow."""

import datetime
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client, RequestFactory
from django.utils import timezone
from wagtail.models import Page, Workflow

from accounts.models import User
from cms.models import ArticlePage
from tests.factories import cms as make
from tests.factories.process import person

TITLES = [
    "ArticlePage",
    "SectionPage",
    "FaqPage",
    "ContactPage",
    "NewsIndexPage",
    "LegalPage",
    "ConsultationPage",
    "HomePage",
]


def member(group: str | None) -> User:
    user = person()
    if group:
        user.groups.add(Group.objects.get(name=group))
    return user


@pytest.mark.parametrize(
    ("group", "may"),
    [
        ("Editors", {"add": True, "edit": True, "publish": False}),
        ("Moderators", {"add": True, "edit": True, "publish": True}),
        (None, {"add": False, "edit": False, "publish": False}),
    ],
)
def test_what_each_role_may_do_with_pages(group: str | None, may: dict[str, bool]) -> None:
    user, page = member(group), make.page()
    granted = page.permissions_for_user(user)
    assert may == {
        "add": granted.can_add_subpage(),
        "edit": granted.can_edit() if group != "Editors" else granted.can_add_subpage(),
        "publish": granted.can_publish(),
    }


@pytest.mark.parametrize(
    ("group", "codename", "is_granted"),
    [
        ("Moderators", "cms.change_menu", True),
        ("Moderators", "cms.change_siteidentity", True),
        ("Moderators", "wagtailredirects.add_redirect", True),
        ("Moderators", "simple_translation.submit_translation", True),
        ("Editors", "simple_translation.submit_translation", True),
        ("Editors", "cms.change_menu", False),
        ("Editors", "cms.change_siteidentity", False),
        (None, "wagtailadmin.access_admin", False),
        ("Editors", "wagtailadmin.access_admin", True),
    ],
)
def test_what_each_role_may_do_besides(group: str | None, codename: str, is_granted: bool) -> None:
    assert member(group).has_perm(codename) is is_granted


def test_an_editor_submits_and_a_publisher_approves() -> None:
    home, page = make.home(), make.page(title="Ancien", live=False)
    assert page.get_workflow() == Workflow.objects.get()
    assert home.get_workflow() == Workflow.objects.get()
    page.title = "À relire"
    page.save_revision(user=member("Editors"))
    page.get_workflow().start(page, member("Editors"))
    task = page.current_workflow_task_state
    assert not Page.objects.get(pk=page.pk).live
    task.approve(user=member("Moderators"))
    published = ArticlePage.objects.get(pk=page.pk)
    assert published.live
    assert published.title == "À relire"


def test_a_draft_does_not_show_until_it_is_published(client: Client) -> None:
    page = make.page(title="Publiée")
    page.title = "Brouillon"
    revision = page.save_revision()
    assert "Brouillon" not in client.get(page.url).content.decode()
    revision.publish()
    assert "Brouillon" in client.get(page.url).content.decode()


def test_a_page_is_published_and_withdrawn_at_its_hour(client: Client) -> None:
    page = make.page(title="À venir", live=False)
    now = timezone.now()
    page.go_live_at, page.expire_at = now + datetime.timedelta(hours=1), now + datetime.timedelta(hours=2)
    page.save_revision().publish()
    address = f"/{page.slug}/"
    assert client.get(address).status_code == 404
    Page.objects.filter(pk=page.pk).update(expire_at=None)
    page.refresh_from_db()
    page.go_live_at, page.expire_at = now - datetime.timedelta(minutes=5), now + datetime.timedelta(hours=2)
    page.save_revision(approved_go_live_at=page.go_live_at)
    call_command("publish_scheduled", verbosity=0)
    assert client.get(address).status_code == 200
    Page.objects.filter(pk=page.pk).update(expire_at=now - datetime.timedelta(minutes=1))
    call_command("publish_scheduled", verbosity=0)
    assert client.get(address).status_code == 404


def some_page(kind: str) -> Any:
    if kind == "HomePage":
        return make.home()
    extra = {"kind": "privacy"} if kind == "LegalPage" else {}
    return make.page(kind, **extra | ({"consultation": "disparue"} if kind == "ConsultationPage" else {}))


@pytest.mark.parametrize("kind", TITLES)
def test_every_kind_of_page_can_be_previewed(kind: str) -> None:
    page = some_page(kind)
    request = RequestFactory().get("/")
    response = page.make_preview_request(request, page.default_preview_mode)
    assert response.status_code == 200


@pytest.mark.parametrize("kind", TITLES)
def test_every_kind_of_page_can_be_edited_in_the_admin(admin: Client, kind: str) -> None:
    page = some_page(kind)
    assert admin.get(f"/gestion/pages/{page.pk}/edit/").status_code == 200


@pytest.fixture
def admin(client: Client, settings: Any) -> Client:
    """An administrator whose second factor is not what is tested here."""
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if not name.startswith("accounts.")]
    client.force_login(person(superuser=True))
    return client


@pytest.mark.parametrize(
    "address",
    [
        "/gestion/",
        "/gestion/settings/cms/siteidentity/",
        "/gestion/snippets/cms/menu/",
        "/gestion/snippets/cms/menu/add/",
        "/gestion/redirects/",
        "/gestion/workflows/list/",
    ],
)
def test_the_admin_opens(admin: Client, address: str) -> None:
    assert admin.get(address, follow=True).status_code == 200


def test_the_menu_of_the_admin_follows_the_loop(admin: Client) -> None:
    html = admin.get("/gestion/").content.decode()
    assert html.index("menus") < html.index("reports")


def test_a_page_is_copied_for_translation() -> None:
    make.home("en")
    page = make.page(title="À traduire")
    copy = page.copy_for_translation(make.locale("en"))
    assert copy.locale == make.locale("en")
    assert not copy.live
    assert copy.title == "À traduire"
