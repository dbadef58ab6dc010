"""Registering without an account, and giving the place back. Everything works without JavaScript."""

from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import take_errors
from consultations.process.views.access import posted
from consultations.workshops.forms.registering import HONEYPOT, RegistrationForm
from consultations.workshops.models import Invitation, Registration, Workshop
from consultations.workshops.permissions import can_register
from consultations.workshops.services.registering import (
    Registered,
    cancel_registration,
    free_places,
    register_for_workshop,
)
from consultations.workshops.services.retention import REGISTRATION_DAYS
from consultations.workshops.views.public import public_workshop
from core import errors
from core.throttle import count_hit

INVALID, GONE = 422, 410
STATES = {"place": Registration.Status.CONFIRMED, "attente": Registration.Status.WAITING}
NAMES = {str(status): name for name, status in STATES.items()}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, slug: str) -> HttpResponse:
    """The form; posting it keeps a place, or a turn on the waiting list."""
    return _register(request, public_workshop(slug), None)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invited(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """The same by a personal link: it knows the address, and leads back to the registration once it is made."""
    workshop = public_workshop(slug)
    invitation = Invitation.objects.select_related("registration").filter(workshop=workshop, pk=pk).first()
    if invitation is None:
        return redirect("workshops:register", slug)
    if invitation.registration and invitation.registration.status != Registration.Status.CANCELLED:
        return redirect("workshops:registration", slug, invitation.registration_id)
    return _register(request, workshop, invitation)


def _register(request: HttpRequest, workshop: Workshop, invitation: Invitation | None) -> HttpResponse:
    if not can_register(workshop) or workshop.ends_at <= timezone.now():
        return render(request, "workshops/public/registration_over.html", {"workshop": workshop}, status=GONE)
    initial = RegistrationForm.initial_of(invitation)
    form = RegistrationForm(posted(request), workshop=workshop, initial=initial)
    if form.is_bound:
        if request.POST.get(HONEYPOT):
            return errors.bad_request(request, ValueError("honeypot"))
        if count_hit(f"workshop:{workshop.pk}") > settings.SURVEY_SUBMISSIONS_PER_MINUTE:
            return errors.too_many_requests(request)
        made = _post(form, workshop, invitation)
        if made:
            return _thank(workshop, made.registration)
    context = {
        "workshop": workshop,
        "form": form,
        "left": free_places(workshop),
        "honeypot": HONEYPOT,
        "days": REGISTRATION_DAYS,
    }
    status = INVALID if form.errors else 200
    return render(request, "workshops/public/register.html", context, status=status)


def _post(form: RegistrationForm, workshop: Workshop, invitation: Invitation | None) -> Registered | None:
    if not form.is_valid():
        return None
    try:
        return register_for_workshop(workshop=workshop, invitation=invitation, **form.cleaned_data)
    except ValidationError as error:
        take_errors(form, error)
    except PermissionDenied as error:
        form.add_error(None, str(error))
    return None


def _thank(workshop: Workshop, registration: Registration) -> HttpResponse:
    """With an e-mail, the link to cancel is in the letter only: a page that showed it would say to anyone who
    types an address whether it is registered, and let them cancel."""
    if registration.email:
        return redirect("workshops:registered", workshop.slug, NAMES[registration.status])
    return redirect("workshops:registration", workshop.slug, registration.pk)


@never_cache
@require_safe
def registered(request: HttpRequest, slug: str, state: str) -> HttpResponse:
    """It is noted, and the letter has left."""
    if state not in STATES:
        raise Http404
    context = {"workshop": public_workshop(slug), "is_waiting": state == "attente"}
    return render(request, "workshops/public/registered.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def registration(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """One's own registration, by its secret address; posting gives the place back."""
    workshop = public_workshop(slug)
    rows = Registration.objects.select_related("workshop__consultation")
    found = get_object_or_404(rows, workshop=workshop, pk=pk)
    if request.method == "POST":
        cancel_registration(registration=found)
        return redirect("workshops:registration", slug, pk)
    waiting = list(workshop.registrations.waiting().values_list("pk", flat=True))
    context = {
        "workshop": workshop,
        "registration": found,
        "turn": waiting.index(found.pk) + 1 if found.pk in waiting else 0,
        "can_cancel": found.status != Registration.Status.CANCELLED and workshop.ends_at > timezone.now(),
        "message": _("Keep the address of this page: it is the only way to cancel without calling us."),
    }
    return render(request, "workshops/public/registration.html", context)
