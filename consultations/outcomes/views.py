"""What anyone reads of what became of what was said, and the list of those who start actions."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import take_errors
from consultations.actions.permissions import can_create_sheet
from consultations.actions.views.access import staff
from consultations.bank.services import publish_quotation, withdraw_quotation
from consultations.outcomes import selectors
from consultations.outcomes.forms import QuotationForm
from consultations.process.models import Consultation
from consultations.process.permissions import can_organise, can_publish_figures
from consultations.process.views.access import StaffRequest, consultation_or_refuse, workspace
from core.preferences import read_preferences
from territories.asked import address_of, asked_territory


@require_safe
def consultation(request: HttpRequest, slug: str) -> HttpResponse:
    """From what you said to what was done, for one consultation."""
    found = get_object_or_404(Consultation.objects.public().select_related("organisation"), slug=slug)
    context = {
        "consultation": found,
        "outcome": selectors.outcome_of(found),
        "easy": read_preferences(request).easy_read,
    }
    return render(request, "outcomes/public/consultation.html", context)


@require_safe
def unanswered(request: HttpRequest) -> HttpResponse:
    """Needs many people voiced that no action answers, in the whole or at one place."""
    territory = asked_territory(request)
    context = {
        "territory": territory,
        "chosen": address_of(territory) if territory else "",
        "lines": selectors.unanswered_needs(territory=territory),
        "places": selectors.places_voiced(),
        "may_start": can_create_sheet(request.user),
        "easy": read_preferences(request).easy_read,
    }
    return render(request, "outcomes/public/unanswered.html", context)


@staff
@require_safe
def unanswered_inside(request: StaffRequest) -> HttpResponse:
    """The same for those who organise, from the answers to their own surveys."""
    if not can_organise(request.user):
        raise PermissionDenied(_("Your role does not open this page."))
    territory = asked_territory(request)
    context = {
        "territory": territory,
        "chosen": address_of(territory) if territory else "",
        "lines": selectors.unanswered_inside(request.user, territory=territory),
        "places": selectors.places_voiced(),
        "may_start": can_create_sheet(request.user),
    }
    return render(request, "outcomes/workspace/unanswered.html", context)


@workspace()
def words(request: StaffRequest, pk: UUID) -> HttpResponse:
    """What people wrote, for those who may make some of it public."""
    found = consultation_or_refuse(pk, request.user, can_publish_figures)
    form = QuotationForm(request.POST if request.method == "POST" else None, initial=_asked_words(request))
    if form.is_bound and form.is_valid():
        try:
            given = form.cleaned_data
            publish_quotation(
                actor=request.user, consultation=found, text=given["text"],
                codes=[given["code"]] if given["code"] else [], nobody_recognised=given["nobody_recognised"],
            )  # fmt: skip
        except ValidationError as error:
            take_errors(form, error)
        else:
            messages.success(request, _("These words are public."))
            return redirect("outcomes:words", found.pk)
    context = {
        "consultation": found,
        "form": form,
        "groups": selectors.words_of(found),
        "quotations": found.quotations.all(),
    }
    return render(request, "outcomes/workspace/words.html", context, status=422 if form.errors else 200)


def _asked_words(request: StaffRequest) -> dict[str, str]:
    """What was chosen in the list, to be worded anew."""
    return {"text": request.GET.get("text", "")[:400], "code": request.GET.get("code", "")[:20]}


@require_POST
@workspace()
def words_withdraw(request: StaffRequest, pk: UUID, quotation: UUID) -> HttpResponse:
    """Take words back."""
    found = consultation_or_refuse(pk, request.user, can_publish_figures)
    withdraw_quotation(actor=request.user, quotation=get_object_or_404(found.quotations, pk=quotation))
    messages.success(request, _("These words are no longer public."))
    return redirect("outcomes:words", found.pk)
