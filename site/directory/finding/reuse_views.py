"""The directory on other sites and in other programs."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.qr import public_url
from directory.selectors.open_files import open_file, open_files


@require_safe
def reuse(request: HttpRequest) -> HttpResponse:
    """The search for another site, and the directory for programs: where, how, under which licence."""
    address = public_url(reverse("directory:embed"))
    words = _("Find a service")
    frame = f'<iframe src="{address}" title="{words}" width="100%" height="900" loading="lazy"></iframe>'
    interface = public_url(reverse("hsds:about"))
    context = {"frame": frame, "interface": interface, "archives": open_files()}
    return render(request, "directory/finding/reuse.html", context)


@require_safe
def open_archive(_request: HttpRequest, form: str) -> HttpResponseBase:
    """The newest archive of a format."""
    found = open_file(form)
    if found is None:
        raise Http404(_("These files are made at night: come back tomorrow."))
    filename = f"diapason-{found.form}-{found.day.isoformat()}.zip"
    response = FileResponse(default_storage.open(found.name), as_attachment=True, filename=filename)
    response["Cache-Control"] = "public, max-age=3600"
    return response
