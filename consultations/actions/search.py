"""Announced sheets, found by the site's search and by others'."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consultations.actions.models import ActionSheet, Programme
from core.content import PublicAddress, SearchHit, SearchSource, public_addresses, search_sources
from core.text import fold

MOST = 500


def find_sheets(words: str, limit: int) -> list[SearchHit]:
    """Sheets whose title holds every word."""
    query = fold(words).split()
    hits = []
    for sheet in ActionSheet.objects.public().only("title", "slug")[:MOST] if query else ():
        title = fold(sheet.title)
        if all(word in title for word in query):
            url = reverse("actions:detail", args=[sheet.slug])
            hits.append(SearchHit(sheet.title, url, _("action sheet"), "", 1.0))
    return hits[:limit]


def addresses() -> Iterator[PublicAddress]:
    """The list, then each announced sheet, then public programmes."""
    sheets = list(ActionSheet.objects.public().only("slug", "state_since"))
    if sheets:
        yield PublicAddress(reverse("actions:list"))
    for sheet in sheets:
        yield PublicAddress(reverse("actions:detail", args=[sheet.slug]), sheet.state_since)
    for programme in Programme.objects.filter(is_public=True).only("slug"):
        yield PublicAddress(reverse("actions:programme", args=[programme.slug]))
    for name in ("agreements", "groups", "partners"):
        yield PublicAddress(reverse(f"actions:{name}"))


def register() -> None:
    """Called when the app is ready."""
    public_addresses.register("actions", addresses)
    search_sources.register("actions", SearchSource(_("Action sheets"), find_sheets))
