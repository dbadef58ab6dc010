"""How pages are served and how Wagtail's admin is arranged."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem as AdminMenuItem
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from cms import views
from cms.models import ContactPage, Menu

Serve = Callable[[Page, HttpRequest, Any, Any], HttpResponse]

# the loop: who speaks, what they need, what is shown, then the house itself
MENU_ORDER = (
    "home", "explorer", "consultations", "surveys", "needs", "places", "organisations", "imports", "indicators",
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
