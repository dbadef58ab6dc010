"""The first screen of Wagtail's admin: what this person may do here, one tile each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component

from accounts.permissions import can_manage_memberships, can_read_audit
from cms.models import HomePage, NewsIndexPage, SiteIdentity
from consultations.process.permissions import can_read_register


@dataclass(frozen=True)
class Task:
    """One thing to do; `may` is asked about the person, `address` is read when the tile is drawn."""

    label: Any
    about: Any
    icon: str
    address: Callable[[], str]
    may: Callable[[Any], bool]


def can_write_news(user: Any) -> bool:
    """True where a list of news exists in which this person may write."""
    index = NewsIndexPage.objects.first()
    return index is not None and bool(index.permissions_for_user(user).can_add_subpage())


def can_edit_home(user: Any) -> bool:
    """True when this person may change the home page."""
    home = HomePage.objects.first()
    return home is not None and bool(home.permissions_for_user(user).can_edit())


def _holds(permission: str) -> Callable[[Any], bool]:
    return lambda user: bool(user.has_perm(permission))


def _home_address() -> str:
    return reverse("wagtailadmin_pages:edit", args=[HomePage.objects.values_list("pk", flat=True).first()])


def _settings_address() -> str:
    return reverse("wagtailsettings:edit", args=[SiteIdentity._meta.app_label, SiteIdentity._meta.model_name])


TASKS = (
    Task(
        _("Write a piece of news"),
        _("It is published at once, on a date, or after a colleague has read it."),
        "edit",
        lambda: reverse("wagtailadmin_pages:choose_parent", args=["cms", "newspage"]),
        can_write_news,
    ),
    Task(
        _("Change the home page"),
        _("The consultation told first, what moves and what waits."),
        "home",
        _home_address,
        can_edit_home,
    ),
    Task(
        _("Arrange the menus"),
        _("Links of the header and of the footer."),
        "list-ul",
        lambda: reverse("wagtailsnippets_cms_menu:list"),
        _holds("cms.change_menu"),
    ),
    Task(
        _("Set up the site"),
        _("Name, colours, contacts, accessibility."),
        "cogs",
        _settings_address,
        _holds("cms.change_siteidentity"),
    ),
    Task(
        _("Invite a person"),
        _("A role, on a place, until a date."),
        "group",
        lambda: reverse("accounts_admin:invite"),
        can_manage_memberships,
    ),
    Task(
        _("Read the audit log"),
        _("Who did what, and when."),
        "history",
        lambda: reverse("accounts_admin:audit"),
        can_read_audit,
    ),
    Task(
        _("Read the register of processings"),
        _("What each consultation collects, why, and for how long."),
        "doc-full",
        lambda: reverse("process:register"),
        can_read_register,
    ),
    Task(
        _("Reword a need"),
        _("The words of the nomenclature, their synonyms, their easy-read text."),
        "list-ul",
        lambda: reverse("needs:index"),
        _holds("needs.change_need"),
    ),
    Task(
        _("Import a file"),
        _("Every change is shown before anything is kept."),
        "upload",
        lambda: reverse("imports:index"),
        _holds("needs.change_need"),
    ),
)


class TasksPanel(Component):
    """Tiles of what this person may do; nothing when there is nothing."""

    name = "tasks"
    template_name = "cms/admin/tasks.html"
    order = 50

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        user = (parent_context or {})["request"].user
        return {"tasks": [(task, task.address()) for task in TASKS if task.may(user)]}
