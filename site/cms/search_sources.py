"""What else the search looks through: consultations, places and indicators."""

from collections.abc import Callable, Iterable

from django.utils.translation import gettext_lazy as _

from cms import lookups
from cms.search import matches, words_of
from consultations.process.models import Consultation
from core.content import SearchHit, SearchSource, search_sources
from observatory.indicators.models import Indicator, PublishedCell
from territories.models import Territory

MOST = 500


def _ranked(words: str, limit: int, hits: Iterable[SearchHit]) -> list[SearchHit]:
    query = words_of(words)
    scored = [
        SearchHit(hit.title, hit.url, hit.kind, hit.excerpt, score)
        for hit in hits
        if (score := matches(query, words_of(f"{hit.title} {hit.excerpt}")))
    ]
    return sorted(scored, key=lambda hit: -hit.score)[:limit]


def find_consultations(words: str, limit: int) -> list[SearchHit]:
    """Public consultations."""
    rows = Consultation.objects.public().values_list("slug", "title", "summary")[:MOST]
    hits = (
        SearchHit(
            title,
            lookups.address("process:consultation_detail", f"/participer/{slug}/", slug),
            _("consultation"),
            text,
        )
        for slug, title, text in rows
    )
    return _ranked(words, limit, hits)


def find_places(words: str, limit: int) -> list[SearchHit]:
    """Territories in force whose name begins with, or holds, the words."""
    folded = " ".join(words_of(words))
    places = Territory.objects.filter(search_name__contains=folded, valid_to=None).select_related("level")
    return [
        SearchHit(
            place.name,
            lookups.address(
                "territories:detail",
                f"/territoires/{place.level_id}/{place.code}/",
                place.level_id,
                place.code,
            ),
            place.level.name,
            "",
            99.0 if place.search_name.startswith(folded) else 90.0,
        )
        for place in places.order_by("level__rank", "search_name")[: min(limit, 10)]
    ]


def find_indicators(words: str, limit: int) -> list[SearchHit]:
    """Indicators that have published figures."""
    published = PublishedCell.objects.filter(release__is_latest=True).values("indicator_code")
    rows = Indicator.objects.filter(code__in=published).values_list("code", "title", "question")[:MOST]
    hits = (
        SearchHit(
            title, lookups.address("portal:indicator", f"/observatoire/{code}/", code), _("figure"), text
        )
        for code, title, text in rows
    )
    return _ranked(words, limit, hits)


SOURCES: dict[str, tuple[object, Callable[[str, int], list[SearchHit]]]] = {
    "consultations": (_("Consultations"), find_consultations),
    "territories": (_("Places"), find_places),
    "indicators": (_("Figures"), find_indicators),
}


def register() -> None:
    """Those not registered by their own app."""
    for name, (label, find) in SOURCES.items():
        if name not in search_sources:
            search_sources.register(name, SearchSource(label, find))
