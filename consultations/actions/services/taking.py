"""From what was said to a sheet in one click: a proposal, an opinion, a need."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.actions.models import ActionSheet, Axis, Programme
from consultations.actions.nodes import Node, node_of
from consultations.actions.services.sheets import create_sheet
from consultations.actions.services.threading import link_needs
from consultations.actions.sources import SOURCES
from consultations.lineage.models import Link, Relation
from consultations.lineage.registries import Item, lineage_kinds
from consultations.lineage.services import link
from consultations.process.models import Consultation
from needs.models import Need
from organisations.models import Organisation
from territories.models import Territory
from unmet.models import Signal

TITLE = 200


@transaction.atomic
def take_up(
    *,
    actor: User | None,
    source: Node,
    territory: Territory,
    lead: Organisation | None = None,
    programme: Programme | None = None,
    axis: Axis | None = None,
    consultation: Consultation | None = None,
    title: str = "",
) -> ActionSheet:
    """A proposed sheet tied to what it comes from. What was already taken up is not taken up twice."""
    kind, key = source
    item = _readable(source, actor)
    if item is None:
        raise ValidationError(_("What this sheet would come from no longer exists."))
    if kind != "need" and taken_up(source):
        raise ValidationError(_("This was already taken up in an action sheet."))
    words = title.strip() or item.title.strip("“”«» \u00a0")
    sheet = create_sheet(
        actor=actor, title=words[:TITLE], territory=territory, lead=lead, programme=programme, axis=axis,
        consultation=consultation, is_announced=item.is_public,
        texts={} if kind == "need" else {"finding": item.title},
    )  # fmt: skip
    if kind == "need":
        sheet.needs.set(Need.objects.filter(code=key).order_by("-valid_from")[:1])
        link_needs(actor=actor, sheet=sheet)
        return sheet
    if kind == "signal":
        codes = Signal.objects.filter(pk=key).values("need")
        sheet.needs.set(Need.objects.valid_on(timezone.localdate()).filter(code__in=codes))
        link_needs(actor=actor, sheet=sheet)
    link(
        actor=actor, source=source, relation=Relation.IMPLEMENTED_BY, target=node_of(sheet),
        on=timezone.localdate(),
    )  # fmt: skip
    return sheet


def _readable(source: Node, actor: User | None) -> Item | None:
    """What this person may read of it: what is not public starts nothing but for those who work on it."""
    kind, key = source
    if kind not in SOURCES or kind not in lineage_kinds:
        return None
    item, inside = lineage_kinds[kind].resolve(key), lineage_kinds[kind].inside
    if item is None or item.is_public or actor is None:
        return item
    return inside(actor, [key]).get(key) if inside else None


def taken_up(source: Node) -> bool:
    """True once a link says that something implements it."""
    kind, key = source
    return Link.objects.filter(source_kind=kind, source_id=key, relation=Relation.IMPLEMENTED_BY).exists()
