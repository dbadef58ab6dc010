"""Acts, rules, vacancies and documents of a council."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import attempt
from consultations.councils import selectors, services
from consultations.councils.bylaw_forms import BylawsForm
from consultations.councils.forms import CouncilDocumentForm, DayForm, FoundingActForm, VacancyForm
from consultations.councils.models import Constituency, CouncilDocument, FoundingAct, VacancyRecord
from consultations.councils.permissions import (
    can_edit_bylaws,
    can_edit_council,
    can_record_founding_act,
    can_record_vacancy,
)
from consultations.councils.views.access import council_or_refuse, page, sent_file, staff
from consultations.process.views.access import StaffRequest, posted


@staff
def act_record(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The founding act and its seats; those of the present act are offered."""
    council = council_or_refuse(pk, request.user, can_record_founding_act)
    seats = selectors.seats_on(council, timezone.localdate())
    initial = {f"{code}_full": count.full for code, count in seats.items()}
    initial |= {f"{code}_substitute": count.substitute for code, count in seats.items()}
    form = FoundingActForm(posted(request), request.FILES or None, initial=initial)

    def record() -> FoundingAct:
        return services.record_founding_act(actor=request.user, council=council, **form.fields_for_service())

    if attempt(form, record):
        messages.success(request, _("The act is recorded: seats can be given."))
        return redirect("councils:composition", council.pk)
    acts = council.founding_acts.prefetch_related("allocations")
    return page(request, "councils/workspace/act.html", council, {"form": form, "acts": acts}, form)


@staff
def act_sent(request: StaffRequest, pk: UUID, act_pk: UUID) -> HttpResponse:
    """The day it was sent to the authority."""
    council = council_or_refuse(pk, request.user, can_record_founding_act)
    act = get_object_or_404(council.founding_acts, pk=act_pk)
    form = DayForm(posted(request), initial={"day": timezone.localdate()})
    if attempt(
        form, lambda: services.record_sending(actor=request.user, act=act, sent_on=form.cleaned_data["day"])
    ):
        messages.success(request, _("Saved."))
        return redirect("councils:act", council.pk)
    return page(request, "councils/workspace/act_sent.html", council, {"form": form, "act": act}, form)


@require_safe
@staff
def act_file(request: StaffRequest, pk: UUID, act_pk: UUID) -> HttpResponse:
    """The signed document of an act, for the members."""
    council = council_or_refuse(pk, request.user)
    act = get_object_or_404(council.founding_acts, pk=act_pk)
    if not act.document:
        raise Http404
    return sent_file(act.document)


@staff
def bylaws(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The rules in force beside their defaults; a form for those who may; every version below."""
    council = council_or_refuse(pk, request.user)
    rules = selectors.bylaws(council)
    may = can_edit_bylaws(request.user, council)
    data = posted(request) if may else None
    form = BylawsForm(data, rules=rules, initial={"valid_from": timezone.localdate()}) if may else None

    def save() -> object:
        assert form is not None  # noqa: S101 - for the type checker
        given = {name: form.cleaned_data[name] for name in ("valid_from", "adopted_on", "reason")}
        return services.set_bylaw_values(actor=request.user, council=council, values=form.values(), **given)

    if form and attempt(form, save):
        messages.success(request, _("The rules are saved, with their history."))
        return redirect("councils:bylaws", council.pk)
    versions = selectors.bylaw_history(council)
    context = {"form": form, "rules": rules, "versions": versions}
    return page(request, "councils/workspace/bylaws.html", council, context, *([form] if form else []))


@staff
def vacancy_record(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Nobody could be found for a constituency."""
    council = council_or_refuse(pk, request.user, can_record_vacancy)
    seats = selectors.seats_on(council, timezone.localdate()) or dict.fromkeys(Constituency.values)
    initial = {"recorded_on": timezone.localdate(), "constituency": request.GET.get("constituency", "")}
    form = VacancyForm(posted(request), codes=seats, initial=initial)
    if attempt(
        form, lambda: services.record_vacancy(actor=request.user, council=council, **form.cleaned_data)
    ):
        messages.success(request, _("The vacancy is recorded: the majority is counted on the others."))
        return redirect("councils:composition", council.pk)
    return page(request, "councils/workspace/vacancy.html", council, {"form": form}, form)


@require_POST
@staff
def vacancy_lift(request: StaffRequest, pk: UUID, vacancy_pk: UUID) -> HttpResponse:
    """The constituency counts again from today."""
    council = council_or_refuse(pk, request.user, can_record_vacancy)
    record = get_object_or_404(VacancyRecord, pk=vacancy_pk, council=council, lifted_on=None)
    try:
        services.lift_vacancy(actor=request.user, record=record, lifted_on=timezone.localdate())
        messages.success(request, _("Saved."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("councils:composition", council.pk)


@staff
def documents(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The files of the council, and adding one."""
    council = council_or_refuse(pk, request.user)
    may = can_edit_council(request.user, council)
    form = CouncilDocumentForm(posted(request) if may else None, request.FILES or None)
    if may and attempt(
        form, lambda: services.add_council_document(actor=request.user, council=council, **form.cleaned_data)
    ):
        messages.success(request, _("Added."))
        return redirect("councils:documents", council.pk)
    found = council.documents.filter(withdrawn_on=None)
    return page(
        request, "councils/workspace/documents.html", council, {"form": form, "documents": found}, form
    )


@require_POST
@staff
def document_withdraw(request: StaffRequest, pk: UUID, document_pk: UUID) -> HttpResponse:
    """Off the pages; kept."""
    council = council_or_refuse(pk, request.user, can_edit_council)
    document = get_object_or_404(CouncilDocument, pk=document_pk, council=council)
    services.withdraw_council_document(actor=request.user, document=document)
    messages.success(request, _("Withdrawn: it is no longer shown, and it is kept."))
    return redirect("councils:documents", council.pk)
