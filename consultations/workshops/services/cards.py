"""Cards: written, changed, taken back, entered for someone, hidden, accepted when late.

Every function runs as a verb of the room: in one transaction, the room's row locked.
"""

import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.live.models import Participant, Room
from consultations.live.problems import Refused
from consultations.live.registries import Viewer
from consultations.workshops.board import messages
from consultations.workshops.board.snapshot import count_item
from consultations.workshops.board.state import Item
from consultations.workshops.kinds import write_settings
from consultations.workshops.models import BoardOperation, Card, College, Reaction, Stage
from consultations.workshops.redaction import redact
from consultations.workshops.services.finding import card_in, need_named, stage_in
from consultations.workshops.services.groups import keep_operation
from consultations.workshops.services.telling import (
    ALL,
    forget_card,
    is_shown,
    tell,
    tell_card,
    tell_counts,
    to,
)
from consultations.workshops.wording import clean_card, clean_reason
from core.services import record_audit

GRACE = datetime.timedelta(minutes=15)
MOST_CARDS = 3000


def add_card(*, room: Room, viewer: Viewer, message: messages.CardAdd, **_more: Any) -> dict[str, Any]:
    """A card of one's own. Sent up to a quarter of an hour late, it waits for the facilitator."""
    participant = _participant(viewer)
    stage = stage_in(room, message.stage)
    late = _lateness(stage)
    settings = write_settings(stage)
    given = stage.cards.filter(participant=participant, withdrawn=False).count()
    if given >= settings.most_cards * participant.headcount:
        refusal = _("You have put all your cards (%(count)s). Take one back to write another.")
        raise Refused("no_more_cards", refusal % {"count": given})
    is_table = participant.device == Participant.Device.TABLET
    card = _keep(
        room,
        stage,
        message,
        participant=participant,
        college=participant.college,
        table=participant.table[:10],
        mode=Card.Mode.TABLET if is_table else Card.Mode.OWN,
        late=late,
    )
    return {"card": str(card.pk), "late": bool(late)}


def add_card_for(*, room: Room, viewer: Viewer, message: messages.CardAddFor, **_more: Any) -> dict[str, Any]:
    """A paper card or words said aloud, entered by a facilitator at any time of the stage or after it."""
    stage = stage_in(room, message.stage)
    if stage.kind not in Stage.WRITING or stage.state == Stage.State.TO_COME:
        raise Refused("closed", _("Cards cannot be added to this stage."))
    if message.college not in College.values:
        raise Refused("unknown_college", _("Choose a college in the list."))
    card = _keep(
        room, stage, message, college=message.college, mode=message.mode, table=message.table.strip()
    )
    return {"card": str(card.pk)}


def _keep(room: Room, stage: Stage, message: messages.CardAdd, **columns: Any) -> Card:
    if stage.cards.count() >= MOST_CARDS:
        raise Refused("full", _("This stage has received all the cards it can hold."))
    card = Card(
        stage=stage,
        text=clean_card(message.text),
        need=need_named(message.need),
        level=_level(message.level),
        order=room.seq + 1,
        **columns,
    )
    card.save(force_insert=True)
    tell_card(room, "card_added", card, stage)
    tell_counts(room, "card_added", count_item(stage))
    return card


def edit_card(*, room: Room, viewer: Viewer, message: messages.CardEdit, **_more: Any) -> dict[str, Any]:
    """Change one's own card while contributions are open."""
    card = _own_card(room, viewer, message)
    if not _takes_cards(card.stage) and card.late != Card.Late.WAITING:
        raise Refused("closed", _("This stage no longer takes changes."))
    card.text, card.need = clean_card(message.text), need_named(message.need)
    card.level = _level(message.level)
    card.save(update_fields=["text", "need", "level"])
    tell_card(room, "card_changed", card, card.stage)
    return {"card": str(card.pk)}


def withdraw_card(
    *, room: Room, viewer: Viewer, message: messages.CardMessage, **_more: Any
) -> dict[str, Any]:
    """Take back one's own card: its words are erased. Kept when others have already voted on it."""
    card = _own_card(room, viewer, message)
    if Stage.objects.filter(votes__card=card).exists() or Stage.objects.filter(ranks__card=card).exists():
        raise Refused("voted", _("People have voted on this card: ask the facilitator."))
    was_shown = is_shown(card, card.stage)
    card.withdrawn, card.text, card.group = True, "", None
    card.save(update_fields=["withdrawn", "text", "group"])
    card.reactions.all().delete()
    forget_card(room, "card_withdrawn", card, was_shown=was_shown)
    tell_counts(room, "card_withdrawn", count_item(card.stage))
    return {}


def hide_card(*, room: Room, viewer: Viewer, message: messages.CardHide, **_more: Any) -> dict[str, Any]:
    """Moderate: nobody sees its words any more but the facilitators and its author, who reads the reason."""
    card = card_in(room, message.card)
    if card.hidden_reason:
        return {"already": True}
    was_shown = is_shown(card, card.stage)
    card.hidden_reason = clean_reason(message.reason)
    card.save(update_fields=["hidden_reason"])
    redact(room, card)
    if was_shown:
        key = str(card.pk)
        tell(room, "card_hidden", ALL, drop={"cards": [key], "reactions": [key]})
    tell_card(room, "card_hidden", card, card.stage)
    tell_counts(room, "card_hidden", count_item(card.stage))
    keep_operation(room, viewer, card.stage, BoardOperation.Kind.HIDE, before={"card": str(card.pk)})
    record_audit(actor=viewer.user, verb="card_hidden", target=card, changes={"reason": card.hidden_reason})
    return {"card": str(card.pk)}


def accept_card(*, room: Room, viewer: Viewer, message: messages.CardMessage, **_more: Any) -> dict[str, Any]:
    """Put a late card among the others."""
    card = card_in(room, message.card)
    if card.late != Card.Late.WAITING:
        return {"already": True}
    card.late = Card.Late.ACCEPTED
    card.save(update_fields=["late"])
    tell_card(room, "card_changed", card, card.stage)
    tell_counts(room, "card_changed", count_item(card.stage))
    return {"card": str(card.pk)}


def react_to_card(*, room: Room, viewer: Viewer, message: messages.React, **_more: Any) -> dict[str, Any]:
    """One word on someone's card, or taken back; only the count is shown."""
    participant = _participant(viewer)
    card = card_in(room, message.card)
    if message.kind not in Reaction.Kind.values:
        raise Refused("unknown_reaction", _("Choose a reaction in the list."))
    if not is_shown(card, card.stage) or not write_settings(card.stage).reactions:
        raise Refused("closed", _("This card takes no reaction now."))
    if message.on:
        Reaction.objects.get_or_create(card=card, participant=participant, kind=message.kind)
    else:
        Reaction.objects.filter(card=card, participant=participant, kind=message.kind).delete()
    rows = list(card.reactions.values_list("kind", "participant_id"))
    counts = {kind: sum(1 for name, _who in rows if name == kind) for kind in Reaction.Kind.values}
    own = sorted(kind for kind, who in rows if who == participant.pk)
    _tell_reactions(room, ALL, "reactions", {"id": str(card.pk), **counts}, is_kept=bool(rows))
    _tell_reactions(room, to(participant), "reacted", {"id": str(card.pk), "kinds": own}, is_kept=bool(own))
    return {"kinds": own}


def _tell_reactions(room: Room, audience: str, collection: str, item: Item, *, is_kept: bool) -> None:
    put, drop = {collection: [item]}, {collection: [str(item["id"])]}
    tell(room, "reaction_changed", audience, put=put if is_kept else None, drop=None if is_kept else drop)


def _participant(viewer: Viewer) -> Participant:
    if viewer.participant is None:
        raise Refused("forbidden", _("Join the workshop first."))
    return viewer.participant


def _own_card(room: Room, viewer: Viewer, message: messages.CardMessage | messages.CardEdit) -> Card:
    card = card_in(room, message.card)
    if card.participant_id != _participant(viewer).pk:
        raise Refused("not_yours", _("This card is not yours."))
    if card.hidden_reason:
        raise Refused("hidden", _("The facilitator has hidden this card."))
    return card


def _takes_cards(stage: Stage) -> bool:
    return stage.kind in Stage.WRITING and stage.is_current and stage.contributions_open


def _lateness(stage: Stage) -> str:
    """In time, or late within the grace; refused before the stage, long after, and where nothing is written."""
    if _takes_cards(stage):
        return Card.Late.NO
    if stage.kind not in Stage.WRITING or stage.state == Stage.State.TO_COME:
        raise Refused("closed", _("This stage does not take cards now."))
    ended = stage.contributions_closed_at
    if ended is None or timezone.now() - ended > GRACE:
        raise Refused("closed", _("This stage is over: it no longer takes cards."))
    return Card.Late.WAITING


def _level(given: str | None) -> str:
    if not given:
        return ""
    if given not in Card.Level.values:
        raise Refused("unknown_level", _("Choose a place in the list."))
    return given
