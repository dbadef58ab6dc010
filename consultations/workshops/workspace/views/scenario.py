"""Writing the scenario, stage by stage; everything works as plain forms."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from consultations.process.views.access import StaffRequest, posted
from consultations.workshops.forms.preparing import TemplateNameForm
from consultations.workshops.forms.stage import AddStageForm, StageForm
from consultations.workshops.models import Stage, Workshop
from consultations.workshops.permissions import can_edit_workshop, can_facilitate_workshop
from consultations.workshops.polling import polls_of
from consultations.workshops.preparation import time_warning
from consultations.workshops.selectors import templates_for
from consultations.workshops.services import scenario
from consultations.workshops.workspace.views.access import INVALID, workshop_or_refuse
from consultations.workshops.workspace.views.preparation import attempt, page, staff
from core.repeats import once


@staff
def scenario_page(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The stages in order with their time, the templates, and adding one."""
    workshop = workshop_or_refuse(pk, request.user, can_facilitate_workshop)
    return _page(request, workshop)


def _page(request: StaffRequest, workshop: Workshop, status: int = 200) -> HttpResponse:
    stages = list(workshop.stages.select_related("source"))
    may = can_edit_workshop(request.user, workshop)
    context: dict[str, Any] = {
        "workshop": workshop,
        "stages": stages,
        "minutes": sum(stage.minutes for stage in stages),
        "warning": time_warning(workshop, stages),
        "can_edit": may,
        "templates": templates_for(workshop) if may and not any(stage.has_run for stage in stages) else [],
        "add_form": AddStageForm(),
        "polls": polls_of(workshop),
    }
    return render(request, "workshops/workspace/scenario.html", context, status=status)


@staff
@require_POST
def template_use(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Start from a template; when stages are there already, ask what becomes of them."""
    workshop = workshop_or_refuse(pk, request.user, can_edit_workshop)
    wanted = request.POST.get("template", "")
    chosen = next((one for one in templates_for(workshop) if one.key == wanted), None)
    if chosen is None:
        messages.error(request, _("Choose a template in the list."))
        return _page(request, workshop, INVALID)
    stages, after = list(workshop.stages.all()), request.POST.get("do") == "after"
    if stages and request.POST.get("do") not in {"after", "replace"}:
        context = {"workshop": workshop, "stages": stages, "template": chosen}
        return render(request, "workshops/workspace/template_use.html", context)
    try:
        scenario.use_template(actor=request.user, workshop=workshop, plans=chosen.plans, after=after)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return _page(request, workshop, INVALID)
    messages.success(request, _("The scenario is ready. Change what you need, stage by stage."))
    return redirect("workshop_editor:scenario", workshop.pk)


@staff
@require_POST
@once
def stage_add(request: StaffRequest, pk: UUID) -> HttpResponse:
    """One more stage at the end, then its form."""
    workshop = workshop_or_refuse(pk, request.user, can_edit_workshop)
    form = AddStageForm(request.POST)
    if form.is_valid():
        try:
            stage = scenario.add_stage(actor=request.user, workshop=workshop, kind=form.cleaned_data["kind"])
        except ValidationError as error:
            messages.error(request, error.messages[0])
        else:
            return redirect("workshop_editor:stage", workshop.pk, stage.pk)
    else:
        messages.error(request, _("Choose a kind of stage in the list."))
    return _page(request, workshop, INVALID)


def _stage_or_refuse(request: StaffRequest, pk: UUID, stage: UUID) -> Stage:
    workshop = workshop_or_refuse(pk, request.user, can_edit_workshop)
    return get_object_or_404(workshop.stages.select_related("workshop__consultation", "source"), pk=stage)


@staff
def stage_edit(request: StaffRequest, pk: UUID, stage: UUID) -> HttpResponse:
    """The words, the time and the rules of one stage; read only once it has run."""
    found = _stage_or_refuse(request, pk, stage)
    earlier = list(found.workshop.stages.filter(order__lt=found.order))
    form = StageForm(posted(request), stage=found, earlier=earlier)
    if found.has_run:
        for field in form.fields.values():
            field.disabled = True

    def update() -> Stage:
        return scenario.update_stage(actor=request.user, stage=found, **form.fields_for_service())

    if attempt(form, update):
        messages.success(request, _("Saved."))
        return redirect("workshop_editor:scenario", found.workshop_id)
    context = {"form": form, "stage": found, "workshop": found.workshop}
    return page(request, "workshops/workspace/stage_form.html", context, form)


@staff
@require_POST
def stage_move(request: StaffRequest, pk: UUID, stage: UUID) -> HttpResponse:
    """Up or down by one place; the focus comes back to the same button."""
    found, up = _stage_or_refuse(request, pk, stage), request.POST.get("to") == "up"
    try:
        scenario.move_stage(actor=request.user, stage=found, up=up)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return _page(request, found.workshop, INVALID)
    response = redirect("workshop_editor:scenario", found.workshop_id)
    response["Location"] += f"#etape-{found.pk}"
    return response


@staff
@require_POST
def stage_remove(request: StaffRequest, pk: UUID, stage: UUID) -> HttpResponse:
    """Take it out of the scenario."""
    found = _stage_or_refuse(request, pk, stage)
    try:
        scenario.remove_stage(actor=request.user, stage=found)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return _page(request, found.workshop, INVALID)
    messages.success(request, _("“%(title)s” is removed.") % {"title": found.title})
    return redirect("workshop_editor:scenario", found.workshop_id)


@staff
def template_save(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Keep this scenario for other workshops."""
    workshop = workshop_or_refuse(pk, request.user, can_facilitate_workshop)
    form = TemplateNameForm(posted(request))

    def save() -> Any:
        return scenario.save_template(actor=request.user, workshop=workshop, **form.cleaned_data)

    if attempt(form, save):
        messages.success(request, _("The template is saved: it is offered for the next workshops here."))
        return redirect("workshop_editor:scenario", workshop.pk)
    return page(request, "workshops/workspace/template_save.html", {"form": form, "workshop": workshop}, form)
