"""Public pages: needs that found no answer, and needs beside services. Published figures and public records only."""

import csv
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.preferences import read_preferences
from core.spreadsheet import BOM, guard_cell
from observatory.portal.gap import Gap, GapLine, gap_of, signals_of
from observatory.portal.selectors import figure_view
from territories.asked import address_of, asked_territory
from territories.models import Territory
from territories.selectors import descendants, home_departement

LEVELS = ("departement", "epci")
COLUMNS = (
    "NEED", "LABEL", "REF_AREA_TYPE", "REF_AREA", "REF_AREA_NAME", "VOICES_AT_LEAST", "WITHOUT_ANSWER", "YEAR",
    "SERVICES", "SERVICES_FULL", "SERVICES_TO_CHECK",
)  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """The place a page is about, and the others that can be chosen."""

    territory: Territory
    places: list[tuple[str, str]]

    @property
    def address(self) -> str:
        return address_of(self.territory)


def _asked(request: HttpRequest) -> Asked | None:
    """None on a site that knows no territory yet."""
    scope = home_departement()
    if scope is None:
        return None
    groups = sorted(
        (kin.territory for kin in descendants(scope) if kin.is_full and kin.territory.level_id == "epci"),
        key=lambda one: (one.name, one.code),
    )
    places = [(address_of(one), one.name) for one in (scope, *groups)]
    return Asked(asked_territory(request) or scope, places)


def _asked_or_404(request: HttpRequest) -> Asked:
    asked = _asked(request)
    if asked is None:
        raise Http404(_("No département is known on this site yet."))
    return asked


@require_safe
def signals(request: HttpRequest) -> HttpResponse:
    """What was looked for and not found: sentence, map of the most frequent need, bars, table, replies."""
    asked = _asked(request)
    if asked is None:
        return render(request, "portal/no_place.html")
    page = signals_of(asked.territory)
    context = {
        "asked": asked,
        "page": page,
        "map": figure_view(page.lines[0].code, "epci") if page.lines else None,
        "easy": read_preferences(request).easy_read,
        "query": f"?territory={asked.address}",
    }
    return render(request, "portal/signals.html", context)


@require_safe
def gap(request: HttpRequest) -> HttpResponse:
    """Needs voiced beside services offered."""
    asked = _asked(request)
    if asked is None:
        return render(request, "portal/no_place.html")
    query = f"?territory={asked.address}"
    context = {
        "asked": asked,
        "gap": gap_of(asked.territory),
        "easy": read_preferences(request).easy_read,
        "query": query,
        "csv_url": reverse("portal:gap_csv") + query,
        "json_url": reverse("portal:gap_json") + query,
    }
    return render(request, "portal/gap.html", context)


@require_safe
def gap_csv(request: HttpRequest) -> HttpResponse:
    """The table of the page as a file."""
    asked = _asked_or_404(request)
    found = gap_of(asked.territory)
    name = f"besoins-et-services-{asked.territory.code}"
    response = HttpResponse(
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )
    if request.GET.get("bom") == "1":
        response.write(BOM)
    writer = csv.writer(response)
    writer.writerow(COLUMNS)
    writer.writerows(
        [guard_cell(cell) for cell in _row(line, asked.territory, found).values()] for line in found.lines
    )
    return response


@require_safe
def gap_json(request: HttpRequest) -> HttpResponse:
    """The same for programs."""
    asked = _asked_or_404(request)
    found = gap_of(asked.territory)
    rows = [
        {name.lower(): value for name, value in _row(line, asked.territory, found).items()}
        for line in found.lines
    ]
    return JsonResponse({"sentence": found.sentence, "rows": rows})


def _row(line: GapLine, territory: Territory, found: Gap) -> dict[str, str | int | None]:
    values = (
        line.need.code, line.need.plain_label, territory.level_id, territory.code, territory.name, line.voices,
        line.unmet.count if line.unmet else None, found.year, line.services, line.full, line.stale,
    )  # fmt: skip
    return dict(zip(COLUMNS, values, strict=True))
