"""Writes of the bank."""

import datetime
from collections.abc import Collection, Mapping
from uuid import UUID

from django.db import transaction

from consultations.bank.models import Verbatim
from needs.models import Need


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
