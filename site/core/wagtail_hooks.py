"""What every app shares in Wagtail's admin: the import screen, dates kept as typed."""

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from core.imports.kinds import import_kinds


class ImportMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return any(kind.may(request.user) for kind in import_kinds)


@hooks.register("register_admin_urls")
def register_import_urls() -> list[URLPattern | URLResolver]:
    return [path("imports/", include("core.imports.urls"))]


@hooks.register("register_admin_menu_item")
def register_import_menu() -> MenuItem:
    return ImportMenuItem(
        _("Imports"), reverse_lazy("imports:index"), name="imports", icon_name="upload", order=750
    )


@hooks.register("insert_global_admin_js")
def keep_typed_dates() -> str:
    """The calendars of the admin must not write today over a date they cannot read."""
    return format_html('<script src="{}"></script>', static("core/js/admin-dates.js"))
