"""Who enters the workspace of consultations: signed in first, then refused with a reason."""

from collections.abc import Callable
from typing import Any, ParamSpec
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from accounts.access import StaffRequest, StaffView, View, posted
from accounts.access import workspace as any_workspace
from accounts.models import User
from consultations.process.models import Consultation
from consultations.process.permissions import can_open_workspace

P = ParamSpec("P")
__all__ = ["StaffRequest", "StaffView", "View", "consultation_or_refuse", "posted", "workspace"]


def workspace(may: Callable[[Any], bool] = can_open_workspace) -> Callable[[StaffView[P]], View[P]]:
    """Ask visitors to sign in; refuse members without the role."""
    return any_workspace(may)


def consultation_or_refuse(pk: UUID, user: User, may: Callable[[User, Consultation], bool]) -> Consultation:
    """The consultation when the person may; 404 when it does not exist, 403 when they may not."""
    found = Consultation.objects.select_related("territory__level", "organisation")
    consultation = get_object_or_404(found.prefetch_related("stages", "needs"), pk=pk)
    if not may(user, consultation):
        raise PermissionDenied(_("You may not do this with this consultation, or not in its present state."))
    return consultation
