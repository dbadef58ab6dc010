"""Groups of cards: created, renamed, merged, split, moved into. What carries votes keeps its meaning.

Every function runs as a verb of the room: in one transaction, the room's row locked.
"""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from consultations.live.models import Room
from consultations.live.problems import Refused
from consultations.live.registries import Role, Viewer
from consultations.workshops.board import items, messages
from consultations.workshops.kinds import GroupSettings, read_settings
from consultations.workshops.models import BoardOperation, Card, Group, Rank, Stage, Vote
from consultations.workshops.services.finding import card_in, cards_in, group_in, stage_in
from consultations.workshops.services.telling import is_shown, tell, tell_card, tell_undoable
from consultations.workshops.wording import clean_group_name

Kind = BoardOperation.Kind
TOLD: dict[str, str] = {
    Kind.CREATE: "group_created",
    Kind.RENAME: "group_renamed",
    Kind.MERGE: "groups_merged",
    Kind.SPLIT: "group_split",
    Kind.MOVE: "card_moved",
    Kind.HIDE: "card_hidden",
}


def create_group(
    *, room: Room, viewer: Viewer, message: messages.GroupCreate, **_more: Any
) -> dict[str, Any]:
    """A named group, empty or with these cards."""
    stage = stage_in(room, message.stage)
    cards = cards_in(room, message.cards)
    group = _new_group(room, stage, message.name)
    tell(room, "group_created", put={"groups": [items.group_item(group)]})
    before = {str(card.pk): items.text_of(card.group_id) for card in cards}
    move_cards(room, "group_created", cards, group)
    keep_operation(room, viewer, stage, Kind.CREATE, before={"group": str(group.pk), "cards": before})
    return {"group": str(group.pk)}


def _new_group(room: Room, stage: Stage, name: str) -> Group:
    return Group.objects.create(stage=stage, name=clean_group_name(name), order=room.seq + 1)


def rename_group(
    *, room: Room, viewer: Viewer, message: messages.GroupRename, **_more: Any
) -> dict[str, Any]:
    """Another name for the same cards."""
    group = group_in(room, message.group)
    before, group.name = group.name, clean_group_name(message.name)
    if before == group.name:
        return {"already": True}
    group.save(update_fields=["name"])
    tell(room, "group_renamed", put={"groups": [items.group_item(group)]})
    keep_operation(room, viewer, group.stage, Kind.RENAME, before={"group": str(group.pk), "name": before})
    return {"group": str(group.pk)}


def merge_groups(*, room: Room, viewer: Viewer, message: messages.GroupMerge, **_more: Any) -> dict[str, Any]:
    """Put the cards of `source` into `target`. Merging what is merged already changes nothing."""
    done = Group.objects.filter(stage__workshop_id=room.key, pk=message.source, merged_into=message.target)
    if done.exists():
        return {"already": True}
    source, target = group_in(room, message.source), group_in(room, message.target)
    if source.pk == target.pk:
        raise Refused("same_group", _("Choose two different groups."))
    refuse_voted([source, target])
    cards = list(_cards_of(source))
    source.merged_into = target
    source.save(update_fields=["merged_into"])
    move_cards(room, "groups_merged", cards, target)
    tell(room, "groups_merged", drop={"groups": [str(source.pk)]})
    before = {
        "source": str(source.pk),
        "target": str(target.pk),
        "cards": [str(card.pk) for card in cards],
    }
    keep_operation(room, viewer, target.stage, Kind.MERGE, before=before)
    return {"group": str(target.pk)}


def split_group(*, room: Room, viewer: Viewer, message: messages.GroupSplit, **_more: Any) -> dict[str, Any]:
    """Some cards of a group make a group of their own."""
    group = group_in(room, message.group)
    refuse_voted([group])
    cards = cards_in(room, message.cards)
    if not cards or any(card.group_id != group.pk for card in cards):
        raise Refused("not_in_group", _("Choose cards of this group."))
    new = _new_group(room, group.stage, message.name)
    tell(room, "group_split", put={"groups": [items.group_item(new)]})
    move_cards(room, "group_split", cards, new)
    before = {"group": str(new.pk), "from": str(group.pk)}
    keep_operation(room, viewer, group.stage, Kind.SPLIT, before=before)
    return {"group": str(new.pk)}


def move_card(*, room: Room, viewer: Viewer, message: messages.CardMove, **_more: Any) -> dict[str, Any]:
    """Put a card into a group, or take it out of any."""
    card = card_in(room, message.card)
    group = group_in(room, message.group) if message.group else None
    if viewer.role == Role.PARTICIPANT:
        _refuse_participant(room, card)
    if card.group_id == message.group:
        return {"already": True}
    before = {
        "card": str(card.pk),
        "group": items.text_of(message.group),
        "was": items.text_of(card.group_id),
    }
    move_cards(room, "card_moved", [card], group)
    if viewer.role == Role.FACILITATOR:
        keep_operation(room, viewer, card.stage, Kind.MOVE, before=before)
    return {"card": str(card.pk)}


def _refuse_participant(room: Room, card: Card) -> None:
    """Participants sort the cards everyone sees, in a stage that lets them."""
    running = Stage.objects.filter(workshop_id=room.key, kind=Stage.Kind.GROUP, contributions_open=True)
    stage = running.filter(state__in=["running", "paused"]).first()
    settings = read_settings(stage.kind, stage.settings) if stage else None
    if not isinstance(settings, GroupSettings) or not settings.participants_move:
        raise Refused("closed", _("The facilitator sorts the cards at this moment."))
    if not is_shown(card, card.stage):
        raise Refused("gone", _("This card is no longer there."))


def move_cards(room: Room, kind: str, cards: Iterable[Card], group: Group | None) -> None:
    """Change the group of each card and tell those who see it."""
    for card in cards:
        card.group = group
        card.save(update_fields=["group"])
        tell_card(room, kind, card, card.stage)


def _cards_of(group: Group) -> Iterable[Card]:
    return Card.objects.filter(group=group, withdrawn=False).select_related("stage", "need", "participant")


def refuse_voted(groups: Iterable[Group]) -> None:
    """What people voted on no longer changes under their votes."""
    keys = [group.pk for group in groups]
    if Vote.objects.filter(group__in=keys).exists() or Rank.objects.filter(group__in=keys).exists():
        raise Refused(
            "voted", _("People have voted on this group: it can no longer be put together or split.")
        )


def keep_operation(room: Room, viewer: Viewer, stage: Stage, kind: str, *, before: dict[str, Any]) -> None:
    """Remember how to undo, and tell facilitators that they may."""
    BoardOperation.objects.create(
        workshop_id=stage.workshop_id,
        stage=stage,
        kind=kind,
        before=before,
        order=room.seq,
        done_by=viewer.user,
    )
    tell_undoable(room, TOLD[kind])
