"""“How did it go?”: three questions, no account, no words."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.access import posted, take_errors
from core import errors
from core.repeats import once
from core.throttle import count_hit
from directory.forms.public import HONEYPOT, ExperienceForm
from directory.models import Service
from directory.services.experiences import tell_experience

PER_MINUTE = 60
INVALID, TOO_MANY = 422, 429


@never_cache
@once
def tell(request: HttpRequest, slug: str) -> HttpResponse:
    """Say how it went."""
    service = get_object_or_404(Service.objects.public().select_related("organisation"), slug=slug)
    if request.POST.get(HONEYPOT):
        return errors.bad_request(request, ValueError("honeypot"))
    form = ExperienceForm(posted(request))
    status = _take(form, service)
    if status == 0:
        return redirect("directory:told", service.slug)
    context = {"form": form, "service": service, "honeypot": HONEYPOT}
    return render(request, "directory/public/tell.html", context, status=status)


def _take(form: ExperienceForm, service: Service) -> int:
    """0 once it is kept; the status of the page otherwise."""
    if not form.is_bound:
        return 200
    if not form.is_valid():
        return INVALID
    if count_hit("directory.tell") > PER_MINUTE:
        form.add_error(None, _("Many people write at this moment. Try again in a minute."))
        return TOO_MANY
    try:
        tell_experience(service=service, marks=form.cleaned_data)
    except ValidationError as error:
        take_errors(form, error)
        return INVALID
    return 0


def told(request: HttpRequest, slug: str) -> HttpResponse:
    """Thanks, and what is done with it."""
    service = get_object_or_404(Service.objects.public(), slug=slug)
    return render(request, "directory/public/told.html", {"service": service})
