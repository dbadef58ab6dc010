"""The workspace: needs that found no answer, and what is answered to each."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import StaffRequest, attempt, posted, workspace
from core.repeats import once
from needs.selectors import needs_by_code
from unmet.forms import FilterForm, ReplyForm
from unmet.models import Signal
from unmet.permissions import can_answer_signal, can_read_signals, parts_of
from unmet.registries import panels_of, public_address
from unmet.selectors import Place, line_of, lines, places_read, years_counted
from unmet.services.replying import reply_to_signal
from unmet.states import LIFE

PAGE, INVALID = 50, 422
readers = workspace(can_read_signals)


@readers
@require_safe
def signal_list(request: StaffRequest) -> HttpResponse:
    """The signals of a place, the most frequent first."""
    places = places_read(request.user)
    form = FilterForm(request.GET, places=places, years=years_counted())
    form.is_valid()
    asked = form.cleaned_data
    place = next((one for one in places if one.address == asked.get("territory")), next(iter(places), None))
    state, kind, year = (asked.get(name, "") for name in ("state", "kind", "year"))
    found = lines(place, year=int(year or 0), state=state, kind=kind) if place else []
    context = {
        "form": form,
        "place": place,
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "waiting": sum(one.signal.state == Signal.State.OPEN for one in found),
        "is_filtered": bool(state or kind),
    }
    return render(request, "unmet/workspace/list.html", context)


@readers
@once
def signal_detail(request: StaffRequest, pk: int) -> HttpResponse:
    """One signal: its figures, what was answered, and the form of those who answer."""
    signal = get_object_or_404(Signal.objects.select_related("territory__level"), pk=pk)
    if not LIFE.can("read", parts_of(request.user, signal), signal):
        raise PermissionDenied(_("This signal is about a territory that is not yours."))
    may_answer = can_answer_signal(request.user, signal)
    if request.method == "POST" and not may_answer:
        raise PermissionDenied(_("Only those who answer for this territory reply to signals."))
    form = ReplyForm(posted(request), signal=signal) if may_answer else None
    if form is not None and attempt(
        form, lambda: reply_to_signal(actor=request.user, signal=signal, **form.cleaned_data)
    ):
        messages.success(request, _("Your reply is written. Everyone reads it once the figure is published."))
        return redirect("unmet:detail", signal.pk)
    status = INVALID if form is not None and form.errors else 200
    return render(request, "unmet/workspace/detail.html", _detail(request, signal, form), status=status)


def _detail(request: StaffRequest, signal: Signal, form: ReplyForm | None) -> dict[str, object]:
    place = next((one for one in places_read(request.user) if one.pk == signal.territory_id), None)
    spot = place or Place(signal.territory_id, "", signal.territory.name, is_whole=False)
    return {
        "signal": signal,
        "need": needs_by_code([signal.need]).get(signal.need),
        "line": line_of(signal, spot),
        "replies": signal.replies.select_related("author"),
        "form": form,
        "panels": panels_of(signal, request.user),
        "public_url": public_address(signal),
    }
