"""Searches and requests that ended without help as facts: a count by need, by group of communes, by reason.

Counts of events, not of people; protected as people are. A need counted fewer than eleven times has no indicator. One
subject a year: counts only grow within it, which is what comparing releases supposes.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.conf import settings
from django.utils import translation

from needs.models import Need
from needs.selectors import needs_by_code
from observatory.disclosure import PUBLIC
from observatory.indicators.models import Indicator, Slice, Source
from observatory.indicators.tables import FactRow
from observatory.portal.feeds.names import SIGNAL_LEVELS, SIGNALS_THEME, SOURCE, signal_code, signals_slug
from observatory.portal.feeds.sources import SourceFeed
from territories.models import Territory
from territories.selectors import descendants, home_departement
from unmet.models import Kind, Observation

METHOD = (
    "Recherches dans l’annuaire et demandes d’orientation de l’année qui n’ont pas trouvé d’aide : rien trouvé, "
    "seulement à plus de 20 km (30 km en orientation), plus de place, refus, pas de réponse en trente jours. On compte "
    "des recherches et des demandes, pas des personnes : une personne peut en faire plusieurs. Aucun mot saisi n’est "
    "gardé. Le lieu est l’intercommunalité ; les recherches sans lieu comptent pour le département seul. Rien n’est "
    "montré sur moins de 11, ni ne peut se déduire par soustraction."
)
Counts = Mapping[tuple[int, str], int]  # territory, kind


def signal_feed(year: int) -> SourceFeed | None:
    """The observations of a year, or None when no need was counted often enough."""
    scope = home_departement()
    if scope is None:
        return None
    tables, groups = _tables(year, scope), _groups(scope)
    needs = needs_by_code(tables)
    if not needs:
        return None
    source = _source(year)
    with translation.override(settings.LANGUAGE_CODE):
        kinds = {kind: _slice(kind) for kind in Kind}
    total = Slice.objects.get_or_create(key=Slice.TOTAL)[0]
    rows = [
        row
        for order, code in enumerate(sorted(needs))
        for row in _rows(_indicator(year, needs[code], order, source), tables[code], groups, (total, kinds))
    ]
    counted = sum(sum(tables[code].values()) for code in needs)
    day = datetime.date(year, 1, 1)
    told = counted - counted % PUBLIC.minimum  # rounded down, so that it tells no remainder
    return SourceFeed(source, scope, day, rows, told, SIGNAL_LEVELS)


def _groups(scope: Territory) -> list[int]:
    """The groups of communes wholly inside: those where nothing was counted have a figure too, which is zero."""
    return sorted(
        kin.territory.pk
        for kin in descendants(scope)
        if kin.is_full and kin.territory.level_id == SIGNAL_LEVELS[-1]
    )


def _tables(year: int, scope: Territory) -> dict[str, Counts]:
    """By need: how many, by place inside the département and reason; those counted often enough."""
    inside = set(_groups(scope))
    found: dict[str, dict[tuple[int, str], int]] = defaultdict(lambda: defaultdict(int))
    rows = Observation.objects.filter(year=year).order_by("need", "territory", "kind")
    for need, place, kind, count in rows.values_list("need", "territory_id", "kind", "count"):
        found[need][place if place in inside else scope.pk, kind] += count
    return {code: one for code, one in found.items() if sum(one.values()) >= PUBLIC.minimum}


def _rows(
    indicator: Indicator, table: Counts, groups: Iterable[int], slices: tuple[Slice, Mapping[Kind, Slice]]
) -> Iterable[FactRow]:
    total, kinds = slices
    period = indicator.origin_id.rsplit("-", 1)[-1]
    by_place = dict.fromkeys(groups, 0)
    for (place, kind), count in sorted(table.items()):
        by_place[place] = by_place.get(place, 0) + count
        yield FactRow(indicator.pk, place, period, kinds[Kind(kind)].pk, float(count), None)
    for place, count in sorted(by_place.items()):
        yield FactRow(indicator.pk, place, period, total.pk, float(count), None)


def _slice(kind: Kind) -> Slice:
    return Slice.objects.update_or_create(
        key=f"signal:{kind}",
        defaults={
            "members": {"choice": str(kind)},
            "label": str(kind.label).capitalize(),
            "order": Kind.values.index(kind),
        },
    )[0]


def _indicator(year: int, need: Need, order: int, source: Source) -> Indicator:
    indicator = Indicator.objects.update_or_create(
        code=signal_code(year, need.code),
        defaults={
            "theme": SIGNALS_THEME,
            "order": order,
            "title": f"{need.plain_label} : sans réponse"[:200],
            "question": "Combien de recherches et de demandes n’ont pas trouvé d’aide ?",
            "unit": "fois",
            "aggregation": Indicator.Aggregation.SUM,
            "sensitivity": Indicator.Sensitivity.PERSONS,
            "counts_events": True,
            "method": METHOD,
            "source_text": source.citation,
            "origin_kind": SOURCE,
            "origin_id": source.slug,
            "is_demo": settings.DEMO,
        },
    )[0]
    indicator.needs.set([need])
    return indicator


def _source(year: int) -> Source:
    return Source.objects.update_or_create(
        slug=signals_slug(year),
        defaults={
            "producer": "Annuaire et orientation",
            "title": f"Besoins sans réponse en {year}",
            "licence": "Licence Ouverte 2.0",
            "citation": "Recherches et demandes faites sur ce site",
        },
    )[0]
