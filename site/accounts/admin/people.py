"""People and their dated roles: found, invited, granted a role, ended. Nothing is deleted."""

from collections.abc import Callable
from typing import Any, cast

import django_filters
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Prefetch, QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets.button import HeaderButton

from accounts import services
from accounts.forms import EndRoleForm, InviteForm, RoleForm
from accounts.models import Membership, Role, User
from accounts.permissions import can_manage_memberships, can_view_people
from core.spreadsheet import guarded_columns


class PeopleFilterSet(WagtailFilterSet):
    role = django_filters.ChoiceFilter(
        label=gettext_lazy("Role held today"), choices=Role.choices, method="holding"
    )

    def holding(self, people: QuerySet[User], _name: str, role: str) -> QuerySet[User]:
        active = Membership.objects.active_on(timezone.localdate()).filter(role=role)
        return people.filter(pk__in=active.values("user"))

    class Meta:
        model = User
        fields = ["role"]


class PeopleView(ReportView):
    """Everyone with an account and the roles they hold today."""

    page_title = gettext_lazy("People and roles")
    header_icon = "group"
    filterset_class = PeopleFilterSet
    index_url_name = "accounts_admin:people"
    index_results_url_name = "accounts_admin:people_results"
    is_searchable = True
    search_fields = ["email", "display_name"]
    default_ordering = "email"
    list_export = ["email", "display_name", "roles_today", "joined_at"]
    export_headings = {"roles_today": gettext_lazy("Roles held today")}
    custom_field_preprocess = guarded_columns("email", "display_name", "roles_today")
    columns = [
        TitleColumn("email", label=gettext_lazy("Address"), url_name="accounts_admin:person"),
        Column("display_name", label=gettext_lazy("Name")),
        Column("roles_today", label=gettext_lazy("Roles held today")),
        Column("joined_on", label=gettext_lazy("Since")),
    ]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not can_view_people(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def header_buttons(self) -> list[HeaderButton]:
        if not can_manage_memberships(self.request.user):
            return []
        return [HeaderButton(_("Invite a person"), url=reverse("accounts_admin:invite"), icon_name="plus")]

    def get_base_queryset(self) -> QuerySet[User]:
        active = Membership.objects.active_on(timezone.localdate()).select_related(
            "territory", "organisation"
        )
        return User.objects.filter(erased_at=None).prefetch_related(
            Prefetch("memberships", active, to_attr="active_today")
        )

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        for person in object_list:
            person.roles_today = " · ".join(str(membership) for membership in person.active_today)
            person.joined_on = date_format(timezone.localtime(person.joined_at), "SHORT_DATE_FORMAT")
        return object_list


def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: every role they hold, held or will hold, and what may be done."""
    if not can_view_people(request.user):
        raise PermissionDenied
    found = get_object_or_404(User, pk=pk, erased_at=None)
    may_manage = can_manage_memberships(request.user)
    form = RoleForm(request.POST or None) if may_manage else None
    if request.method == "POST":
        if form is None:
            raise PermissionDenied
        granted = try_service(
            form, lambda fields: services.grant_membership(actor=request.user, user=found, **fields)
        )
        if granted:
            messages.success(request, _("The role is granted."))
            return redirect("accounts_admin:person", pk)
    return render_person(request, found, form)


def render_person(request: HttpRequest, found: User, form: Form | None) -> HttpResponse:
    """The page of one person, with the form as it stands."""
    today = timezone.localdate()
    memberships = list(found.memberships.select_related("territory", "organisation").order_by("-starts_on"))
    active = {m.pk for m in Membership.objects.active_on(today).filter(user=found)}
    context = {
        "person": found,
        "form": form,
        "lines": [(m, m.pk in active, m.starts_on > today and not m.withdrawn_at) for m in memberships],
        "header_title": str(found),
        "header_icon": "user",
        "breadcrumbs_items": trail(str(found)),
        "today": today,
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "accounts/admin/person.html", context, status=status)


def invite(request: HttpRequest) -> HttpResponse:
    """Give someone a role by their address; their account is created when there is none."""
    if not can_manage_memberships(request.user):
        raise PermissionDenied
    form = InviteForm(request.POST or None)
    if request.method == "POST":
        membership = try_service(form, lambda fields: services.invite_user(actor=request.user, **fields))
        if membership:
            messages.success(request, _("The invitation is sent."))
            return redirect("accounts_admin:person", cast(Membership, membership).user_id)
    title = _("Invite a person")
    context = {
        "form": form,
        "header_title": title,
        "header_icon": "plus",
        "breadcrumbs_items": trail(title),
    }
    return render(request, "accounts/admin/invite.html", context, status=422 if form.errors else 200)


@require_POST
def end_role(request: HttpRequest, pk: int) -> HttpResponse:
    """End a role, at once or after a day; its record stays."""
    membership = get_object_or_404(Membership.objects.select_related("user"), pk=pk)
    form = EndRoleForm(request.POST)
    ended = try_service(
        form, lambda fields: services.end_membership(actor=request.user, membership=membership, **fields)
    )
    if ended:
        messages.success(request, _("The role is ended. Its dates stay in the records."))
    else:
        for errors in form.errors.values():
            messages.error(request, " ".join(map(str, errors)))
    return redirect("accounts_admin:person", membership.user_id)


def try_service(form: Form, call: Callable[[dict[str, Any]], object]) -> object | None:
    """What the service returns, or None with its refusal written on the form."""
    if not form.is_valid():
        return None
    try:
        return call(form.cleaned_data)
    except ValidationError as error:
        known = hasattr(error, "error_dict") and set(error.error_dict) <= set(form.fields)
        form.add_error(None, error if known or not hasattr(error, "error_dict") else error.messages)
        return None


def trail(label: str) -> list[dict[str, Any]]:
    """The way from the dashboard to this page."""
    return [
        {"url": reverse_lazy("wagtailadmin_home"), "label": _("Home")},
        {"url": reverse_lazy("accounts_admin:people"), "label": _("People and roles")},
        {"url": "", "label": label},
    ]
