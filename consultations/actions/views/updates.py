"""News of a sheet in the workspace: written, corrected, withdrawn."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from accounts.access import posted
from consultations.actions import services
from consultations.actions.models import ActionSheet, Update
from consultations.actions.permissions import can, can_correct_update, row_fields
from consultations.actions.selectors.updates import news_of
from consultations.actions.update_forms import UpdateForm, WithdrawForm
from consultations.actions.views.access import attempt, page, sheet_or_refuse, staff, status_of
from consultations.process.views.access import StaffRequest
from core.repeats import once


def _form(request: StaffRequest, sheet: ActionSheet, update: Update | None = None) -> UpdateForm:
    return UpdateForm(
        posted(request), request.FILES if request.method == "POST" else None, sheet=sheet, update=update,
        may_measure=bool(row_fields(request.user, sheet, "measure")),
    )  # fmt: skip


@staff
@once
def updates(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The news so far, and a form for those who may write some."""
    sheet = sheet_or_refuse(pk, request.user)
    may_tell = sheet.is_public and can("tell", request.user, sheet)
    if request.method == "POST" and not may_tell:
        raise PermissionDenied(_("You may not do this with this action sheet, or not in its present state."))
    form = _form(request, sheet) if may_tell else None
    if form is not None and attempt(
        form, lambda: services.publish_update(actor=request.user, sheet=sheet, told=form.told())
    ):
        messages.success(request, _("Published: everyone can read it on the page of the sheet."))
        return redirect("actions:updates", sheet.pk)
    news = news_of(sheet, may_correct=lambda one: can_correct_update(request.user, one))
    context = {"form": form, "news": news, "tab": "nouvelles"}
    status = status_of(form) if form is not None else 200
    return page(request, "actions/workspace/updates.html", sheet, context, status)


def _update(request: StaffRequest, pk: UUID, update_pk: UUID) -> Update:
    """One piece of news that the person may change; 404 for one of another sheet, 403 otherwise."""
    sheet = sheet_or_refuse(pk, request.user)
    update = get_object_or_404(
        Update.objects.select_related("measure__indicator", "sheet"), pk=update_pk, sheet=sheet
    )
    if not can_correct_update(request.user, update):
        raise PermissionDenied(_("You may not change this piece of news."))
    return update


@staff
def update_correct(request: StaffRequest, pk: UUID, update_pk: UUID) -> HttpResponse:
    """Correct it in the open."""
    update = _update(request, pk, update_pk)
    if update.withdrawn_on is not None:
        messages.error(request, _("This piece of news was withdrawn: it no longer changes. Write another."))
        return redirect("actions:updates", pk)
    form = _form(request, update.sheet, update)
    done = attempt(
        form,
        lambda: services.correct_update(
            actor=request.user, update=update, told=form.told(), kept_photos=form.kept_photos()
        ),
    )
    if done:
        messages.success(request, _("Corrected. The former words stay readable under the new ones."))
        return redirect("actions:updates", pk)
    context = {"form": form, "update": update, "photos": form.kept, "tab": "nouvelles"}
    return page(request, "actions/workspace/update.html", update.sheet, context, status_of(form))


@staff
def update_withdraw(request: StaffRequest, pk: UUID, update_pk: UUID) -> HttpResponse:
    """Take it off the page, with the reason."""
    update = _update(request, pk, update_pk)
    form = WithdrawForm(posted(request))
    if attempt(
        form, lambda: services.withdraw_update(actor=request.user, update=update, **form.cleaned_data)
    ):
        messages.success(request, _("Withdrawn. The page says why."))
        return redirect("actions:updates", pk)
    context = {"form": form, "update": update, "tab": "nouvelles"}
    return page(request, "actions/workspace/update_withdraw.html", update.sheet, context, status_of(form))
