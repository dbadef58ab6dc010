"""Running the scenario: one stage at a time, its clock, its contributions, what is revealed.

Every function runs as a verb of the room: in one transaction, the room's row locked.
"""

import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.live.models import Room
from consultations.live.problems import Refused
from consultations.live.registries import Viewer
from consultations.live.services import recheck_viewers
from consultations.workshops.board import items, messages
from consultations.workshops.board.snapshot import tally_items
from consultations.workshops.kinds import VoteSettings, read_settings, write_settings
from consultations.workshops.models import Card, Signal, Stage
from consultations.workshops.services.finding import stage_in
from consultations.workshops.services.telling import in_chunks, is_shown, tell, tell_stage
from core.services import record_audit

State = Stage.State
CLOCK = ["state", "started_at", "ends_at", "seconds_left", "closed_at", "contributions_open",
         "contributions_closed_at", "revealed"]  # fmt: skip
READY = [{"collection": "signals", "field": "kind", "value": str(Signal.Kind.READY)}]


def start_stage(*, room: Room, viewer: Viewer, message: messages.StageStart, **_more: Any) -> dict[str, Any]:
    """Begin a stage and its clock; the one under way is closed first, its late cards still welcome."""
    stage = stage_in(room, message.stage)
    if stage.is_current:
        return {"already": True}
    if stage.state == State.CLOSED:
        raise Refused("closed", _("This stage is finished: open it again if you need to."))
    _refuse_moved_on(stage, message)
    return _begin(room, viewer, stage, verb="stage_started")


def reopen_stage(*, room: Room, viewer: Viewer, message: messages.StageStart, **_more: Any) -> dict[str, Any]:
    """Go back to a finished stage: it takes contributions again, what was revealed stays so."""
    stage = stage_in(room, message.stage)
    if stage.state != State.CLOSED:
        raise Refused("not_closed", _("This stage is not finished."))
    _refuse_moved_on(stage, message)
    return _begin(room, viewer, stage, verb="stage_reopened")


def _refuse_moved_on(stage: Stage, message: messages.StageStart) -> None:
    """Two facilitators do not start two stages at once: the second one is told which stage the room is in."""
    if message.seen is None:
        return
    current = stage.workshop.stages.filter(state__in=["running", "paused"]).first()
    if current is not None and current.pk != message.seen:
        refusal = _(
            "Someone has just started “%(title)s”. Look at it, then start this stage if you still wish."
        )
        raise Refused("moved_on", refusal % {"title": current.title})


def _begin(room: Room, viewer: Viewer, stage: Stage, *, verb: str) -> dict[str, Any]:
    now = timezone.now()
    closed = [
        end_stage(other, now) for other in stage.workshop.stages.filter(state__in=["running", "paused"])
    ]
    Signal.objects.filter(workshop=stage.workshop_id, kind=Signal.Kind.READY).delete()
    stage.state, stage.closed_at, stage.contributions_closed_at = State.RUNNING, None, None
    stage.started_at = stage.started_at or now
    stage.ends_at, stage.seconds_left = now + datetime.timedelta(minutes=stage.minutes), None
    stage.contributions_open = stage.kind != Stage.Kind.TALK
    stage.revealed = stage.revealed or _starts_revealed(stage)
    stage.save(update_fields=CLOCK)
    tell_stage(room, stage, also=closed, clear=READY)
    recheck_viewers(room=room)
    record_audit(actor=viewer.user, verb=verb, target=stage)
    return {"stage": str(stage.pk)}


def _starts_revealed(stage: Stage) -> bool:
    """Nothing to hide first: cards seen at once, totals shown live, and stages without either."""
    if stage.kind in Stage.WRITING:
        return not write_settings(stage).private_first
    settings = read_settings(stage.kind, stage.settings)
    return not settings.hidden_first if isinstance(settings, VoteSettings) else True


def end_stage(stage: Stage, now: datetime.datetime) -> Stage:
    """Finish a stage at this moment, without telling anyone."""
    stage.state, stage.closed_at, stage.ends_at, stage.seconds_left = State.CLOSED, now, None, None
    if stage.contributions_open:
        stage.contributions_open, stage.contributions_closed_at = False, now
    stage.save(update_fields=CLOCK)
    return stage


def close_stage(
    *, room: Room, viewer: Viewer, message: messages.StageMessage, **_more: Any
) -> dict[str, Any]:
    """End a stage; cards written before and sent a little late wait for the facilitator."""
    stage = stage_in(room, message.stage)
    if stage.state == State.CLOSED:
        return {"already": True}
    _require_current(stage)
    tell_stage(room, end_stage(stage, timezone.now()), clear=READY)
    recheck_viewers(room=room)
    Signal.objects.filter(workshop=stage.workshop_id, kind=Signal.Kind.READY).delete()
    record_audit(actor=viewer.user, verb="stage_closed", target=stage)
    return {"stage": str(stage.pk)}


def pause_stage(
    *, room: Room, viewer: Viewer, message: messages.StageMessage, **_more: Any
) -> dict[str, Any]:
    """Stop the clock; contributions stay as they are."""
    stage = stage_in(room, message.stage)
    _require_current(stage)
    if stage.state == State.PAUSED:
        return {"already": True}
    left = (stage.ends_at - timezone.now()).total_seconds() if stage.ends_at else 0
    stage.state, stage.ends_at, stage.seconds_left = State.PAUSED, None, max(0, round(left))
    stage.save(update_fields=CLOCK)
    tell_stage(room, stage)
    return {"seconds_left": stage.seconds_left}


def resume_stage(
    *, room: Room, viewer: Viewer, message: messages.StageMessage, **_more: Any
) -> dict[str, Any]:
    """Start the clock again where it stopped."""
    stage = stage_in(room, message.stage)
    _require_current(stage)
    if stage.state == State.RUNNING:
        return {"already": True}
    stage.ends_at = timezone.now() + datetime.timedelta(seconds=stage.seconds_left or 0)
    stage.state, stage.seconds_left = State.RUNNING, None
    stage.save(update_fields=CLOCK)
    tell_stage(room, stage)
    return {"ends_at": items.instant(stage.ends_at)}


def extend_stage(
    *, room: Room, viewer: Viewer, message: messages.ExtendMessage, **_more: Any
) -> dict[str, Any]:
    """Give more minutes, counted from now when the time had run out."""
    stage = stage_in(room, message.stage)
    _require_current(stage)
    more = datetime.timedelta(minutes=message.minutes)
    if stage.state == State.PAUSED:
        stage.seconds_left = (stage.seconds_left or 0) + message.minutes * 60
    else:
        stage.ends_at = max(stage.ends_at or timezone.now(), timezone.now()) + more
    stage.save(update_fields=CLOCK)
    tell_stage(room, stage)
    return {"stage": str(stage.pk)}


def open_contributions(
    *, room: Room, viewer: Viewer, message: messages.StageMessage, **_more: Any
) -> dict[str, Any]:
    """Take cards or votes again in the stage under way."""
    return _set_contributions(room, message, is_open=True)


def close_contributions(
    *, room: Room, viewer: Viewer, message: messages.StageMessage, **_more: Any
) -> dict[str, Any]:
    """Take no more cards or votes, the stage going on."""
    return _set_contributions(room, message, is_open=False)


def _set_contributions(room: Room, message: messages.StageMessage, *, is_open: bool) -> dict[str, Any]:
    stage = stage_in(room, message.stage)
    _require_current(stage)
    if stage.contributions_open == is_open:
        return {"already": True}
    stage.contributions_open = is_open
    stage.contributions_closed_at = None if is_open else timezone.now()
    stage.save(update_fields=CLOCK)
    tell_stage(room, stage)
    recheck_viewers(room=room)
    return {"contributions_open": is_open}


def reveal_stage(
    *, room: Room, viewer: Viewer, message: messages.StageMessage, **_more: Any
) -> dict[str, Any]:
    """Show everyone the cards, or the totals of a vote; what is hidden or late stays with facilitators."""
    stage = stage_in(room, message.stage)
    if stage.state == State.TO_COME:
        raise Refused("not_started", _("Start this stage first."))
    if stage.revealed:
        return {"already": True}
    stage.revealed = True
    stage.save(update_fields=CLOCK)
    tell_stage(room, stage)
    cards = Card.objects.filter(stage=stage, withdrawn=False).select_related("need")
    shown = [items.card_item(card) for card in cards if is_shown(card, stage)]
    for chunk in in_chunks(shown):
        tell(room, "cards_revealed", put={"cards": chunk})
    for chunk in in_chunks(tally_items(stage)):
        tell(room, "cards_revealed", put={"tallies": chunk})
    record_audit(actor=viewer.user, verb="stage_revealed", target=stage)
    return {"cards": len(shown)}


def _require_current(stage: Stage) -> None:
    if not stage.is_current:
        raise Refused("not_current", _("This stage is not under way."))
