"""What the territory answers to a signal: public, dated, never changed."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core.services import record_audit
from unmet.models import Reply, Signal
from unmet.permissions import parts_of
from unmet.selectors.public import told_by_records
from unmet.states import LIFE


@transaction.atomic
def reply_to_signal(
    *,
    actor: User,
    signal: Signal,
    verb: str,
    text: str,
    by: str = "",
    due_on: datetime.date | None = None,
) -> Reply:
    """Write what is or was done, or why nothing is, and move the signal accordingly."""
    locked = Signal.objects.select_for_update(of=("self",)).select_related("territory").get(pk=signal.pk)
    given = {"text": text, "by": by}
    LIFE.apply(verb, who=parts_of(actor, locked), subject=locked, given=given)
    today = timezone.localdate()
    if due_on is not None and verb == "answer" and due_on < today:
        raise ValidationError({"due_on": _("This day is past: choose a day to come, or leave it empty.")})
    reply = Reply(
        signal=locked,
        state=locked.state,
        text=text.strip(),
        by=by.strip(),
        due_on=due_on if verb == "answer" else None,
        written_on=today,
        author=actor,
    )
    reply.full_clean()
    reply.save()
    locked.save(update_fields=["state"])
    signal.state = locked.state
    record_audit(actor=actor, verb="signal_answered", target=locked, changes={"state": locked.state})
    return reply


@transaction.atomic
def mark_published(places: dict[str, set[int]]) -> None:
    """Say which signals anyone may read: those whose figure is published, and those that records tell by themselves.

    `places` are the published territories of each need; what is in neither is no longer read by all.
    """
    shown = {(need, place) for need, found in places.items() for place in found} | told_by_records()
    for signal in Signal.objects.select_for_update(of=("self",)).order_by("pk"):
        wanted = (signal.need, signal.territory_id) in shown
        if signal.is_public is not wanted:
            signal.is_public = wanted
            signal.save(update_fields=["is_public"])
