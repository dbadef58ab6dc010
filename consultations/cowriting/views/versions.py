"""Versions: named, compared, come back to."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import take_errors
from consultations.cowriting.forms import VersionForm
from consultations.cowriting.models import Manuscript, Version
from consultations.cowriting.selectors import changes_between
from consultations.cowriting.services.versions import name_version, restore_version
from consultations.cowriting.views.access import INVALID, manuscript_or_refuse, page, signed_in
from consultations.process.views.access import StaffRequest, posted
from core.repeats import once


@signed_in
@once
def versions(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Every version, and what changed between two of them; whoever may gives a name to the present texts."""
    manuscript = manuscript_or_refuse(request, pk)
    form = VersionForm(posted(request))
    if form.is_bound and form.is_valid():
        try:
            version = name_version(actor=request.user, manuscript=manuscript, name=form.cleaned_data["name"])
        except ValidationError as error:
            take_errors(form, error)
        else:
            messages.success(request, _("Version %(number)s is kept.") % {"number": version.number})
            return redirect("cowriting:versions", manuscript.pk)
    found = list(manuscript.versions.select_related("named_by"))
    old, new = _chosen(request, manuscript, found)
    return page(
        request,
        "cowriting/versions.html",
        manuscript,
        "versions",
        status=INVALID if form.errors else 200,
        form=form,
        versions=found,
        old=old,
        new=new,
        changes=changes_between(manuscript, old, new) if new else [],
    )


def _chosen(
    request: HttpRequest, manuscript: Manuscript, found: list[Version]
) -> tuple[Version | None, Version | None]:
    """The two versions asked for; the last two when nothing sensible is asked."""
    by_number = {str(one.number): one for one in found}
    new = by_number.get(request.GET.get("apres", ""), found[0] if found else None)
    earlier = [one for one in found if new and one.number < new.number]
    old = by_number.get(request.GET.get("avant", ""), earlier[0] if earlier else None)
    if old and new and old.number > new.number:
        old, new = new, old
    return old if old != new else None, new


@signed_in
@require_POST
def restore(request: StaffRequest, pk: UUID, number: int) -> HttpResponse:
    """Come back to an earlier version; the present texts are kept as a version first."""
    manuscript = manuscript_or_refuse(request, pk)
    version = get_object_or_404(manuscript.versions, number=number)
    try:
        restore_version(actor=request.user, version=version)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The texts are those of version %(number)s again.") % {"number": number})
    return redirect("cowriting:versions", manuscript.pk)
