"""The counters and their hours nearest to each commune: choose a place, read its page, see every distance."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from core.tables import table_file
from directory.finding.counters import (
    STEPS,
    counters_near,
    distances,
    distances_map,
    distances_table,
)
from directory.finding.forms import PlaceField
from territories.selectors import TerritoryError, resolve_code

LONGEST = 40


class WhereForm(forms.Form):
    """One commune, by its name or a postal code."""

    lieu = PlaceField(label=_("Where do you live?"), help_text=_("A commune or a postal code."))


@require_safe
def counters(request: HttpRequest) -> HttpResponse:
    """Choose a commune; 400 when nobody knows the place that was written."""
    form = WhereForm(request.GET or None)
    if form.is_bound and form.is_valid():
        return redirect("directory:commune_counters", form.cleaned_data["lieu"].code)
    is_unknown = form.is_bound and not form.fields["lieu"].widget.candidates
    return render(
        request, "directory/finding/counters.html", {"form": form}, status=400 if is_unknown else 200
    )


@require_safe
def commune_counters(request: HttpRequest, code: str) -> HttpResponse:
    """The counters nearest to a commune, with their week; an old code leads to the commune of today."""
    try:
        place = resolve_code(code[:LONGEST], level="commune")
    except TerritoryError:
        form = WhereForm({"lieu": code})
        return render(request, "directory/finding/counters.html", {"form": form}, status=404)
    if place.code != code:
        return redirect("directory:commune_counters", place.code, permanent=True)
    context = {"place": place, "counters": counters_near(place, timezone.now()), "form": WhereForm()}
    return render(request, "directory/finding/commune_counters.html", context)


@require_safe
def counter_distances(request: HttpRequest) -> HttpResponse:
    """Every commune and its nearest counter: a sentence, a map, a table."""
    found = distances()
    context = {"found": found, "map": distances_map(found), "steps": STEPS, "form": WhereForm()}
    return render(request, "directory/finding/counter_distances.html", context)


@require_safe
def counter_table(request: HttpRequest, extension: str) -> HttpResponse:
    """The same as a file."""
    return table_file(distances_table(distances()), "guichets-par-commune", extension)
