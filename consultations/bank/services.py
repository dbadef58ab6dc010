"""Writes of the bank."""

import datetime
from collections.abc import Collection, Mapping
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.bank.models import Quotation, Verbatim
from consultations.bank.nodes import VERBATIM
from consultations.lineage.models import Link, Relation
from consultations.lineage.services import replace_links
from consultations.process.models import Consultation
from consultations.process.permissions import can_publish_figures
from core.services import record_audit
from needs.models import Need
from observatory.disclosure import PUBLIC


@transaction.atomic
def replace_verbatims(
    *,
    consultation_id: UUID,
    origin: tuple[str, str],
    territory_id: int | None,
    given_on: datetime.date,
    texts: Mapping[str, tuple[str, Collection[str]]],
) -> None:
    """Make these the only verbatims of `origin` (lineage kind, id), by question code, coded with these needs.

    Called by projections, which can run again at any time: a verbatim keeps its key.
    """
    kind, key = origin
    own = Verbatim.objects.filter(origin_kind=kind, origin_id=key)
    if not texts:
        own.delete()
        return
    own.exclude(question_code__in=texts).delete()
    needs = _needs({code for _text, codes in texts.values() for code in codes})
    for question_code, (text, codes) in texts.items():
        verbatim = Verbatim.objects.update_or_create(
            origin_kind=kind,
            origin_id=key,
            question_code=question_code,
            defaults={
                "consultation_id": consultation_id,
                "text": text,
                "territory_id": territory_id,
                "given_on": given_on,
            },
        )[0]
        verbatim.needs.set([needs[code] for code in codes if code in needs])


def _needs(codes: Collection[str]) -> dict[str, Need]:
    """The most recent need of each code."""
    if not codes:
        return {}
    return {need.code: need for need in Need.objects.filter(code__in=codes).order_by("valid_from")}


@transaction.atomic
def publish_quotation(
    *, actor: User, consultation: Consultation, text: str, codes: Collection[str], nobody_recognised: bool
) -> Quotation:
    """Make words public, worded so that nobody is recognised; refused while too few people spoke.

    They are tied to their needs and to the consultation, never to the answer they come from.
    """
    if not can_publish_figures(actor, consultation):
        raise PermissionDenied(_("Only organisers and analysts of this place make words public."))
    if not nobody_recognised:
        raise ValidationError(
            {"nobody_recognised": _("Check that nobody can be recognised, then tick the box.")}
        )
    spoken = Verbatim.objects.filter(consultation=consultation).order_by()
    if spoken.values("origin_kind", "origin_id").distinct().count() < PUBLIC.minimum:
        raise ValidationError(
            _("Fewer than %(count)s people wrote something: their words stay private.")
            % {"count": PUBLIC.minimum}
        )
    made = Quotation(
        consultation=consultation, text=" ".join(text.split()), published_on=timezone.localdate()
    )
    made.full_clean()
    made.save()
    needs = _needs(codes)
    made.needs.set(needs.values())
    targets: list[tuple[Relation, tuple[str, str]]] = [
        (Relation.RAISED_IN, ("consultation", str(consultation.pk))),
        *((Relation.CODED_AS, ("need", code)) for code in needs),
    ]
    replace_links(source=(VERBATIM, str(made.pk)), targets=targets, on=made.published_on)
    record_audit(actor=actor, verb="quotation_published", target=made)
    return made


@transaction.atomic
def withdraw_quotation(*, actor: User, quotation: Quotation) -> None:
    """Take words back: they and what led to them are no longer shown anywhere."""
    if not can_publish_figures(actor, quotation.consultation):
        raise PermissionDenied(_("Only organisers and analysts of this place make words public."))
    key = str(quotation.pk)
    Link.objects.filter(source_kind=VERBATIM, source_id=key).delete()
    Link.objects.filter(target_kind=VERBATIM, target_id=key).delete()
    record_audit(actor=actor, verb="quotation_withdrawn", target=quotation)
    quotation.delete()
