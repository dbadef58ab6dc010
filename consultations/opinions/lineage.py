"""Opinions as lineage objects: what they rest on leads to them, and they lead to their answer and to its effects."""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.councils.lineage import COUNCIL
from consultations.following.registries import Held, held_items
from consultations.lineage.registries import Item, LineageKind, Milestone, lineage_kinds
from consultations.opinions.models import Opinion

OPINION = "opinion"


def as_uuids(keys: Collection[str]) -> list[UUID]:
    """The keys that can be one of ours."""
    found = []
    for key in keys:
        try:
            found.append(UUID(key))
        except ValueError:
            continue
    return found


def resolve_opinions(keys: Collection[str]) -> Mapping[str, Item]:
    """An opinion by its number and title once it is public; before, nobody learns its words."""
    rows = Opinion.objects.filter(pk__in=as_uuids(keys)).select_related("council")
    return {str(one.pk): _item(one) for one in rows}


def _item(one: Opinion) -> Item:
    if not one.is_published:
        return Item(_("an opinion of a council"), is_public=False)
    title = _("%(council)s – %(opinion)s") % {"council": one.council.name, "opinion": one}
    url = reverse("opinions:detail", args=[one.pk])
    return Item(
        title,
        url=url,
        easy_read=one.easy_read,
        note=str(one.get_state_display()),
        milestones=tuple(_milestones(one)),
    )


def _milestones(one: Opinion) -> list[Milestone]:
    steps = [
        Milestone(_("voted by the council"), "done", one.voted_on),
        Milestone(_("sent"), "done", one.sent_on),
    ]
    if one.answered_on is not None:
        steps.append(Milestone(_("answered"), "done", one.answered_on, str(one.get_answer_kind_display())))
    elif one.state in Opinion.WAITING:
        steps.append(Milestone(_("answer due"), "under_way" if one.is_overdue else "to_come", one.due_on))
    if one.carried_out_on is not None:
        steps.append(Milestone(_("carried out"), "done", one.carried_out_on))
    if one.evaluated_on is not None:
        steps.append(Milestone(_("evaluated"), "done", one.evaluated_on))
    return steps


def opinions_of_council(key: str) -> Iterable[Item]:
    """What those who follow a council are told of."""
    council = as_uuids([key])
    return [_item(one) for one in Opinion.objects.filter(council__in=council).select_related("council")]


def register() -> None:
    """Called once, from `AppConfig.ready()`."""
    held_items.register("opinions.council", Held(COUNCIL, opinions_of_council))
    kind = LineageKind(
        gettext_lazy("opinion of a council"),
        resolve_opinions,
        gettext_lazy("taken up in an opinion of a council"),
        icon="megaphone",
    )
    lineage_kinds.register(OPINION, kind)
