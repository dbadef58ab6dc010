"""What anyone sees of workshops: the list, one workshop, its calendar file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from consultations.process.selectors import thread
from consultations.workshops.calendars import CONTENT_TYPE, calendar_of, file_name
from consultations.workshops.models import Workshop
from consultations.workshops.permissions import can_register
from consultations.workshops.registries import outcomes_of
from consultations.workshops.services.registering import free_places


def public_workshop(slug: str) -> Workshop:
    """The workshop when anyone may see it; 404 otherwise."""
    found = Workshop.objects.public().select_related("consultation__organisation", "territory__level")
    return get_object_or_404(found, slug=slug)


@require_safe
def workshop_list(request: HttpRequest) -> HttpResponse:
    """Workshops to come, then those that are over."""
    found = Workshop.objects.public().select_related("consultation", "territory__level")
    now = timezone.now()
    context = {"to_come": list(found.to_come(now)), "over": list(found.over(now)[:60])}
    return render(request, "workshops/public/workshop_list.html", context)


@require_safe
def workshop_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """What it is about, where and when, how to come in, what is done there and what to read before."""
    workshop = public_workshop(slug)
    stages = list(workshop.stages.all())
    is_awaited = can_register(workshop) and workshop.ends_at > timezone.now()
    context = {
        "workshop": workshop,
        "stages": stages,
        "needs": list(workshop.needs.all()),
        "documents": list(workshop.documents.all()),
        "outcomes": outcomes_of(workshop),
        "thread": thread(workshop.consultation),
        "can_register": is_awaited,
        "left": free_places(workshop) if is_awaited else None,
    }
    return render(request, "workshops/public/workshop_detail.html", context)


@require_safe
def calendar_file(request: HttpRequest, slug: str) -> HttpResponse:
    """The event, for any calendar."""
    workshop = public_workshop(slug)
    response = HttpResponse(calendar_of(workshop), content_type=f"{CONTENT_TYPE}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{file_name(workshop)}"'
    return response
