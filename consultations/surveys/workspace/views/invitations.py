"""Inviting people: cards to print, e-mails sent in the background, reminders; never who has answered."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.access import take_errors
from consultations.process.views.access import StaffRequest, workspace
from consultations.surveys import services
from consultations.surveys.invitations import code_of, invitation_address, read_addresses
from consultations.surveys.models import InvitationBatch, Survey
from consultations.surveys.permissions import can_invite
from consultations.surveys.workspace.forms.survey import AddressesForm, CardsForm
from consultations.surveys.workspace.invited import batches_of, invited_rate, mailings_of
from consultations.surveys.workspace.views.access import INVALID, survey_or_refuse
from core.qr import qr_svg
from core.receipts import format_code
from core.repeats import once


@workspace()
@once
def survey_invitations(request: StaffRequest, pk: UUID) -> HttpResponse:
    """What was made, what is being sent, and the forms to make more."""
    survey = survey_or_refuse(pk, request.user, can_invite)
    if request.method != "POST":
        return _page(request, survey, CardsForm(prefix="cards"), AddressesForm())
    does = {"cards": _make_cards, "preview": _preview, "send": _send, "remind": _remind}
    action = does.get(request.POST.get("op", ""))
    return action(request, survey) if action else redirect("survey_editor:invitations", survey.pk)


def _page(
    request: StaffRequest, survey: Survey, cards: CardsForm, addresses: AddressesForm, status: int = 200
) -> HttpResponse:
    jobs, batches = mailings_of(survey), batches_of(survey)
    context = {
        "survey": survey,
        "can_edit": True,
        "cards": cards,
        "addresses": addresses,
        "batches": batches,
        "rate": invited_rate(survey),
        "jobs": jobs,
        "is_running": any(job.is_running for job in jobs),
        "can_remind": survey.status == Survey.Status.PUBLISHED
        and any(batch.kind == InvitationBatch.Kind.EMAIL for batch in batches),
    }
    return render(request, "surveys/workspace/invitations.html", context, status=status)


def _make_cards(request: StaffRequest, survey: Survey) -> HttpResponse:
    form = CardsForm(request.POST, prefix="cards")
    if form.is_valid():
        try:
            batch = services.issue_invitations(actor=request.user, survey=survey, **form.cleaned_data)
        except ValidationError as error:
            take_errors(form, error)
        else:
            messages.success(request, _("The cards are ready to print."))
            return redirect("survey_editor:invitation_cards", survey.pk, batch.pk)
    return _page(request, survey, form, AddressesForm(), INVALID)


def _preview(request: StaffRequest, survey: Survey) -> HttpResponse:
    """The addresses that will be invited and the lines left out; nothing is kept yet."""
    form = AddressesForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, survey, CardsForm(prefix="cards"), form, INVALID)
    found = read_addresses(form.cleaned_data["text"], survey=survey)
    status = 200 if found.addresses else INVALID
    context = {"survey": survey, "found": found}
    return render(request, "surveys/workspace/invitation_preview.html", context, status=status)


def _send(request: StaffRequest, survey: Survey) -> HttpResponse:
    """A second click finds every address invited already, and sends nothing more."""
    found = read_addresses(request.POST.get("addresses", "")[:300_000], survey=survey)
    if found.addresses:
        try:
            services.invite_by_email(actor=request.user, survey=survey, addresses=found.addresses)
        except ValidationError as error:
            messages.error(request, error.messages[0])
        else:
            messages.success(request, _("The invitations are being sent. You may leave this page."))
    return redirect("survey_editor:invitations", survey.pk)


def _remind(request: StaffRequest, survey: Survey) -> HttpResponse:
    try:
        services.remind_invited(actor=request.user, survey=survey)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, _("The reminder is being sent. You may leave this page."))
    return redirect("survey_editor:invitations", survey.pk)


@workspace()
def invitation_cards(request: StaffRequest, pk: UUID, batch: UUID) -> HttpResponse:
    """The cards of a batch, whether used or not: they can be printed again and tell nothing."""
    survey = survey_or_refuse(pk, request.user, can_invite)
    found = get_object_or_404(survey.invitation_batches, pk=batch, kind=InvitationBatch.Kind.CARDS)
    codes = sorted(code_of(key) for key in found.invitations.values_list("pk", flat=True))
    title = _("QR code of this invitation")
    context = {
        "survey": survey,
        "batch": found,
        "address": invitation_address(survey),
        "last_day": min(
            filter(None, [found.expires_on, survey.closes_on, survey.consultation.ends_on]), default=None
        ),
        "cards": [
            {"code": format_code(code), "qr": qr_svg(invitation_address(survey, code), title=title)}
            for code in codes
        ],
    }
    return render(request, "surveys/workspace/invitation_cards.html", context)
