"""What every write of an opinion does first: take its lock, ask its machine; and last: write the step down."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.meetings.models import Meeting
from consultations.opinions.models import Opinion, OpinionEvent
from consultations.opinions.permissions import parts_of
from consultations.opinions.states import LIFE, Part
from core.services import record_audit

ROLES = (
    (Part.ADDRESSEE, "body"),
    (Part.PRESIDENT, "president"),
    (Part.SECRETARY, "secretary"),
    (Part.AUTHOR, "member"),
    (Part.MEMBER, "member"),
    (Part.DIRECTOR, "director"),
)


def lock(opinion: Opinion) -> Opinion:
    """The opinion as it is now, held until the end of the transaction."""
    rows = Opinion.objects.select_for_update(of=("self",)).select_related("council", "sent_to", "proposed_by")
    return rows.get(pk=opinion.pk)


def check(verb: str, *, actor: User | None, opinion: Opinion, given: Mapping[str, Any] | None = None) -> None:
    """Raise unless this person may do this now. `actor` None is the platform: its tick, its demo, a service
    that has checked its own right. What the step requires is asked of everyone."""
    if actor is not None:
        LIFE.check(verb, who=parts_of(actor, opinion), subject=opinion, given=given)


def move(verb: str, *, actor: User | None, opinion: Opinion, given: Mapping[str, Any] | None = None) -> None:
    """Check, then move the opinion (not saved)."""
    check(verb, actor=actor, opinion=opinion, given=given)
    LIFE.follow(verb, subject=opinion)


def role_of(by: User | None, opinion: Opinion) -> str:
    """As what this person acted: a code of `wording.ROLES`; empty for the platform itself."""
    parts = parts_of(by, opinion) if by is not None else frozenset()
    return next((code for part, code in ROLES if part in parts), "")


def record(
    by: User | None,
    verb: str,
    opinion: Opinion,
    *,
    on: datetime.date,
    text: str = "",
    is_public: bool = True,
    meeting: Meeting | None = None,
    role: str | None = None,
) -> OpinionEvent:
    """Add a step to the thread and to the audit log; the log never holds what was written."""
    event = OpinionEvent.objects.create(
        opinion=opinion,
        verb=verb,
        on=on,
        text=text,
        is_public=is_public,
        meeting=meeting,
        actor_role=role_of(by, opinion) if role is None else role,
        recorded_by=by,
    )
    record_audit(actor=by, verb=f"opinion_{verb}", target=opinion, changes={"on": on.isoformat()})
    return event


def check_day(
    day: datetime.date, *, field: str, after: datetime.date | None = None, after_words: str | Promise = ""
) -> datetime.date:
    """The day, when it is neither to come nor before the step it follows."""
    if day > timezone.localdate():
        raise ValidationError({field: _("This day has not come yet: give the day it happened.")})
    if after is not None and day < after:
        raise ValidationError(
            {
                field: _("This day is before %(day)s (%(step)s): check the date.")
                % {"day": date_format(after, "j F Y"), "step": after_words}
            }
        )
    return day
