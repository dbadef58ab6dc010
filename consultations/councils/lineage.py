"""A council as a lineage object: what it says starts from it, what is answered comes back to it."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from consultations.councils.models import Council
from consultations.lineage.registries import Item, LineageKind, Milestone, lineage_kinds

COUNCIL = "council"


def resolve_councils(keys: Collection[str]) -> Mapping[str, Item]:
    """Councils by their name; one that is not public is named to nobody."""
    found = Council.objects.filter(pk__in=[key for key in keys if _is_key(key)])
    return {str(one.pk): _item(one) for one in found}


def _is_key(key: str) -> bool:
    try:
        UUID(key)
    except ValueError:
        return False
    return True


def _item(council: Council) -> Item:
    if not council.is_public:
        return Item(gettext("a council"), is_public=False)
    created = Milestone(gettext("the council is created"), "done", council.created_on)
    return Item(council.name, url=reverse("councils:detail", args=[council.slug]), milestones=(created,))


def register() -> None:
    """Called once, from `AppConfig.ready()`."""
    kind = LineageKind(
        gettext_lazy("council"), resolve_councils, gettext_lazy("heard by a council"), icon="landmark"
    )
    lineage_kinds.register(COUNCIL, kind)
