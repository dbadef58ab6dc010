"""Writing the scenario: stages from a template, added, moved, changed and removed until they have run."""

from typing import Any, TypedDict, Unpack

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.workshops.board import items
from consultations.workshops.kinds import read_settings
from consultations.workshops.models import ScenarioTemplate, Stage, Workshop
from consultations.workshops.models.scenario import MAX_STAGES
from consultations.workshops.permissions import can_edit_workshop, can_facilitate_workshop
from consultations.workshops.scenarios import StagePlan, plan_as_json
from consultations.workshops.services.preparing import lock_workshop
from consultations.workshops.services.running import find_room_of
from consultations.workshops.services.telling import tell, tell_undoable
from core.services import record_audit


class StageFields(TypedDict, total=False):
    """What is written about a stage."""

    title: str
    instruction: str
    easy_read: str
    minutes: int
    source: Stage | None
    settings: dict[str, Any]


def _locked(actor: User, workshop: Workshop) -> tuple[Workshop, list[Stage]]:
    """The workshop for this transaction alone, with its stages in order."""
    workshop = lock_workshop(workshop)
    if not can_edit_workshop(actor, workshop):
        raise PermissionDenied(_("You may not change this scenario, or not in its present state."))
    return workshop, list(workshop.stages.select_related("source"))


def refuse_if_run(stage: Stage) -> None:
    """What people did in a stage refers to its words and rules: they stay as they were."""
    if stage.has_run:
        raise ValidationError(
            _("“%(title)s” has already started: it can no longer be changed.") % {"title": stage}
        )


def _save_order(stages: list[Stage]) -> None:
    for order, stage in enumerate(stages, start=1):
        if stage.order != order:
            stage.order = order
            stage.save(update_fields=["order"])


def _tell_room(workshop: Workshop, *, removed: list[str] | None = None) -> None:
    """Screens already in the room learn the new scenario."""
    room = find_room_of(workshop)
    if room is None or not room.is_open:
        return
    stages = [items.stage_item(stage) for stage in workshop.stages.all()]
    tell(room, "stage_changed", put={"stages": stages}, drop={"stages": removed} if removed else None)
    if removed:
        tell_undoable(room, "stage_changed")  # what was done to the board of a stage goes with it


@transaction.atomic
def use_template(
    *, actor: User, workshop: Workshop, plans: list[StagePlan], after: bool = False
) -> list[Stage]:
    """Replace the whole scenario by that of a template, while nothing has run; or add its stages `after`."""
    workshop, stages = _locked(actor, workshop)
    kept = stages if after else []
    if len(kept) + len(plans) > MAX_STAGES:
        raise ValidationError(_("A scenario has at most %(most)s stages.") % {"most": MAX_STAGES})
    removed = [] if after else _remove_all(workshop, stages)
    made: list[Stage] = []
    for order, plan in enumerate(plans, start=len(kept) + 1):
        stage = Stage(
            workshop=workshop, order=order, kind=plan.kind, title=str(plan.title), minutes=plan.minutes,
            instruction=str(plan.instruction), easy_read=str(plan.easy_read),
            settings=read_settings(plan.kind, dict(plan.settings)).model_dump(mode="json"),
            source=made[plan.source] if plan.source is not None else None,
        )  # fmt: skip
        stage.full_clean()
        stage.save(force_insert=True)
        made.append(stage)
    _tell_room(workshop, removed=removed)
    record_audit(actor=actor, verb="scenario_started", target=workshop, changes={"stages": len(made)})
    return made


def _remove_all(workshop: Workshop, stages: list[Stage]) -> list[str]:
    for stage in stages:
        refuse_if_run(stage)
    workshop.stages.all().delete()
    return [str(stage.pk) for stage in stages]


@transaction.atomic
def add_stage(*, actor: User, workshop: Workshop, kind: str, **fields: Unpack[StageFields]) -> Stage:
    """One more stage at the end, with the usual settings of its kind."""
    workshop, stages = _locked(actor, workshop)
    if len(stages) >= MAX_STAGES:
        raise ValidationError(_("A scenario has at most %(most)s stages.") % {"most": MAX_STAGES})
    settings = read_settings(kind, fields.pop("settings", {})).model_dump(mode="json")
    given = {"title": str(Stage.Kind(kind).label).capitalize(), **fields}
    stage = Stage(workshop=workshop, kind=kind, order=len(stages) + 1, settings=settings, **given)
    stage.full_clean()
    stage.save(force_insert=True)
    _tell_room(workshop)
    record_audit(actor=actor, verb="stage_added", target=stage)
    return stage


@transaction.atomic
def update_stage(*, actor: User, stage: Stage, **fields: Unpack[StageFields]) -> Stage:
    """Change the words, the time or the rules of a stage that has not run."""
    workshop, stages = _locked(actor, stage.workshop)
    stage = next(one for one in stages if one.pk == stage.pk)
    refuse_if_run(stage)
    source = fields.get("source", stage.source)
    if source is not None and (source.workshop_id != workshop.pk or source.order >= stage.order):
        raise ValidationError({"source": _("Choose a stage that comes before this one.")})
    if "settings" in fields:
        fields["settings"] = read_settings(stage.kind, fields["settings"]).model_dump(mode="json")
    for name, value in fields.items():
        setattr(stage, name, value)
    stage.full_clean()
    stage.save(update_fields=list(fields))
    _tell_room(workshop)
    record_audit(actor=actor, verb="stage_updated", target=stage)
    return stage


@transaction.atomic
def move_stage(*, actor: User, stage: Stage, up: bool) -> Stage:
    """Exchange it with the stage before or after; what has run stays where it was."""
    workshop, stages = _locked(actor, stage.workshop)
    place = next(index for index, one in enumerate(stages) if one.pk == stage.pk)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(stages):
        return stage
    for moved in (stages[place], stages[other]):
        refuse_if_run(moved)
    stages[place], stages[other] = stages[other], stages[place]
    _save_order(stages)
    _forget_later_sources(stages)
    _tell_room(workshop)
    record_audit(actor=actor, verb="stage_moved", target=stage)
    return stages[other]


def _forget_later_sources(stages: list[Stage]) -> None:
    """A stage cannot work on what comes after it: it works on every card before it instead."""
    places = {stage.pk: stage.order for stage in stages}
    for stage in stages:
        if stage.source_id is not None and places[stage.source_id] >= stage.order:
            stage.source = None
            stage.save(update_fields=["source"])


@transaction.atomic
def remove_stage(*, actor: User, stage: Stage) -> None:
    """Take a stage that has not run out of the scenario."""
    workshop, stages = _locked(actor, stage.workshop)
    stage = next(one for one in stages if one.pk == stage.pk)
    refuse_if_run(stage)
    record_audit(actor=actor, verb="stage_removed", target=stage)
    removed = str(stage.pk)
    stage.delete()
    _save_order(list(workshop.stages.all()))
    _tell_room(workshop, removed=[removed])


@transaction.atomic
def save_template(*, actor: User, workshop: Workshop, title: str, about: str = "") -> ScenarioTemplate:
    """Keep the scenario for other workshops of the territory."""
    if not can_facilitate_workshop(actor, workshop):
        raise PermissionDenied
    stages = list(workshop.stages.all())
    if not stages:
        raise ValidationError(_("Write at least one stage before saving a template."))
    places = {stage.pk: index for index, stage in enumerate(stages)}
    plans = [
        plan_as_json(
            StagePlan(
                stage.kind, stage.title, stage.minutes, stage.instruction, stage.easy_read,
                {name: value for name, value in stage.settings.items() if name != "polls"},
                places.get(stage.source_id) if stage.source_id else None,
            )
        )
        for stage in stages
    ]  # fmt: skip
    template = ScenarioTemplate(
        title=title.strip(), about=about.strip(), stages=plans, saved_by=actor,
        territory=workshop.consultation.territory,
    )  # fmt: skip
    template.full_clean()
    template.save(force_insert=True)
    record_audit(actor=actor, verb="scenario_template_saved", target=template)
    return template
