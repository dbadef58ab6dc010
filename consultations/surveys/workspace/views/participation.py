"""Participation, protected: what is shown moves by groups of five people only."""

import csv
from itertools import groupby
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from consultations.process.views.access import StaffRequest, workspace
from consultations.surveys.participation import THRESHOLD, Period
from consultations.surveys.permissions import can_edit_survey, can_read_participation
from consultations.surveys.selectors import participation
from consultations.surveys.workspace.invited import invited_rate
from consultations.surveys.workspace.views.access import survey_or_refuse
from core.spreadsheet import BOM, guard_cell


def by_week(periods: tuple[Period, ...]) -> list[Period]:
    """Periods added up by the week in which they end: sums of groups that may be shown, may be shown."""
    weeks: list[Period] = []
    for _key, group in groupby(periods, key=lambda period: period.last_day.isocalendar()[:2]):
        joined = list(group)
        weeks.append(Period(joined[0].first, joined[-1].last, sum(period.count for period in joined)))
    return weeks


@workspace()
def survey_participation(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Responses by period, territory and way of answering, none about fewer than five people."""
    survey = survey_or_refuse(pk, request.user, can_read_participation)
    counts = participation(survey)
    weeks = by_week(counts.periods)
    context = {
        "survey": survey,
        "can_edit": can_edit_survey(request.user, survey),
        "counts": counts,
        "rate": invited_rate(survey),
        "threshold": THRESHOLD,
        "weeks": weeks,
        "largest_week": max((week.count for week in weeks), default=1),
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
            writer.writerow([what, guard_cell(line.label), line.count])
    crossed = counts.crossed
    for place, cells in crossed.rows if crossed else ():
        for mode, count in zip(crossed.columns, cells, strict=True) if crossed else ():
            writer.writerow([_("Territory and way of answering"), guard_cell(f"{place}, {mode}"), count])
    return response
