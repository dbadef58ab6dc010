"""Reads of consultations for public pages and for the workspace."""

import datetime
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.permissions import Visitor, active_memberships, is_member
from consultations.process.models import Consultation, Stage
from consultations.process.permissions import READING, covered_territory_ids
from consultations.process.registries import stage_figures


@dataclass(frozen=True)
class Problem:
    """What still has to be filled in, at which field, and how."""

    field: str
    message: str


@dataclass(frozen=True)
class ThreadStep:
    """A stage as the thread draws it; `figure` is empty when there is nothing to show or it is withheld."""

    kind: str
    label: str
    figure: str
    status: str
    note: str
    is_late: bool = False


def publication_problems(consultation: Consultation) -> list[Problem]:
    """Everything that keeps a consultation from being published; a person must know why they are asked."""
    required = [
        ("summary", _("Write a summary of one or two sentences.")),
        ("purpose", _("Say what the answers will be used for.")),
        ("audiences", _("Choose at least one audience.")),
        ("legal_basis", _("Choose the legal basis.")),
        ("data_categories", _("Say what is collected.")),
        ("recipients", _("Say who sees the answers.")),
        ("contact", _("Give a phone number or an address for questions.")),
    ]
    problems = [Problem(name, text) for name, text in required if not getattr(consultation, name)]
    if consultation.retention_months < 1:
        problems.append(Problem("retention_months", _("Give the number of months, at least 1.")))
    if consultation.ends_on and consultation.ends_on < timezone.localdate():
        problems.append(Problem("ends_on", _("The last day is past: choose a later one.")))
    return problems


def visible_to(user: Visitor) -> QuerySet[Consultation]:
    """The consultations that the person works on."""
    consultations = Consultation.objects.select_related("territory__level", "organisation")
    if not is_member(user):
        return consultations.none()
    if user.is_superuser:
        return consultations
    organisations = [
        m.organisation_id for m in active_memberships(user) if m.role in READING and m.organisation_id
    ]
    return consultations.filter(
        Q(territory__in=covered_territory_ids(user, *READING)) | Q(organisation__in=organisations)
    )


def _figure(consultation: Consultation, stage: Stage) -> str:
    if stage.kind in stage_figures:
        return stage_figures[stage.kind](consultation) or stage.figure
    return stage.figure


def thread(consultation: Consultation) -> list[ThreadStep]:
    """The six stages from voices to satisfaction, in order."""
    today = timezone.localdate()
    return [
        ThreadStep(
            kind=stage.kind,
            label=stage.get_kind_display(),
            figure=_figure(consultation, stage),
            status=stage.status,
            note=stage.note,
            is_late=_is_late(stage, today),
        )
        for stage in consultation.stages.all()
    ]


def _is_late(stage: Stage, today: datetime.date) -> bool:
    return stage.status != Stage.Status.DONE and stage.planned_on is not None and stage.planned_on < today


def featured_consultation() -> Consultation | None:
    """The one the home page tells: published, and furthest along its thread."""
    published = Consultation.objects.filter(status=Consultation.Status.PUBLISHED).prefetch_related("stages")
    return max(published, key=_progress, default=None)


def _progress(consultation: Consultation) -> tuple[int, datetime.date]:
    done = sum(stage.status == Stage.Status.DONE for stage in consultation.stages.all())
    return done, consultation.starts_on
