"""The same gesture on several records: what it would change is read before it is done."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.access import StaffRequest, attempt
from directory.forms.keeping import BulkForm
from directory.models import Service
from directory.selectors.desk import kept_services
from directory.services.bulk import MOST_AT_ONCE, edit_records, preview_records
from directory.views.access import desk, status_of


@desk
def record_bulk(request: StaffRequest) -> HttpResponse:
    """First what would change, record by record; then, once it is confirmed, all of it or nothing."""
    if request.method != "POST":
        return redirect("directory_desk:list")
    form, chosen = BulkForm(request.POST), _ticked(request)
    if "sure" in request.POST:
        done = attempt(form, lambda: edit_records(actor=request.user, services=chosen, **form.cleaned_data))
        if done:
            count = {"count": int(done)}
            messages.success(request, _("Done on %(count)d records.") % count)
            return redirect("directory_desk:list")
    lines = attempt(form, lambda: preview_records(actor=request.user, services=chosen, **form.cleaned_data))
    context = {
        "form": form,
        "lines": lines or [],
        "action": dict(BulkForm.ACTIONS).get(form.data.get("action", ""), ""),
        "changing": sum(one.changes for one in lines or []),
        "ticked": chosen,
    }
    return render(request, "directory/workspace/bulk.html", context, status=status_of(form))


def _ticked(request: StaffRequest) -> list[Service]:
    """The ticked records that are the person's own; a number that is none of theirs is left out."""
    keys = [one for one in request.POST.getlist("one") if one.isascii() and one.isdecimal() and len(one) < 19]
    return list(kept_services(request.user).filter(pk__in=keys[:MOST_AT_ONCE]).order_by("name", "pk"))
