"""Words taken off the board are taken out of the room's log too: a phone that wakes late must not read them."""

from typing import Any

from django.db.models import TextField
from django.db.models.functions import Cast

from consultations.live.models import Event, Room
from consultations.workshops.models import Card


def redact(room: Room, card: Card) -> None:
    """Empty the card's text in the log: everywhere when its author took it back; hidden, for all the others."""
    told = Event.objects.filter(room=room, seq__gte=card.order)
    if not card.withdrawn:
        told = told.exclude(audience__in=["facilitators", f"participant:{card.participant_id}"])
    named = told.annotate(written=Cast("payload", TextField())).filter(written__contains=str(card.pk))
    for event in named.order_by("pk"):
        event.payload = _without_text(event.payload, str(card.pk))
        event.save(update_fields=["payload"])


def _without_text(payload: dict[str, Any], key: str) -> dict[str, Any]:
    put = payload.get("put", {})
    cards = [
        {**card, "text": ""} if card["id"] == key and "text" in card else card
        for card in put.get("cards", [])
    ]
    return {**payload, "put": {**put, "cards": cards}} if cards else payload
