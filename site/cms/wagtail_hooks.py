"""How pages are served and how Wagtail's admin is arranged."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem as AdminMenuItem
from wagtail.admin.ui.components import Component
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from cms import views
from cms.dashboard import TasksPanel
from cms.models import ContactPage, Menu
from consultations.process.permissions import can_open_workspace

Serve = Callable[[Page, HttpRequest, Any, Any], HttpResponse]

# the loop: who speaks, what they need, what is shown, then the house itself
MENU_ORDER = (
    "home", "workspace", "explorer", "needs", "territories", "organisations", "imports", "indicators",
    "menus", "images", "documents", "snippets", "people", "audit", "reports", "settings", "help",
)  # fmt: skip


@hooks.register("on_serve_page")
def serve_public_page(following: Serve) -> Serve:
    """Tell the surroundings which page is shown and the cache that everybody may have it."""

    def serve(page: Page, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponse:
        request.cms_page = page  # type: ignore[attr-defined]
        if isinstance(page, ContactPage):
            return views.contact(request, page)
        response = following(page, request, args, kwargs)
        response.is_public_page = True  # type: ignore[attr-defined]
        return response

    return serve


@hooks.register("construct_main_menu")
def order_menu(request: HttpRequest, items: list[AdminMenuItem]) -> None:
    """Known entries in the order of the loop, others after them as Wagtail gives them."""
    places = {name: place for place, name in enumerate(MENU_ORDER)}
    items.sort(key=lambda item: (places.get(item.name, len(places)), item.order))
    for place, item in enumerate(items):
        item.order = place * 10


class WorkspaceMenuItem(AdminMenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return can_open_workspace(request.user)


@hooks.register("register_admin_menu_item")
def register_workspace_menu() -> AdminMenuItem:
    """Consultations and surveys are kept in the workspace, not here."""
    return WorkspaceMenuItem(
        _("Workspace"), reverse_lazy("process:workspace"), name="workspace", icon_name="arrow-right-full"
    )


@hooks.register("construct_help_menu")
def hide_foreign_help(request: HttpRequest, items: list[AdminMenuItem]) -> None:
    """Keep what works here: guides kept elsewhere are in English and about another product."""
    items[:] = [item for item in items if not str(item.url).startswith("http")]


@hooks.register("construct_settings_menu")
def name_languages(request: HttpRequest, items: list[AdminMenuItem]) -> None:
    """Wagtail's French calls the languages of a site its regions."""
    for item in items:
        if item.name == "locales":
            item.label = _("Languages")


@hooks.register("construct_homepage_panels")
def add_tasks(request: HttpRequest, panels: list[Component]) -> None:
    """What this person may do comes first."""
    panels.append(TasksPanel())


@hooks.register("insert_global_admin_css")
def admin_sheet() -> str:
    """The colours of the house, and our own fields."""
    return format_html('<link rel="stylesheet" href="{}">', static("core/css/admin.css"))


class MenuViewSet(SnippetViewSet):
    """Menus of the header and of the footer."""

    model = Menu
    icon = "list-ul"
    menu_label = _("Menus")
    menu_name = "menus"
    add_to_admin_menu = True
    list_display = ["place", "locale"]
    list_filter = ["place"]


register_snippet(MenuViewSet)
