"""Polls as lineage objects: a receipt leads to the poll, since nothing leads to a ballot."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy

from consultations.lineage.registries import Item, LineageKind, lineage_kinds
from consultations.polls.models import Poll
from consultations.polls.registries import is_room


def resolve_polls(keys: Collection[str]) -> Mapping[str, Item]:
    """A poll is told by its question; its page is that of its results."""
    wanted = []
    for key in keys:
        try:
            wanted.append(UUID(key))
        except ValueError:
            continue
    return {str(poll.pk): _item(poll) for poll in Poll.objects.filter(pk__in=wanted)}


def _item(poll: Poll) -> Item:
    is_public = poll.status != Poll.Status.DRAFT and not is_room(poll.place_kind)
    url = reverse("polls:results", args=[poll.slug]) if is_public else ""
    return Item(poll.question, url=url, easy_read=poll.easy_question, is_public=is_public)


def register() -> None:
    """Called when the app is ready."""
    lineage_kinds.register("poll", LineageKind(gettext_lazy("poll"), resolve_polls, icon="vote"))
