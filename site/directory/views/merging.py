"""Possible duplicates, two records side by side, merging and undoing."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import StaffRequest
from directory.duplicates import compare
from directory.models import LikelyPair, Merge, Service
from directory.permissions import can_steward, stewarded_organisations
from directory.selectors.duplicates import (
    explained,
    likely_pairs_of,
    pair_of,
    profile_of,
    side_by_side,
    waiting_to_compare,
)
from directory.selectors.records import with_parts
from directory.services.duplicates import put_pair_back, set_pair_aside
from directory.services.merges import TAKEN, merge_services, undo_merge
from directory.views.access import INVALID, stewards
from organisations.models import Organisation

PAGE, SHOWN_MERGES = 25, 20


@stewards
def duplicate_list(request: StaffRequest) -> HttpResponse:
    """The records that may be the same, and the last mergers."""
    kept = Organisation.objects.filter(stewarded_organisations(request.user))
    merges = Merge.objects.filter(kept__organisation__in=kept, undone_at=None).select_related(
        "kept", "absorbed"
    )
    page = Paginator(likely_pairs_of(request.user), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "pairs": explained(page),
        "waiting": waiting_to_compare(request.user),
        "aside": likely_pairs_of(request.user, aside=True)[:SHOWN_MERGES],
        "merges": merges[:SHOWN_MERGES],
    }
    return render(request, "directory/workspace/duplicates.html", context)


def _two(request: StaffRequest, kept: str, absorbed: str) -> tuple[Service, Service]:
    """Both records, when the person is the steward of both."""
    pair = tuple(get_object_or_404(with_parts(), slug=slug) for slug in (kept, absorbed))
    if not all(can_steward(request.user, one.organisation) for one in pair):
        raise PermissionDenied(_("You are not the steward of both records."))
    return pair[0], pair[1]


@stewards
def duplicate_pair(request: StaffRequest, kept: str, absorbed: str) -> HttpResponse:
    """Side by side: which record is kept, and which of its fields come from the other."""
    one, other = _two(request, kept, absorbed)
    if request.method != "POST" and (one.merged_into_id or other.merged_into_id):
        messages.info(request, _("One of these records has already been merged."))
        return redirect("directory_desk:duplicates")
    context: dict[str, Any] = {"kept": one, "absorbed": other, "problem": "", "pair": pair_of(one, other)}
    if request.method == "POST":
        take = request.POST.getlist("take")
        try:
            if not TAKEN.issuperset(take):
                raise ValidationError(
                    _("One of the ticked lines does not exist: tick again what is to be taken.")
                )
            merge_services(actor=request.user, kept=one, absorbed=other, take=take)
        except ValidationError as error:
            context["problem"] = error.messages[0]
        else:
            messages.success(request, _("Merged. The old address leads to the record kept."))
            return redirect("directory_desk:service", one.slug)
    context |= {"lines": side_by_side(one, other), "likeness": compare(profile_of(one), profile_of(other))}
    status = INVALID if context["problem"] else 200
    return render(request, "directory/workspace/pair.html", context, status=status)


@stewards
@require_POST
def pair_decide(request: StaffRequest, pk: int) -> HttpResponse:
    """They are two services; or look at them again."""
    pair = get_object_or_404(
        LikelyPair.objects.select_related("one__organisation", "other__organisation"), pk=pk
    )
    if request.POST.get("back"):
        put_pair_back(actor=request.user, pair=pair)
        messages.success(request, _("The two records are in the list again."))
    else:
        set_pair_aside(actor=request.user, pair=pair)
        messages.success(request, _("Noted: they are two services. The pair is not shown any more."))
    return redirect("directory_desk:duplicates")


@stewards
@require_POST
def merge_undo(request: StaffRequest, pk: int) -> HttpResponse:
    """Take them apart again."""
    merge = get_object_or_404(
        Merge.objects.select_related("kept__organisation", "absorbed__organisation"), pk=pk
    )
    try:
        undo_merge(actor=request.user, merge=merge)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, _("Undone: both records are there again."))
    return redirect("directory_desk:duplicates")
