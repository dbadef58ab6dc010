"""Participation, protected: what is shown moves by groups of five people only."""

import csv
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from consultations.process.views.access import StaffRequest, workspace
from consultations.process.views.register import BOM, safe_cell
from consultations.surveys.participation import THRESHOLD
from consultations.surveys.permissions import can_read_participation
from consultations.surveys.selectors import participation
from consultations.surveys.workspace.views.access import survey_or_refuse


@workspace()
def survey_participation(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Responses by period, territory and way of answering, none about fewer than five people."""
    survey = survey_or_refuse(pk, request.user, can_read_participation)
    counts = participation(survey)
    context = {
        "survey": survey,
        "counts": counts,
        "threshold": THRESHOLD,
        "largest_period": max((period.count for period in counts.periods), default=1),
    }
    return render(request, "surveys/workspace/participation.html", context)


@workspace()
def survey_participation_csv(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The same figures as a file, withheld where the page withholds them."""
    survey = survey_or_refuse(pk, request.user, can_read_participation)
    counts = participation(survey)
    response = HttpResponse(BOM, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="participation-{survey.slug}.csv"'
    writer = csv.writer(response, delimiter=";")
    writer.writerow([_("What"), _("Category"), _("Responses")])
    writer.writerow([_("Total"), "", counts.total])
    for period in counts.periods:
        writer.writerow([_("Period"), f"{period.first} – {period.last}", period.count])
    for what, lines in ((_("Territory"), counts.by_territory), (_("Way of answering"), counts.by_mode)):
        if lines is None:
            writer.writerow([what, _("statistical secrecy"), ""])
        for line in lines or ():
            writer.writerow([what, safe_cell(line.label), line.count])
    return response
