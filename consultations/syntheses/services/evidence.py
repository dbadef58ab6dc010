"""What a line rests on: attached and detached by those who write it."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.syntheses.models import LineSource, SynthesisLine
from consultations.syntheses.services.writing import check, lock
from consultations.syntheses.sources import find_source
from core.services import record_audit

MAX_SOURCES = 200


@transaction.atomic
def attach_source(*, actor: User, line: SynthesisLine, kind: str, key: str) -> LineSource:
    """Say that a line rests on a card, a group, published results; refused for what does not exist here."""
    synthesis = lock(line.synthesis)
    check("edit", actor=actor, synthesis=synthesis)
    label = find_source(synthesis, kind, key)
    if label is None:
        raise ValidationError({"source": _("Choose a source in the list.")})
    if line.sources.count() >= MAX_SOURCES:
        raise ValidationError(
            {"source": _("A sentence has at most %(count)s sources.") % {"count": MAX_SOURCES}}
        )
    source, is_new = LineSource.objects.get_or_create(
        line=line, kind=kind, key=key, defaults={"label": label[:300]}
    )
    if is_new:
        record_audit(
            actor=actor,
            verb="source_attached",
            target=synthesis,
            changes={"line": str(line.pk), "kind": kind},
        )
    return source


@transaction.atomic
def detach_source(*, actor: User, source: LineSource) -> None:
    """The line no longer rests on it."""
    synthesis = lock(source.line.synthesis)
    check("edit", actor=actor, synthesis=synthesis)
    record_audit(
        actor=actor,
        verb="source_detached",
        target=synthesis,
        changes={"line": str(source.line_id), "kind": source.kind},
    )
    source.delete()
