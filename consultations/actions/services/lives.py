"""A sheet moves through its life: each step dated, said in public where it must be, and never lost."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.actions.models import CRITERIA, ActionSheet, State, StateChange
from consultations.actions.permissions import parts_of
from consultations.actions.services.checking import lock
from consultations.actions.states import DRAFTS, LIFE
from consultations.actions.texts import approve_texts, close_texts, texts_of
from core.services import record_audit

NEEDS_WORDS = {"adopt": "decision", "suspend": "reason", "abandon": "reason"}
NEWS = frozenset(
    {State.ADOPTED, State.UNDER_WAY, State.SUSPENDED, State.DONE, State.ABANDONED, State.EVALUATED}
)
MOVES = frozenset({"announce", *(line.name for line in LIFE.transitions if line.moves)})
MOST = 1000


@transaction.atomic
def move_sheet(
    *, actor: User | None, sheet: ActionSheet, verb: str, words: str = "", on: datetime.date | None = None
) -> ActionSheet:
    """Do `verb` (a line of `states.LIFE`). `words` is the decision or the public reason; `on` the day it was
    taken. A command (no actor) is trusted; the state still rules."""
    if verb not in MOVES:
        raise ValueError(f"{verb} does not move a sheet")
    sheet, words, today = lock(sheet), words.strip(), timezone.localdate()
    if actor is not None:
        given = {NEEDS_WORDS[verb]: words} if verb in NEEDS_WORDS else {}
        LIFE.check(verb, who=parts_of(actor, sheet), subject=sheet, given=given)
    day, before = on or today, sheet.state
    _check_day(sheet, day, today)
    _check_content(sheet, verb)
    LIFE.follow(verb, subject=sheet)
    _write_state(sheet, verb, words, day)
    sheet.full_clean()
    sheet.save()
    if sheet.state != before:
        StateChange.objects.create(sheet=sheet, state=sheet.state, on=day, words=words[:MOST], by=actor)
    if verb == "adopt":
        approve_texts(actor=actor, sheet=sheet)
    elif before in DRAFTS and sheet.state not in DRAFTS:
        close_texts(actor=actor, sheet=sheet)
    record_audit(
        actor=actor, verb="action_sheet_moved", target=sheet, changes={"from": before, "state": sheet.state}
    )
    return sheet


def _write_state(sheet: ActionSheet, verb: str, words: str, day: datetime.date) -> None:
    sheet.state_since = day
    if sheet.announced_on is None and (verb == "announce" or sheet.state == State.COMMENTS):
        sheet.announced_on = day
    if verb == "adopt":
        sheet.decision, sheet.adopted_on = words, day
    sheet.reason_public = words if sheet.is_stopped else ""
    if sheet.state in NEWS:
        sheet.last_news_on = day


def _check_day(sheet: ActionSheet, day: datetime.date, today: datetime.date) -> None:
    if day > today:
        raise ValidationError({"on": _("This day has not come yet.")})
    last = sheet.changes.order_by("-on").values_list("on", flat=True).first()
    if last is not None and day < last:
        raise ValidationError(
            {"on": _("The sheet already changed after this day: choose a day from its last change on.")}
        )


def _check_content(sheet: ActionSheet, verb: str) -> None:
    """What a sheet must hold before it is shown, adopted or judged."""
    if verb in {"open_comments", "adopt"}:
        texts = texts_of(sheet)
        if not texts["objective"].strip() or not texts["finding"].strip():
            raise ValidationError(_("Write what was found and the objective first."))
    if verb == "adopt" and sheet.lead_id is None:
        raise ValidationError(_("Choose the organisation that leads first."))
    if verb == "evaluate" and sheet.scores.count() < len(CRITERIA):
        raise ValidationError(_("Give the four marks first."))
