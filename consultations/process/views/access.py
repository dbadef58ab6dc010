"""Who enters the workspace: signed in first, then refused with a reason."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, QueryDict
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import is_member
from consultations.process.models import Consultation
from consultations.process.permissions import can_open_workspace

P = ParamSpec("P")
METHODS = ("GET", "HEAD", "POST")


class StaffRequest(HttpRequest):
    """A request whose user has a place in the workspace."""

    user: User


StaffView = Callable[Concatenate[StaffRequest, P], HttpResponse]
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def workspace(may: Callable[[Any], bool] = can_open_workspace) -> Callable[[StaffView[P]], View[P]]:
    """Ask visitors to sign in; refuse members without the role."""

    def decorate(view: StaffView[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not is_member(request.user):
                return redirect_to_login(request.get_full_path())
            if not may(request.user):
                raise PermissionDenied(_("Your role does not open this page."))
            if (
                request.method not in METHODS
            ):  # a page asked with DELETE must not answer as if it had been done
                return HttpResponseNotAllowed(METHODS)
            return view(request, *args, **kwargs)  # type: ignore[arg-type]

        return guarded

    return decorate


def posted(request: HttpRequest) -> QueryDict | None:
    """What was posted, even when it is empty; nothing when the page is only asked for."""
    return request.POST if request.method == "POST" else None


def consultation_or_refuse(pk: UUID, user: User, may: Callable[[User, Consultation], bool]) -> Consultation:
    """The consultation when the person may; 404 when it does not exist, 403 when they may not."""
    found = Consultation.objects.select_related("territory__level", "organisation")
    consultation = get_object_or_404(found.prefetch_related("stages", "needs"), pk=pk)
    if not may(user, consultation):
        raise PermissionDenied(_("You may not do this with this consultation, or not in its present state."))
    return consultation
