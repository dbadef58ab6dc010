"""Finding the council a person may work on, or refusing with the right status."""

from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models.fields.files import FieldFile
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Visitor
from consultations.councils.models import Council
from consultations.councils.permissions import (
    can_edit_bylaws,
    can_edit_council,
    can_see_council,
    can_see_member_pages,
    can_work_on_councils,
)
from consultations.process.views.access import StaffRequest, workspace

INVALID = 422
staff = workspace(can_work_on_councils)


def council_or_refuse(
    pk: UUID, user: User, may: Callable[[User, Council], bool] = can_see_member_pages
) -> Council:
    """The council when the person may; 404 when it does not exist, 403 when they may not."""
    found = Council.objects.select_related("territory__level").prefetch_related("organisations")
    council = get_object_or_404(found, pk=pk)
    if not may(user, council):
        raise PermissionDenied(_("You may not do this with this council, or not in its present state."))
    return council


def public_council(slug: str, user: Visitor) -> Council:
    """The council when this visitor may see its page; 404 otherwise, so that nothing is told of it."""
    found = Council.objects.select_related("territory__level").prefetch_related("organisations")
    council = get_object_or_404(found, slug=slug)
    if not can_see_council(user, council):
        raise Http404
    return council


def sent_file(file: FieldFile) -> HttpResponse:
    """A private file, to keep: never shown inside the site's own pages."""
    name = PurePosixPath(file.name or "").name
    with file.open("rb") as stored:
        content = stored.read()
    headers = {"Content-Disposition": content_disposition_header(True, name) or "attachment"}
    return HttpResponse(content, content_type="application/octet-stream", headers=headers)


def page(
    request: StaffRequest, template: str, council: Council, context: dict[str, Any], *forms: Form
) -> HttpResponse:
    """A page about a council, with what its tabs need and the status its forms deserve."""
    common = {
        "council": council,
        "today": timezone.localdate(),
        "can_edit": can_edit_council(request.user, council),
        "can_edit_bylaws": can_edit_bylaws(request.user, council),
    }
    status = INVALID if any(form.is_bound and form.errors for form in forms) else 200
    return render(request, template, {**common, **context}, status=status)
