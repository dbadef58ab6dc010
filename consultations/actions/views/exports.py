"""Files: a sheet as PDF, ODT or DOCX; sheets and their funding as tables."""

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from consultations.actions.models import Funding
from consultations.actions.resources import FundingResource, SheetResource
from consultations.actions.selectors.calendars import gantt_of_steps, table_of
from consultations.actions.selectors.listing import visible_to
from consultations.actions.selectors.programmes import programme_page
from consultations.actions.selectors.schedule import Gantt
from consultations.actions.selectors.sheet import sheet_page
from consultations.actions.views.access import staff
from consultations.actions.views.public import public_programme, public_sheet
from consultations.actions.writing import FORMATS, paper_of
from consultations.process.views.access import StaffRequest
from core.tables import table_file


@require_safe
def sheet_file(request: HttpRequest, slug: str, extension: str) -> HttpResponse:
    """The sheet as anyone reads it."""
    if extension not in FORMATS:
        raise Http404
    kind, sheet = FORMATS[extension], public_sheet(request, slug)
    headers = {"Content-Disposition": f'attachment; filename="{sheet.slug}.{kind.extension}"'}
    content = kind.write(paper_of(sheet_page(sheet)))
    return HttpResponse(content, content_type=kind.content_type, headers=headers)


@require_safe
def steps_calendar(request: HttpRequest, slug: str, extension: str) -> HttpResponse:
    """The steps as anyone reads them: a drawing, or a table."""
    sheet = public_sheet(request, slug)
    gantt = gantt_of_steps(sheet_page(sheet).steps)
    return _calendar(gantt, f"{sheet.slug}-etapes", extension)


@require_safe
def programme_calendar(request: HttpRequest, slug: str, extension: str) -> HttpResponse:
    """The sheets of a programme: a drawing, or a table."""
    programme = public_programme(request, slug)
    return _calendar(programme_page(programme).gantt, f"{programme.slug}-calendrier", extension)


def _calendar(gantt: Gantt | None, name: str, extension: str) -> HttpResponse:
    if extension != "svg":
        return table_file(table_of(gantt), name, extension)
    if gantt is None:
        raise Http404
    headers = {"Content-Disposition": f'attachment; filename="{name}.svg"'}
    drawing = render_to_string("actions/drawings/gantt.svg", {"gantt": gantt})
    return HttpResponse(drawing, content_type="image/svg+xml", headers=headers)


@require_safe
@staff
def sheets_table(request: StaffRequest, extension: str) -> HttpResponse:
    """The sheets the person may read whole."""
    resource = SheetResource()
    found = resource.get_queryset().filter(pk__in=visible_to(request.user).values("pk")).order_by("slug")
    return table_file(resource.export(found), "fiches-action", extension)


@require_safe
@staff
def funding_table(request: StaffRequest, extension: str) -> HttpResponse:
    """The money of these sheets, a line per funder and year."""
    found = Funding.objects.filter(sheet__in=visible_to(request.user).values("pk")).select_related(
        "sheet", "funder"
    )
    return table_file(
        FundingResource().export(found.order_by("sheet__slug", "year", "pk")), "financements", extension
    )
