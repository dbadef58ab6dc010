"""Tables of councils and of mandates, safe to open in a spreadsheet program."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from consultations.councils.models import Council, Mandate
from consultations.councils.permissions import is_clerk, worked_on_by
from consultations.councils.resources import CouncilResource, MandateResource
from consultations.councils.views.access import council_or_refuse, staff
from consultations.process.views.access import StaffRequest
from core.tables import table_file


@require_safe
@staff
def councils_table(request: StaffRequest, extension: str) -> HttpResponse:
    """The councils one sits in or keeps the papers of."""
    found = Council.objects.filter(worked_on_by(request.user)).select_related("territory")
    table = CouncilResource().export(found.prefetch_related("organisations").order_by("slug"))
    return table_file(table, "conseils", extension)


@require_safe
@staff
def mandates_table(request: StaffRequest, pk: UUID, extension: str) -> HttpResponse:
    """Every mandate of a council, dates of birth included: for those who keep its papers only."""
    council = council_or_refuse(pk, request.user, is_clerk)
    table = MandateResource().export(Mandate.objects.filter(council=council).select_related("council"))
    return table_file(table, f"mandats-{council.slug}", extension)
