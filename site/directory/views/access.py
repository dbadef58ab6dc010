"""Finding the record a person may keep, or refusing with the right status."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import workspace
from accounts.models import User
from directory.forms.service import SECTIONS
from directory.models import Location, Service
from directory.permissions import (
    can_edit_location,
    can_edit_records_of,
    can_edit_service,
    can_steward,
    can_steward_somewhere,
    can_work_on_directory,
)
from directory.selectors.records import with_parts
from organisations.models import Organisation

INVALID = 422
EVERY_LINE = {"empty_permitted": False, "use_required_attribute": False}
"""A line left as it was is kept like any other: Django's formsets would drop it when it counts as an extra one."""
desk = workspace(can_work_on_directory)
stewards = workspace(can_steward_somewhere)


def _refuse() -> None:
    raise PermissionDenied(_("You may not do this with this record, or not in its present state."))


def service_or_refuse(slug: str, user: User) -> Service:
    """The service when the person keeps it; 404 when it does not exist, 403 when they do not."""
    service = get_object_or_404(with_parts(), slug=slug)
    if not can_edit_service(user, service):
        _refuse()
    return service


def location_or_refuse(uid: UUID, user: User) -> Location:
    """The place when the person keeps it."""
    location = get_object_or_404(
        Location.objects.select_related("organisation__territory", "commune__level"), uid=uid
    )
    if not can_edit_location(user, location):
        _refuse()
    return location


def organisation_or_refuse(slug: str, user: User) -> Organisation:
    """The organisation when the person keeps its records."""
    organisation = get_object_or_404(Organisation.objects.select_related("territory"), slug=slug)
    if not can_edit_records_of(user, organisation):
        _refuse()
    return organisation


def status_of(*forms: BaseForm | None) -> int:
    """422 as soon as a form was refused."""
    return INVALID if any(form is not None and form.is_bound and form.errors for form in forms) else 200


def page(
    request: HttpRequest, template: str, service: Service, context: dict[str, Any], *forms: BaseForm | None
) -> HttpResponse:
    """A page about a service in the workspace, with what its tabs need."""
    common = {
        "service": service,
        "sections": SECTIONS,
        "today": timezone.localdate(),
        "is_steward": can_steward(request.user, service.organisation),
    }
    return render(request, template, {**common, **context}, status=status_of(*forms))
