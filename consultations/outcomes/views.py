"""What anyone reads of what became of what was said, and the list of those who start actions."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from consultations.actions.permissions import can_create_sheet
from consultations.actions.views.access import staff
from consultations.outcomes import selectors
from consultations.process.models import Consultation
from consultations.process.permissions import can_organise
from consultations.process.views.access import StaffRequest
from core.preferences import read_preferences
from territories.asked import address_of, asked_territory


@require_safe
def consultation(request: HttpRequest, slug: str) -> HttpResponse:
    """From what you said to what was done, for one consultation."""
    found = get_object_or_404(Consultation.objects.public().select_related("organisation"), slug=slug)
    context = {
        "consultation": found,
        "outcome": selectors.outcome_of(found),
        "easy": read_preferences(request).easy_read,
    }
    return render(request, "outcomes/public/consultation.html", context)


@require_safe
def unanswered(request: HttpRequest) -> HttpResponse:
    """Needs many people voiced that no action answers, in the whole or at one place."""
    territory = asked_territory(request)
    context = {
        "territory": territory,
        "chosen": address_of(territory) if territory else "",
        "lines": selectors.unanswered_needs(territory=territory),
        "places": selectors.places_voiced(),
        "may_start": can_create_sheet(request.user),
        "easy": read_preferences(request).easy_read,
    }
    return render(request, "outcomes/public/unanswered.html", context)


@staff
@require_safe
def unanswered_inside(request: StaffRequest) -> HttpResponse:
    """The same for those who organise, from the answers to their own surveys."""
    if not can_organise(request.user):
        raise PermissionDenied(_("Your role does not open this page."))
    territory = asked_territory(request)
    context = {
        "territory": territory,
        "chosen": address_of(territory) if territory else "",
        "lines": selectors.unanswered_inside(request.user, territory=territory),
        "places": selectors.places_voiced(),
        "may_start": can_create_sheet(request.user),
    }
    return render(request, "outcomes/workspace/unanswered.html", context)
