"""A form sent twice acts once: a double click, a retry on a bad network, a result that is reloaded.

Every page draws its form with a CSRF token masked anew, so the same body sent by the same person to the same
address comes from one page as it was drawn once. What changed in between makes another gesture.
"""

import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from http import HTTPStatus
from typing import Concatenate, ParamSpec, TypeVar

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from core.models import HandledPost

KEPT = timedelta(days=1)
TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of a field
P = ParamSpec("P")
R = TypeVar("R", bound=HttpRequest)


def once(view: Callable[Concatenate[R, P], HttpResponse]) -> Callable[Concatenate[R, P], HttpResponse]:
    """Answer a repeated post with where the first one led; what was refused may be sent again.

    The view acts in one transaction: of two posts at the same moment, the second waits for the first.
    """

    @wraps(view)
    def acting_once(request: R, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method != "POST" or TOKEN not in request.POST:
            return view(request, *args, **kwargs)
        with transaction.atomic():
            handled, is_first = HandledPost.objects.get_or_create(digest=_digest(request))
            if not is_first:
                return redirect(handled.location)
            response = view(request, *args, **kwargs)
            if response.status_code == HTTPStatus.FOUND:
                handled.location = response["Location"]
                handled.save(update_fields=["location"])
            else:
                handled.delete()
        return response

    return acting_once


def _digest(request: HttpRequest) -> str:
    """Who, where and what, unreadable: what was written is not kept."""
    files = [(name, str(file), len(file)) for name, file in request.FILES.items()]
    sent = json.dumps([str(request.user.pk), request.get_full_path(), sorted(request.POST.lists()), files])
    return hmac.new(settings.SECRET_KEY.encode(), sent.encode(), hashlib.sha256).hexdigest()


def purge_handled_posts() -> int:
    """Forget the posts of the day before; how many there were."""
    count, _details = HandledPost.objects.filter(at__lt=timezone.now() - KEPT).delete()
    return count
