"""What anyone sees of councils: the list, one council, its rules, its documents, its calendar."""

import datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from consultations.councils import selectors
from consultations.councils.calendars import CONTENT_TYPE, entries_of, feed_of
from consultations.councils.forms import CouncilFilterForm
from consultations.councils.models import Council, CouncilDocument
from consultations.councils.permissions import can_see_member_pages
from consultations.councils.registries import council_panels, panels
from consultations.councils.selectors.catalogue import listed_councils, matching, narrow
from consultations.councils.selectors.mapping import councils_map
from consultations.councils.views.access import public_council, sent_file

PAGE_SIZE = 24


@require_safe
def council_list(request: HttpRequest) -> HttpResponse:
    """Councils by words, kind and place; those of the whole territory when nothing is asked."""
    form = CouncilFilterForm(request.GET or None)
    found = listed_councils()
    asked: dict[str, Any] = form.cleaned_data if form.is_valid() else {"q": "", "kind": "", "territory": None}
    narrowed = narrow(found, kind=asked["kind"], territory=asked["territory"])
    councils = sorted(matching(narrowed, asked["q"]), key=lambda one: (not one.is_federation, one.name))
    page = Paginator(councils, PAGE_SIZE).get_page(request.GET.get("page"))
    drawn = councils_map(councils)
    context = {"form": form, "page": page, "is_filtered": any(asked.values()), "map": drawn}
    return render(request, "councils/public/council_list.html", context)


@require_safe
def council_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Who sits by role, what is next, what it said: names only where the council shows them."""
    council = public_council(slug, request.user)
    today = timezone.localdate()
    context = {
        "council": council,
        "composition": selectors.composition(council, today),
        "documents": council.documents.filter(is_public=True, withdrawn_on=None),
        "panels": panels(council_panels, council, request.user),
        "federations": [one for one in selectors.federations_of(council, today) if one.is_public],
        **_federated(council, today),
        "is_inside": can_see_member_pages(request.user, council),
        "has_calendar": bool(entries_of(council)),
    }
    return render(request, "councils/public/council_detail.html", context)


def _federated(council: Council, day: datetime.date) -> dict[str, Any]:
    """The councils a federation joins: those with a public page, how many others, and where they are."""
    if not council.is_federation:
        return {}
    joined = selectors.federated_councils(council, day)
    shown = [one for one in joined if one.council.is_public]
    drawn = councils_map(one.council for one in shown)
    return {"federated": shown, "hidden_count": len(joined) - len(shown), "map": drawn}


@require_safe
def council_rules(request: HttpRequest, slug: str) -> HttpResponse:
    """The rules in force, each with the legal default, its source, and whether we could check it."""
    council = public_council(slug, request.user)
    rules = selectors.bylaws(council)
    return render(request, "councils/public/council_rules.html", {"council": council, "rules": rules})


@require_safe
def calendar_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """The council's dates, for any calendar."""
    council = public_council(slug, request.user)
    response = HttpResponse(feed_of(council), content_type=CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{council.slug}.ics"'
    return response


@never_cache
@require_safe
def document_file(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """A document: public ones for anyone who sees the council, the others for its members."""
    council = public_council(slug, request.user)
    document = get_object_or_404(CouncilDocument, pk=pk, council=council)
    is_open = document.is_public and document.withdrawn_on is None
    if not is_open and not can_see_member_pages(request.user, council):
        raise Http404
    return sent_file(document.file)
