"""What anyone reads: the list, a sheet, programmes."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from consultations.actions.forms import PublicFilterForm
from consultations.actions.models import ActionSheet, Programme, State, UpdatePhoto
from consultations.actions.permissions import can, can_edit_programme, can_read_programme, can_read_sheet
from consultations.actions.selectors.calendars import gantt_of_steps
from consultations.actions.selectors.listing import Asked, public_list
from consultations.actions.selectors.programmes import programme_page
from consultations.actions.selectors.reminding import lacks_someone
from consultations.actions.selectors.schedule import labels
from consultations.actions.selectors.sheet import budget_words, loaded, sheet_page
from consultations.actions.selectors.standing import cards_of, with_badges
from consultations.actions.texts import manuscript_of
from consultations.actions.writing import FORMATS

PAGE_SIZE = 24
PHOTO_SECONDS = 3600  # how long a browser may show a picture that was withdrawn since


@require_safe
def sheet_list(request: HttpRequest) -> HttpResponse:
    """Announced sheets by words, programme, axis, need, place and state."""
    form = PublicFilterForm(request.GET or None)
    given: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    asked = Asked(
        words=given.get("q", ""),
        state=given.get("state", ""),
        programme=given.get("programme"),
        axis=given.get("axis"),
        territory=given.get("territory"),
        need=given.get("need"),
    )
    page = Paginator(with_badges(public_list(asked)), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "cards": cards_of(page.object_list),
        "is_filtered": any(given.values()),
        "programmes": Programme.objects.filter(is_public=True),
    }
    return render(request, "actions/public/list.html", context)


def public_sheet(request: HttpRequest, slug: str) -> ActionSheet:
    """The sheet when this visitor may see its page; 404 otherwise, so that nothing is told of it."""
    sheet = get_object_or_404(ActionSheet, slug=slug)
    if not can_read_sheet(request.user, sheet):
        raise Http404
    return loaded(sheet.pk)


@require_safe
def sheet_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A sheet as anyone reads it."""
    sheet = public_sheet(request, slug)
    page = sheet_page(sheet)
    context = {
        "sheet": sheet,
        "formats": FORMATS.values(),
        "page": page,
        "budget_words": budget_words(page.budget) if page.budget else "",
        "nobody_leads": lacks_someone(sheet),
        "gantt": gantt_of_steps(page.steps),
        "gantt_labels": labels(),
        "is_inside": can("read_draft", request.user, sheet),
        "manuscript": manuscript_of(sheet) if sheet.state == State.COMMENTS else None,
    }
    return render(request, "actions/public/detail.html", context)


@require_safe
def photo(request: HttpRequest, slug: str, pk: UUID) -> FileResponse:
    """A picture of the news, as long as they are not withdrawn."""
    sheet = public_sheet(request, slug)
    found = get_object_or_404(UpdatePhoto, pk=pk, update_of__sheet=sheet, update_of__withdrawn_on=None)
    response = FileResponse(found.image.open(), content_type="image/jpeg")
    response["Cache-Control"] = f"private, max-age={PHOTO_SECONDS}"
    return response


def public_programme(request: HttpRequest, slug: str) -> Programme:
    """The programme when this visitor may see its page; 404 otherwise."""
    programme = get_object_or_404(Programme.objects.select_related("sponsor", "territory__level"), slug=slug)
    if not can_read_programme(request.user, programme):
        raise Http404
    return programme


@require_safe
def programme_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A programme: its axes, its calendar, its money."""
    programme = public_programme(request, slug)
    page = programme_page(programme)
    context = {
        "programme": programme,
        "page": page,
        "budget_words": budget_words(page.budget) if page.budget else "",
        "gantt_labels": labels(),
        "may_edit": can_edit_programme(request.user, programme),
    }
    return render(request, "actions/public/programme.html", context)
