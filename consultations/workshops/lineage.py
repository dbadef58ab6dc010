"""Workshops, cards and groups as lineage objects; a contribution is what one device gave, by nobody's name."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from accounts.permissions import Visitor
from consultations.lineage.registries import Item, LineageKind, Milestone, lineage_kinds
from consultations.live.models import Participant
from consultations.workshops.models import Card, Group, Workshop
from consultations.workshops.permissions import can_facilitate_workshop

WORKSHOP, CARD, GROUP, CONTRIBUTION = "workshop", "card", "card_group", "contribution"
Status = Workshop.Status


def as_uuids(keys: Collection[str]) -> list[UUID]:
    """The keys that can be one of ours."""
    found = []
    for key in keys:
        try:
            found.append(UUID(key))
        except ValueError:
            continue
    return found


def resolve_workshops(keys: Collection[str]) -> Mapping[str, Item]:
    """A workshop by its title, with its own steps."""
    found = Workshop.objects.filter(pk__in=as_uuids(keys)).select_related("consultation")
    return {str(workshop.pk): _item(workshop) for workshop in found}


def _item(workshop: Workshop) -> Item:
    is_public = workshop.status != Status.DRAFT and workshop.consultation.status != "draft"
    is_over = workshop.status in {Status.CLOSED, Status.SYNTHESIS}
    is_told = workshop.status == Status.SYNTHESIS
    return Item(
        workshop.title,
        url=reverse("workshops:detail", args=[workshop.slug]) if is_public else "",
        is_public=is_public,
        territory_id=workshop.consultation.territory_id,
        milestones=(
            Milestone(gettext("the workshop"), "done" if is_over else "under_way", workshop.starts_on),
            Milestone(gettext("its synthesis"), "done" if is_told else "to_come"),
        ),
    )


def resolve_cards(keys: Collection[str]) -> Mapping[str, Item]:
    """A card in its own words: only its author's receipt leads to it. Withdrawn, it no longer exists."""
    rows = Card.objects.filter(pk__in=as_uuids(keys), withdrawn=False)
    hidden = gettext("A card hidden by the facilitator")
    erased = gettext("A card whose words were erased, as was promised")
    return {
        str(card.pk): Item(hidden if card.hidden_reason else card.text or erased, is_public=False)
        for card in rows
    }


def cards_inside(user: Visitor, keys: Collection[str]) -> Mapping[str, Item]:
    """Cards and their words, for those who run the workshop they were written in."""
    rows = Card.objects.kept().filter(pk__in=as_uuids(keys)).select_related("stage__workshop__consultation")
    named = resolve_cards([str(card.pk) for card in rows if _runs(user, card.stage.workshop)])
    return named


def groups_inside(user: Visitor, keys: Collection[str]) -> Mapping[str, Item]:
    """Groups of cards, for those who run the workshop."""
    rows = Group.objects.filter(pk__in=as_uuids(keys), removed=False)
    rows = rows.select_related("stage__workshop__consultation")
    return resolve_groups([str(group.pk) for group in rows if _runs(user, group.stage.workshop)])


def _runs(user: Visitor, workshop: Workshop) -> bool:
    """Asked once by workshop and reader: a thread may pass through many cards of one."""
    known: dict[UUID, bool] = user.__dict__.setdefault("_workshops_run", {})
    if workshop.pk not in known:
        known[workshop.pk] = can_facilitate_workshop(user, workshop)
    return known[workshop.pk]


def resolve_groups(keys: Collection[str]) -> Mapping[str, Item]:
    """A group by its name."""
    groups = Group.objects.filter(pk__in=as_uuids(keys), removed=False)
    return {str(group.pk): Item(group.name, is_public=False) for group in groups}


def resolve_contributions(keys: Collection[str]) -> Mapping[str, Item]:
    """What one device gave, told by the title of the workshop and nothing of who held it."""
    devices = Participant.objects.filter(pk__in=as_uuids(keys), room__kind=WORKSHOP)
    rooms = {str(pk): key for pk, key in devices.values_list("pk", "room__key")}
    titles = {
        str(pk): title
        for pk, title in Workshop.objects.filter(pk__in=as_uuids(set(rooms.values()))).values_list(
            "pk", "title"
        )
    }
    return {key: Item(titles[room], is_public=False) for key, room in rooms.items() if room in titles}


def register() -> None:
    """Called once, from `AppConfig.ready()`."""
    lineage_kinds.register(WORKSHOP, LineageKind(gettext_lazy("workshop"), resolve_workshops, icon="users"))
    lineage_kinds.register(
        CARD,
        LineageKind(
            gettext_lazy("card"),
            resolve_cards,
            reached=gettext_lazy("You wrote on a card"),
            icon="quote",
            inside=cards_inside,
        ),
    )
    lineage_kinds.register(
        GROUP,
        LineageKind(
            gettext_lazy("group of cards"),
            resolve_groups,
            reached=gettext_lazy("Put together with other cards, under this name"),
            icon="layers",
            inside=groups_inside,
        ),
    )
    lineage_kinds.register(
        CONTRIBUTION,
        LineageKind(
            gettext_lazy("contribution to a workshop"),
            resolve_contributions,
            is_personal=True,
            spoke=gettext_lazy("You took part in the workshop “%(title)s”."),
            heard=gettext_lazy("Your cards are kept with everyone’s."),
            reading=gettext_lazy(
                "Your cards are in the room. When the workshop ends, you will see here what becomes of them."
            ),
        ),
    )
