"""The objects a message names, in this room and no other; else a refusal that says why."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext as _

from consultations.live.models import Room
from consultations.live.problems import Refused
from consultations.workshops.models import Card, Group, Stage, Workshop
from needs.models import Need


def workshop_of(room: Room) -> Workshop:
    """The workshop a room serves."""
    return Workshop.objects.select_related("consultation").get(pk=room.key)


def stage_in(room: Room, pk: UUID) -> Stage:
    stage = Stage.objects.select_related("workshop").filter(workshop_id=room.key, pk=pk).first()
    if stage is None:
        raise Refused("gone", _("This stage is not one of this workshop."))
    return stage


def card_in(room: Room, pk: UUID) -> Card:
    """A card that was not withdrawn."""
    found = Card.objects.select_related("stage", "need", "participant", "group")
    card = found.filter(stage__workshop_id=room.key, pk=pk, withdrawn=False).first()
    if card is None:
        raise Refused("gone", _("This card is no longer there."))
    return card


def cards_in(room: Room, pks: Iterable[UUID]) -> list[Card]:
    """Several at once, in the order of the board; each must be there."""
    wanted = set(pks)
    found = Card.objects.select_related("stage", "need", "participant", "group").filter(
        stage__workshop_id=room.key, pk__in=wanted, withdrawn=False
    )
    cards = list(found)
    if len(cards) != len(wanted):
        raise Refused("gone", _("One of these cards is no longer there."))
    return cards


def group_in(room: Room, pk: UUID) -> Group:
    """A group that stands on the board; when it was merged, the refusal names where it went."""
    found = Group.objects.select_related("stage", "merged_into").filter(stage__workshop_id=room.key, pk=pk)
    group = found.first()
    if group is not None and group.merged_into is not None:
        message = _("This group has just been put together with “%(name)s”.")
        raise Refused("merged", message % {"name": group.merged_into.name})
    if group is None or group.removed:
        raise Refused("gone", _("This group is no longer there."))
    return group


def need_named(code: str | None) -> Need | None:
    """The need of this code; nothing when none was chosen."""
    if not code:
        return None
    need = Need.objects.filter(code=code, valid_to=None).first()
    if need is None:
        raise Refused("unknown_need", _("Choose a need in the list."))
    return need
