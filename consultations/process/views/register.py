"""The register of processings, for the data-protection officer and administrators."""

import csv

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from consultations.process import selectors
from consultations.process.permissions import can_read_register
from consultations.process.views.access import StaffRequest, workspace
from core.spreadsheet import BOM, guard_cell


@workspace(can_read_register)
def register(request: StaffRequest) -> HttpResponse:
    """Every processing with its purpose, ground, data, recipients and retention."""
    context = {"lines": selectors.register_of_processings(), "standing": selectors.standing_lines()}
    return render(request, "process/workspace/register.html", context)


@workspace(can_read_register)
def register_csv(request: StaffRequest) -> HttpResponse:
    """The same as a file that spreadsheets open with its accents."""
    response = HttpResponse(BOM, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="registre-des-traitements.csv"'
    writer = csv.writer(response, delimiter=";")
    writer.writerow(
        [_("Processing"), _("Who asks"), _("Purpose"), _("Legal basis"), _("What is collected"),
         _("People concerned"), _("Recipients"), _("Retention"), _("Erased from"), _("Contact")]
    )  # fmt: skip
    for one in selectors.standing_lines():
        cells = [str(one.title), "", str(one.purpose), str(one.legal_basis), str(one.data), str(one.people),
                 str(one.recipients), str(one.retention), "", ""]  # fmt: skip
        writer.writerow([guard_cell(cell) for cell in cells])
    for line in selectors.register_of_processings():
        cells = [line.consultation.title, str(line.consultation.organisation), line.purpose, line.legal_basis,
                 line.data_categories, line.people, line.recipients, line.retention,
                 str(line.erased_from or ""), line.contact]  # fmt: skip
        writer.writerow([guard_cell(cell) for cell in cells])
        for other in line.others:
            cells = [line.consultation.title, str(line.consultation.organisation), other.label, line.legal_basis,
                     other.data, line.people, other.recipients, other.retention, "", line.contact]  # fmt: skip
            writer.writerow([guard_cell(cell) for cell in cells])
    return response
