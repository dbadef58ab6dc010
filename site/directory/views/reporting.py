"""“Something is wrong here”: without account, without name."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.access import posted, take_errors
from core import errors
from core.repeats import once
from core.throttle import count_hit
from directory.forms.public import HONEYPOT, ReportForm
from directory.models import Service
from directory.services.reports import report_mistake

PER_MINUTE = 30
INVALID, TOO_MANY = 422, 429


@never_cache
@once
def report(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what is wrong on a record."""
    service = get_object_or_404(Service.objects.public().select_related("organisation"), slug=slug)
    if request.POST.get(HONEYPOT):
        return errors.bad_request(request, ValueError("honeypot"))
    form = ReportForm(posted(request), initial={"kind": request.GET.get("quoi", "")})
    status = _take(form, service)
    if status == 0:
        return redirect("directory:reported", service.slug)
    context = {"form": form, "service": service, "honeypot": HONEYPOT}
    return render(request, "directory/public/report.html", context, status=status)


def _take(form: ReportForm, service: Service) -> int:
    """0 once it is kept; the status of the page otherwise."""
    if not form.is_bound:
        return 200
    if not form.is_valid():
        return INVALID
    if count_hit("directory.report") > PER_MINUTE:
        form.add_error(None, _("Many people write at this moment. Try again in a minute."))
        return TOO_MANY
    try:
        report_mistake(service=service, **form.cleaned_data)
    except ValidationError as error:
        take_errors(form, error)
        return INVALID
    return 0


def reported(request: HttpRequest, slug: str) -> HttpResponse:
    """What happens next."""
    service = get_object_or_404(Service.objects.public(), slug=slug)
    return render(request, "directory/public/reported.html", {"service": service})
