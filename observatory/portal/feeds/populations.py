"""Legal populations as open facts: each territory's count by year, and its change over the series."""

import datetime

from django.db.models import Max, Min

from observatory.indicators.models import Indicator, Slice, Source
from observatory.indicators.tables import FactRow
from observatory.portal.feeds.names import CHANGE, COUNT, SOURCE
from observatory.portal.feeds.sources import SourceFeed
from territories.models import Population, Territory, TerritoryRelation
from territories.selectors import home_departement

SOURCE_SLUG = "insee-populations-legales"


def population_source() -> Source:
    """The source as it is cited."""
    return Source.objects.update_or_create(
        slug=SOURCE_SLUG,
        defaults={
            "producer": "Insee",
            "title": "Populations légales",
            "url": "https://www.insee.fr/fr/information/2008354",
            "licence": "Licence Ouverte 2.0",
            "citation": "Insee, populations légales ; DGCL, composition des intercommunalités",
        },
    )[0]


def population_feed() -> SourceFeed | None:
    """Everything known of the populations of the home département, or None when nothing is."""
    scope = home_departement()
    years = Population.objects.aggregate(first=Min("year"), last=Max("year"))
    if scope is None or years["last"] is None:
        return None
    inside = _inside(scope)
    counts: dict[int, dict[int, int]] = {}
    for territory, year, number in (
        Population.objects.filter(territory__in=inside)
        .order_by("year", "territory")
        .values_list("territory_id", "year", "municipal_count")
    ):
        counts.setdefault(territory, {})[year] = number
    source = population_source()
    total = Slice.objects.get_or_create(key=Slice.TOTAL)[0]
    count, change = _indicators(source, years["first"], years["last"])
    rows = [
        FactRow(count.pk, territory, str(year), total.pk, float(number))
        for territory, series in counts.items()
        for year, number in series.items()
    ]
    period = f"{years['first']}-{years['last'] % 100:02d}"
    for territory, series in counts.items():
        first, last = series.get(years["first"]), series.get(years["last"])
        value = round(100 * (last - first) / first, 2) if first and last is not None else None
        rows.append(FactRow(change.pk, territory, period, total.pk, value))
    return SourceFeed(source, scope, datetime.date(years["last"] + 3, 1, 1), rows)


def _inside(scope: Territory) -> list[int]:
    """The scope, its communes, and what they make up today."""
    today = TerritoryRelation.objects.filter(valid_to=None)
    communes = today.filter(parent=scope, child__level="commune").values("child")
    above = today.full().filter(child__in=communes, parent__level__rank__gt=scope.level.rank)
    wanted = {scope.pk, *communes.values_list("child", flat=True), *above.values_list("parent", flat=True)}
    return sorted(Territory.objects.current().filter(pk__in=wanted).values_list("pk", flat=True))


def _indicators(source: Source, first: int, last: int) -> tuple[Indicator, Indicator]:
    shared = {
        "theme": "population",
        "sensitivity": Indicator.Sensitivity.OPEN,
        "origin_kind": SOURCE,
        "origin_id": source.slug,
        "source_text": source.citation,
    }
    count = Indicator.objects.update_or_create(
        code=COUNT,
        defaults={
            **shared,
            "order": 1,
            "title": "Nombre d’habitants",
            "question": "Combien de personnes vivent ici ?",
            "unit": "habitants",
            "aggregation": Indicator.Aggregation.SUM,
            "method": "Population municipale : les personnes qui ont leur domicile habituel dans la commune. "
            "Les chiffres des intercommunalités, des arrondissements et des cantons sont la somme de leurs "
            "communes entières.",
        },
    )[0]
    change = Indicator.objects.update_or_create(
        code=CHANGE,
        defaults={
            **shared,
            "order": 2,
            "title": f"Évolution du nombre d’habitants, {first} à {last}",
            "question": f"Y a-t-il plus ou moins d’habitants qu’en {first} ?",
            "unit": "%",
            "decimals": 1,
            "aggregation": Indicator.Aggregation.NONE,
            "method": f"Différence entre la population municipale de {last} et celle de {first}, "
            f"divisée par celle de {first}.",
        },
    )[0]
    return count, change
