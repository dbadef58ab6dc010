"""Consultations as lineage objects: their stages are what a receipt tells."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consultations.lineage.registries import Item, LineageKind, Milestone, lineage_kinds
from consultations.process.models import Consultation


def resolve_consultations(keys: Collection[str]) -> Mapping[str, Item]:
    """By id, with their stages; a draft has no public page."""
    found = Consultation.objects.filter(pk__in=_uuids(keys)).prefetch_related("stages")
    return {str(consultation.pk): _item(consultation) for consultation in found}


def _item(consultation: Consultation, *, with_stages: bool = True) -> Item:
    is_public = consultation.status != Consultation.Status.DRAFT
    return Item(
        consultation.title,
        url=reverse("process:consultation_detail", args=[consultation.slug]) if is_public else "",
        easy_read=consultation.easy_read_summary,
        is_public=is_public,
        note=str(consultation.get_status_display()),
        territory_id=consultation.territory_id,
        milestones=tuple(
            Milestone(
                stage.get_kind_display(), stage.status, stage.reached_on or stage.planned_on, stage.note
            )
            for stage in (consultation.stages.all() if with_stages else ())
        ),
    )


def name_consultations(keys: Collection[str]) -> Mapping[str, Item]:
    """The same without their stages, in one query."""
    found = Consultation.objects.filter(pk__in=_uuids(keys))
    return {str(consultation.pk): _item(consultation, with_stages=False) for consultation in found}


def _uuids(keys: Collection[str]) -> list[UUID]:
    found = []
    for key in keys:
        try:
            found.append(UUID(key))
        except ValueError:
            continue
    return found


def register() -> None:
    kind = LineageKind(
        _("consultation"), resolve_consultations, icon="messages-square", name_many=name_consultations
    )
    lineage_kinds.register("consultation", kind)
