"""Words made public, in threads. What was not made public is no object of lineage: nothing leads to it."""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.bank.models import Quotation
from consultations.bank.nodes import VERBATIM
from consultations.lineage.models import Link, Relation
from consultations.lineage.registries import Gap, Item, LineageKind, lineage_checks, lineage_kinds
from consultations.lineage.selectors import compare


def resolve_quotations(keys: Collection[str]) -> Mapping[str, Item]:
    """The words, with the consultation they were said in."""
    rows = Quotation.objects.filter(pk__in=_uuids(keys)).select_related("consultation")
    return {str(one.pk): _item(one) for one in rows}


def _item(one: Quotation) -> Item:
    is_public = one.consultation.status != "draft"
    url = reverse("process:consultation_detail", args=[one.consultation.slug]) if is_public else ""
    words = _("“%(text)s”") % {"text": one.text}
    return Item(words, url=url, is_public=is_public, territory_id=one.consultation.territory_id)


def _uuids(keys: Collection[str]) -> list[UUID]:
    found = []
    for key in keys:
        try:
            found.append(UUID(key))
        except ValueError:
            continue
    return found


def quotation_gaps() -> Iterable[Gap]:
    """Words quoted lead to their consultation."""
    wanted = {
        ((VERBATIM, str(pk)), str(Relation.RAISED_IN), ("consultation", str(consultation)))
        for pk, consultation in Quotation.objects.values_list("pk", "consultation")
    }
    return compare(wanted, Link.objects.filter(source_kind=VERBATIM, relation=Relation.RAISED_IN))


def register() -> None:
    """Called when the app is ready."""
    kind = LineageKind(gettext_lazy("words of someone"), resolve_quotations, icon="quote")
    lineage_kinds.register(VERBATIM, kind)
    lineage_checks.register(VERBATIM, quotation_gaps)
