"""The registers of agreements and of cooperation groups: read by anyone, kept in the workspace."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import posted
from consultations.actions import services
from consultations.actions.models import Agreement, CooperationGroup
from consultations.actions.permissions import can_create_sheet, can_edit_agreement, can_edit_group
from consultations.actions.register_forms import AgreementForm, GroupForm
from consultations.actions.selectors.registers import (
    agreement_entry,
    agreements_register,
    group_entry,
    groups_register,
    table_of,
)
from consultations.actions.views.access import attempt, staff, status_of
from consultations.process.views.access import StaffRequest
from core.repeats import once
from core.tables import table_file


@require_safe
def agreements(request: HttpRequest) -> HttpResponse:
    """The register of partnership agreements."""
    return render(request, "actions/public/agreements.html", {"lines": agreements_register()})


@require_safe
def agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """One agreement."""
    one = get_object_or_404(Agreement.objects.select_related("territory"), pk=pk)
    return render(request, "actions/public/agreement.html", {"line": agreement_entry(one)})


@require_safe
def agreements_table(request: HttpRequest, extension: str) -> HttpResponse:
    """The register as a file."""
    return table_file(table_of(agreements_register()), "conventions", extension)


@require_safe
def groups(request: HttpRequest) -> HttpResponse:
    """The register of cooperation groups."""
    return render(request, "actions/public/groups.html", {"lines": groups_register()})


@require_safe
def group(request: HttpRequest, slug: str) -> HttpResponse:
    """One group."""
    one = get_object_or_404(CooperationGroup.objects.select_related("territory", "convener"), slug=slug)
    return render(request, "actions/public/group.html", {"line": group_entry(one)})


@require_safe
def groups_table(request: HttpRequest, extension: str) -> HttpResponse:
    """The register as a file."""
    return table_file(table_of(groups_register()), "groupements", extension)


@staff
@require_safe
def agreement_list(request: StaffRequest) -> HttpResponse:
    """The register, with what is about to end."""
    context = {
        "lines": agreements_register(reader=request.user),
        "can_create": can_create_sheet(request.user),
    }
    return render(request, "actions/workspace/agreements.html", context)


@staff
@once
def agreement_edit(request: StaffRequest, pk: int | None = None) -> HttpResponse:
    """Record an agreement, or change one."""
    entry = get_object_or_404(Agreement, pk=pk) if pk else None
    may = can_edit_agreement(request.user, entry) if entry else can_create_sheet(request.user)
    if not may:
        raise PermissionDenied(_("You may only record the agreements of your organisation or of your place."))
    form: Any = AgreementForm(posted(request), entry=entry, user=request.user)
    made = attempt(
        form, lambda: services.write_agreement(actor=request.user, agreement=entry, **form.values())
    )
    if made:
        messages.success(request, _("Saved."))
        return redirect("actions:agreement_list")
    context = {"form": form, "agreement": entry}
    return render(request, "actions/workspace/agreement.html", context, status=status_of(form))


@staff
@require_safe
def group_list(request: StaffRequest) -> HttpResponse:
    """The register, with what is about to end."""
    context = {"lines": groups_register(reader=request.user), "can_create": can_create_sheet(request.user)}
    return render(request, "actions/workspace/groups.html", context)


@staff
@once
def group_edit(request: StaffRequest, pk: int | None = None) -> HttpResponse:
    """Record a group, or change one."""
    entry = get_object_or_404(CooperationGroup, pk=pk) if pk else None
    may = can_edit_group(request.user, entry) if entry else can_create_sheet(request.user)
    if not may:
        raise PermissionDenied(_("You may only record the groups of your organisation or of your place."))
    form: Any = GroupForm(posted(request), entry=entry, user=request.user)
    made = attempt(form, lambda: services.write_group(actor=request.user, group=entry, **form.values()))
    if made:
        messages.success(request, _("Saved."))
        return redirect("actions:group_list")
    context = {"form": form, "group": entry}
    return render(request, "actions/workspace/group.html", context, status=status_of(form))
