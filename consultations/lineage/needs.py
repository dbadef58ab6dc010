"""Needs as lineage objects: they live below and cannot register themselves."""

from collections.abc import Collection, Mapping

from django.utils.translation import gettext_lazy as _

from consultations.lineage.registries import Item, LineageKind, lineage_kinds
from needs.models import Need


def resolve_needs(codes: Collection[str]) -> Mapping[str, Item]:
    """Codes of the nomenclature, in their most recent wording."""
    needs = Need.objects.filter(code__in=list(codes)).order_by("valid_from")
    return {
        need.code: Item(need.plain_label, easy_read=need.easy_read, pictogram=need.pictogram)
        for need in needs
    }


def register() -> None:
    lineage_kinds.register("need", LineageKind(_("need"), resolve_needs, icon="heart-handshake"))
