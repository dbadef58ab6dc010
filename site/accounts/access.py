"""Who enters the workspace: signed in first, then refused with a reason; and what a form is told."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import BaseForm, Form
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, QueryDict
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import is_member, is_staff_member

P = ParamSpec("P")
METHODS = ("GET", "HEAD", "POST")


class StaffRequest(HttpRequest):
    """A request whose user has a place in the workspace."""

    user: User


StaffView = Callable[Concatenate[StaffRequest, P], HttpResponse]
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def workspace(may: Callable[[Any], bool] = is_staff_member) -> Callable[[StaffView[P]], View[P]]:
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


def take_errors(form: BaseForm, error: ValidationError) -> None:
    """Put what a service refused at the fields it names, or at the top of the form."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)


def attempt(form: Form, act: Callable[[], Any]) -> Any:
    """What the service made of a valid form (True when it returns nothing), or its reasons in the form."""
    if not (form.is_bound and form.is_valid()):
        return None
    try:
        return act() or True
    except ValidationError as error:
        take_errors(form, error)
        return None
