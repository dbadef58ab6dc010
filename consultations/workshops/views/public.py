"""What anyone sees of workshops: the list, one workshop."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from consultations.process.selectors import thread
from consultations.workshops.models import Workshop
from consultations.workshops.permissions import can_register


@require_safe
def workshop_list(request: HttpRequest) -> HttpResponse:
    """Workshops to come, then those that are over."""
    found = Workshop.objects.public().select_related("consultation", "territory")
    now = timezone.now()
    context = {"to_come": found.to_come(now), "over": found.over(now)}
    return render(request, "workshops/public/workshop_list.html", context)


@require_safe
def workshop_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """What it is about, where and when, how to come in, what is done there and what to read before."""
    found = Workshop.objects.public().select_related("consultation", "territory")
    workshop = get_object_or_404(found.prefetch_related("documents", "stages", "needs"), slug=slug)
    context = {
        "workshop": workshop,
        "thread": thread(workshop.consultation),
        "can_register": can_register(workshop),
    }
    return render(request, "workshops/public/workshop_detail.html", context)
