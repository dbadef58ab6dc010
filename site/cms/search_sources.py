"""What else the search looks through: consultations, places and indicators."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from cms import lookups
from cms.search import matches, words_of
from consultations.process.models import Consultation
from core.content import Label, SearchHit, SearchSource, search_sources
from observatory.indicators.models import Indicator, PublishedCell
from territories.selectors.search import search_territories

MOST, MOST_PLACES = 500, 10


def _ranked(words: str, limit: int, hits: Iterable[SearchHit]) -> list[SearchHit]:
    query = words_of(words)
    scored = [
        replace(hit, score=score)
        for hit in hits
        if (score := matches(query, words_of(f"{hit.title} {hit.excerpt} {hit.text}")))
    ]
    return sorted(scored, key=lambda hit: -hit.score)[:limit]


def find_consultations(words: str, limit: int) -> list[SearchHit]:
    """Public consultations, by all that they say and by the words of the needs they are about."""
    rows = Consultation.objects.public().prefetch_related("needs")[:MOST]
    hits = (
        SearchHit(
            row.title,
            lookups.address("process:consultation_detail", f"/participer/{row.slug}/", row.slug),
            _("consultation"),
            row.summary,
            text=_everything(row),
        )
        for row in rows
    )
    return _ranked(words, limit, hits)


def _everything(consultation: Consultation) -> str:
    needs = [". ".join([need.plain_label, ", ".join(need.synonyms)]) for need in consultation.needs.all()]
    said = (consultation.purpose, consultation.restitution, consultation.easy_read_summary)
    return "\n".join(text for text in (*said, *needs) if text)


def find_places(words: str, limit: int) -> list[SearchHit]:
    """Territories by name, former name or code; none while they have no page of their own."""
    found = search_territories(words, limit=min(limit, MOST_PLACES))
    return [
        SearchHit(match.label, url, match.territory.level.name, match.via, match.score)
        for match in found
        if (url := lookups.territory_url(match.territory))
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


SOURCES: dict[str, tuple[Label, Callable[[str, int], list[SearchHit]]]] = {
    "consultations": (_("Consultations"), find_consultations),
    "territories": (_("Places"), find_places),
    "indicators": (_("Figures"), find_indicators),
}


def register() -> None:
    """Those not registered by their own app."""
    for name, (label, find) in SOURCES.items():
        if name not in search_sources:
            search_sources.register(name, SearchSource(label, find))
