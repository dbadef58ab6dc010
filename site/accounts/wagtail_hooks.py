"""People, roles and the audit log in Wagtail's admin; Wagtail's own user forms are closed."""

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from accounts.admin import audit, people
from accounts.permissions import can_read_audit, can_view_people


class PeopleMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return can_view_people(request.user)


class AuditMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return can_read_audit(request.user)


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern | URLResolver]:
    """Pages served under the admin's address."""
    patterns = [
        path("personnes/", people.PeopleView.as_view(), name="people"),
        path("personnes/liste/", people.PeopleView.as_view(results_only=True), name="people_results"),
        path("personnes/inviter/", people.invite, name="invite"),
        path("personnes/<int:pk>/", people.person, name="person"),
        path("personnes/roles/<int:pk>/arreter/", people.end_role, name="end_role"),
        path("journal/", audit.AuditView.as_view(), name="audit"),
        path("journal/liste/", audit.AuditView.as_view(results_only=True), name="audit_results"),
    ]
    return [path("", include((patterns, "accounts_admin")))]


@hooks.register("register_admin_menu_item")
def people_menu() -> MenuItem:
    return PeopleMenuItem(
        _("People and roles"),
        reverse_lazy("accounts_admin:people"),
        name="people",
        icon_name="group",
        order=800,
    )


@hooks.register("register_admin_menu_item")
def audit_menu() -> MenuItem:
    return AuditMenuItem(
        _("Audit log"), reverse_lazy("accounts_admin:audit"), name="audit", icon_name="history", order=850
    )


@hooks.register("construct_settings_menu")
def hide_wagtail_people(request: HttpRequest, items: list[MenuItem]) -> None:
    """Roles are dated and ended, never deleted: Wagtail's forms for users and groups are not offered."""
    items[:] = [item for item in items if item.name not in {"users", "groups"}]
