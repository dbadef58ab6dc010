"""Published syntheses, found by the site's search and by others', and shown in pages."""

from collections.abc import Iterator, Sequence

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consultations.syntheses.models import Synthesis
from consultations.syntheses.selectors.versions import placed_lines
from core.content import (
    ContentBlock,
    PublicAddress,
    SearchHit,
    SearchSource,
    content_blocks,
    public_addresses,
    search_sources,
)
from core.text import fold

MOST = 300


def find_syntheses(words: str, limit: int) -> list[SearchHit]:
    """Public syntheses whose title, theme or sentences hold every word; the sentence found is the excerpt."""
    query = fold(words).split()
    hits = []
    for synthesis in Synthesis.objects.public().select_related("published_version")[:MOST] if query else ():
        assert synthesis.published_version is not None  # noqa: S101 - public() says so
        title = fold(f"{synthesis.title} {synthesis.theme}")
        texts = [text for _key, (_place, text) in placed_lines(synthesis.published_version.content)]
        inside = fold(" ".join(texts))
        in_title = sum(word in title for word in query)
        if all(word in title or word in inside for word in query):
            excerpt = next((text for text in texts if any(word in fold(text) for word in query)), "")
            url = reverse("syntheses:detail", args=[synthesis.slug])
            hits.append(
                SearchHit(str(synthesis), url, _("synthesis"), excerpt, 0.5 + in_title / (2 * len(query)))
            )
    return sorted(hits, key=lambda hit: -hit.score)[:limit]


def choices() -> Sequence[tuple[str, str]]:
    """Public syntheses, by address."""
    return [(one.slug, one.title) for one in Synthesis.objects.public()[:MOST]]


def render(reference: str, request: HttpRequest | None) -> str:
    """A tile that leads to a synthesis; nothing when it is gone."""
    synthesis = Synthesis.objects.public().filter(slug=reference).first()
    return render_to_string("syntheses/partials/tile.html", {"synthesis": synthesis}, request)


def addresses() -> Iterator[PublicAddress]:
    """The list, then each public synthesis."""
    found = list(Synthesis.objects.public())
    if found:
        yield PublicAddress(reverse("syntheses:list"))
    for one in found:
        yield PublicAddress(reverse("syntheses:detail", args=[one.slug]), one.published_on)


def register() -> None:
    """Called when the app is ready."""
    public_addresses.register("syntheses", addresses)
    search_sources.register("syntheses", SearchSource(_("Syntheses of workshops"), find_syntheses))
    content_blocks.register("synthesis", ContentBlock(_("Synthesis of a workshop"), choices, render))
