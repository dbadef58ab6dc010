"""The figures of the four missions: for those who run the service, for everybody, and as files."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import StaffRequest, workspace
from core.tables import table_file
from observatory.disclosure import INTERNAL, PUBLIC
from orientation.permissions import can_read_figures
from orientation.resources import figures_table, source_words
from orientation.selectors.figures import report_on
from orientation.views.desk import tabs_of

NAME = "orientation"


@workspace(can_read_figures)
def figures(request: StaffRequest) -> HttpResponse:
    """For those who run the service: nothing about fewer than five people."""
    context = {
        "report": report_on(timezone.localdate(), INTERNAL),
        "source": source_words(),
        "file": reverse("orientation_desk:figures_csv"),
        "tab": "figures",
        **tabs_of(request),
    }
    return render(request, "orientation/workspace/figures.html", context)


@workspace(can_read_figures)
def figures_csv(request: StaffRequest) -> HttpResponse:
    """The same, as a file."""
    return table_file(figures_table(report_on(timezone.localdate(), INTERNAL)), NAME, "csv")


@require_safe
def public(request: HttpRequest) -> HttpResponse:
    """For everybody: nothing about fewer than eleven people."""
    context = {
        "report": report_on(timezone.localdate(), PUBLIC),
        "source": source_words(),
        "file": reverse("orientation:figures_csv"),
    }
    return render(request, "orientation/public/figures.html", context)


@require_safe
def public_csv(request: HttpRequest) -> HttpResponse:
    """The same, as a file."""
    return table_file(figures_table(report_on(timezone.localdate(), PUBLIC)), NAME, "csv")
