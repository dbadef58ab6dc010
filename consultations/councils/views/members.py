"""The private page of a council: for its members on this day and those who keep its papers."""

from typing import cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.models import User
from consultations.councils import selectors
from consultations.councils.models import Council
from consultations.councils.permissions import can_see_member_pages, is_clerk, mandate_of
from consultations.councils.registries import council_member_panels, panels


@never_cache
@login_required
@require_safe
def member_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Names, documents and what waits for the member."""
    user = cast(User, request.user)
    council = get_object_or_404(Council.objects.select_related("territory"), slug=slug)
    if not can_see_member_pages(user, council):
        raise PermissionDenied(_("This page is for the members of the council, while their mandate lasts."))
    context = {
        "council": council,
        "mandate": mandate_of(user, council),
        "composition": selectors.composition(council),
        "documents": council.documents.filter(withdrawn_on=None),
        "panels": panels(council_member_panels, council, user),
        "federations": selectors.federations_of(council),
        "is_clerk": is_clerk(user, council),
    }
    return render(request, "councils/members/member_page.html", context)
