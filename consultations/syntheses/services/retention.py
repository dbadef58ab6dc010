"""Words and authors erased after a synthesis, when the consultation promised it or its time is over. Run by the tick."""

import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from consultations.process.models import Consultation
from consultations.process.selectors import CARDS_KEPT_DAYS, retention_ends_on
from consultations.syntheses.models import LineSource, Synthesis, SynthesisComment, SynthesisLine
from consultations.syntheses.selectors.versions import placed_lines
from consultations.workshops.models import Card, Workshop
from consultations.workshops.services.retention import erase_card_words
from core.services import record_audit

Status = Workshop.Status
OVER = (Status.CLOSED, Status.SYNTHESIS, Status.CANCELLED)


def purge_card_words(*, on: datetime.date | None = None) -> int:
    """Erase the words of cards a consultation promised not to keep; gives how many cards.

    30 days after the synthesis is published: people may still say that theirs was badly understood. Never
    published, at the end of the consultation's retention.
    """
    day = on or timezone.localdate()
    written = Card.objects.filter(stage__workshop=OuterRef("pk")).exclude(text="")
    found = Workshop.objects.filter(Exists(written), consultation__erases_cards=True, status__in=OVER)
    due = [one for one in found.select_related("consultation", "synthesis") if _is_due(one, day)]
    return sum(_erase(workshop) for workshop in due)


def _is_due(workshop: Workshop, day: datetime.date) -> bool:
    synthesis: Synthesis | None = getattr(workshop, "synthesis", None)
    published = synthesis.published_on if synthesis and synthesis.published_version_id else None
    read_until = published and published + datetime.timedelta(days=CARDS_KEPT_DAYS)
    last = retention_ends_on(workshop.consultation)
    return any(end is not None and end <= day for end in (read_until, last))


@transaction.atomic
def _erase(workshop: Workshop) -> int:
    """Cards, their copies beside sentences, and sentences made from a card that no version ever showed."""
    synthesis: Synthesis | None = getattr(workshop, "synthesis", None)
    if synthesis is not None:
        copies = LineSource.objects.filter(line__synthesis=synthesis)
        copies.filter(kind__in=[LineSource.Kind.CARD, LineSource.Kind.VOTE]).update(label="")
        contents = synthesis.versions.values_list("content", flat=True)
        shown = {key for content in contents for key, _placed in placed_lines(content)}
        dropped = SynthesisLine.objects.filter(synthesis=synthesis, is_removed=True).exclude(pk__in=shown)
        dropped.update(text="")
    return erase_card_words(workshop=workshop)


def forget_comment_authors(*, on: datetime.date | None = None) -> int:
    """Cut the account from comments when the retention of the consultation is over; gives how many.

    Until then authors find their own comments in their account; what they said stays with the synthesis.
    """
    day = on or timezone.localdate()
    signed = SynthesisComment.objects.exclude(author=None)
    asked = Consultation.objects.filter(
        Exists(signed.filter(version__synthesis__consultation=OuterRef("pk")))
    )
    return sum(_forget(one) for one in asked if (last := retention_ends_on(one)) and last <= day)


@transaction.atomic
def _forget(consultation: Consultation) -> int:
    found = SynthesisComment.objects.filter(version__synthesis__consultation=consultation)
    count: int = found.exclude(author=None).update(author=None)
    record_audit(actor=None, verb="comment_authors_forgotten", target=consultation, changes={"count": count})
    return count
