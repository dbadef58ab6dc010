"""The log of what staff did: read and filtered by administrators and the data-protection officer."""

from typing import Any

import django_filters
from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView

from accounts.models import User
from accounts.permissions import can_read_audit
from accounts.verbs import detail_label, field_label, kind_label, verb_label
from core.models import AuditEntry
from core.spreadsheet import guarded_columns


def verb_choices() -> list[tuple[str, str]]:
    """The verbs that occur, in plain words."""
    verbs = AuditEntry.objects.order_by("verb").values_list("verb", flat=True).distinct()
    return [(verb, verb_label(verb)) for verb in verbs]


def kind_choices() -> list[tuple[str, str]]:
    """The kinds of objects that occur, in plain words."""
    kinds = AuditEntry.objects.order_by("target_kind").values_list("target_kind", flat=True).distinct()
    return [(kind, kind_label(kind)) for kind in kinds]


def actors(request: HttpRequest | None) -> QuerySet[User]:
    """People who did something."""
    return User.objects.filter(pk__in=AuditEntry.objects.order_by().values("actor"))


class AuditFilterSet(WagtailFilterSet):
    verb = django_filters.ChoiceFilter(label=_("Action"), choices=verb_choices)
    actor = django_filters.ModelChoiceFilter(label=_("Who"), queryset=actors)
    at = django_filters.DateFromToRangeFilter(label=_("Day"), widget=DateRangePickerWidget)
    target_kind = django_filters.ChoiceFilter(label=_("Kind of object"), choices=kind_choices)
    target_id = django_filters.CharFilter(label=_("Number of the object"), widget=forms.TextInput)

    class Meta:
        model = AuditEntry
        fields = ["verb", "actor", "at", "target_kind", "target_id"]


class AuditView(ReportView):
    """Newest first, fifty to a page; exported as CSV or as a spreadsheet."""

    page_title = _("Audit log")
    header_icon = "history"
    filterset_class = AuditFilterSet
    index_url_name = "accounts_admin:audit"
    index_results_url_name = "accounts_admin:audit_results"
    queryset = AuditEntry.objects.all()
    default_ordering = ("-at", "-pk")
    list_export = ["at", "verb", "actor_label", "target_kind", "target_id", "target_label"]
    export_headings = {
        "at": _("When"),
        "verb": _("Action"),
        "actor_label": _("Who"),
        "target_kind": _("Kind of object"),
        "target_id": _("Number of the object"),
        "target_label": _("Object"),
    }
    custom_field_preprocess = guarded_columns(
        "verb", "actor_label", "target_kind", "target_id", "target_label"
    )
    columns = [
        Column("at", label=_("When"), accessor=lambda entry: when(entry), width="14%"),
        Column("verb", label=_("Action"), accessor=lambda entry: verb_label(entry.verb)),
        Column("actor_label", label=_("Who"), accessor=lambda entry: entry.actor_label or _("the system")),
        Column("kind", label=_("Kind of object"), accessor=lambda entry: kind_label(entry.target_kind)),
        Column("target_label", label=_("Object")),
        Column("changes", label=_("Details"), accessor=lambda entry: describe(entry)),
    ]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not can_read_audit(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_filename(self) -> str:
        return f"journal-{timezone.localdate():%Y-%m-%d}"


def when(entry: AuditEntry) -> str:
    """Day and hour, exact: a log is read as evidence."""
    return date_format(timezone.localtime(entry.at), "SHORT_DATETIME_FORMAT")


def describe(entry: AuditEntry) -> str:
    """The recorded details on one line, fields by the names people see on their forms."""
    parts = []
    for name, value in entry.changes.items():
        shown = value
        if isinstance(value, list):
            shown = ", ".join(
                field_label(entry.target_kind, str(one)) if name == "fields" else str(one) for one in value
            )
        if shown not in (None, ""):
            parts.append(f"{capfirst(detail_label(name))} : {shown}")
    return " · ".join(parts)
