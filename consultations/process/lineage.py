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


def _item(consultation: Consultation) -> Item:
    is_public = consultation.status != Consultation.Status.DRAFT
    return Item(
        consultation.title,
        url=reverse("process:consultation_detail", args=[consultation.slug]) if is_public else "",
        is_public=is_public,
        milestones=tuple(
            Milestone(
                stage.get_kind_display(), stage.status, stage.reached_on or stage.planned_on, stage.note
            )
            for stage in consultation.stages.all()
        ),
    )


def _uuids(keys: Collection[str]) -> list[UUID]:
    found = []
    for key in keys:
        try:
            found.append(UUID(key))
        except ValueError:
            continue
    return found


def register() -> None:
    lineage_kinds.register("consultation", LineageKind(_("consultation"), resolve_consultations))
