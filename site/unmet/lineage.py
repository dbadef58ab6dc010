"""Signals as objects of lineage: what a need without an answer led to. Read by all once their figure is published."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Visitor
from consultations.lineage.registries import Item, LineageKind, Milestone, lineage_kinds
from needs.selectors import needs_by_code
from unmet.models import Signal
from unmet.permissions import can_read_place
from unmet.registries import public_address

KIND = "signal"


def resolve_signals(keys: Collection[str]) -> Mapping[str, Item]:
    """The need, the place, and each reply with its day."""
    wanted = [int(key) for key in keys if key.isdecimal() and len(key) < 18]
    rows = list(
        Signal.objects.filter(pk__in=wanted).select_related("territory__level").prefetch_related("replies")
    )
    needs = needs_by_code({one.need for one in rows})
    return {str(one.pk): _item(one, needs[one.need].plain_label) for one in rows if one.need in needs}


def _item(one: Signal, label: str) -> Item:
    title = _("%(need)s: no answer found, %(place)s") % {"need": label, "place": one.territory.name}
    steps = tuple(
        Milestone(str(reply.get_state_display()), "done", reply.written_on, reply.text)
        for reply in sorted(one.replies.all(), key=lambda reply: (reply.written_on, reply.pk))
    )
    return Item(
        title,
        url=public_address(one),
        is_public=one.is_public,
        milestones=steps if one.is_public else (),
        note=str(one.get_state_display()),
        territory_id=one.territory_id,
    )


def inside_signals(user: Visitor, keys: Collection[str]) -> Mapping[str, Item]:
    """Those not public yet, for those who read them in the workspace."""
    return {
        key: replace(item, url=reverse("unmet:detail", args=[key]))
        for key, item in resolve_signals(keys).items()
        if item.territory_id is not None and can_read_place(user, item.territory_id)
    }


def register() -> None:
    """Called once, from `AppConfig.ready()`."""
    kind = LineageKind(
        gettext_lazy("need without an answer"),
        resolve_signals,
        icon="megaphone",
        inside=inside_signals,
    )
    lineage_kinds.register(KIND, kind)
