"""Find a territory by what people type: name, old name, code, postal code; typing errors are forgiven."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from rapidfuzz import fuzz, process

from territories.models import Population, Territory, TerritoryAlias, TerritoryQuerySet, TerritoryRelation
from territories.names import search_key
from territories.selectors.codes import AmbiguousTerritory, TerritoryError, resolve_code

MAX_LENGTH = 100
FUZZY_CUTOFF = 74
"""Of 100: “vilneuve sur lot” and “marmende” pass, other words do not."""
EXACT, PREFIX, INSIDE = 100.0, 95.0, 90.0


@dataclass(frozen=True)
class TerritoryMatch:
    """One answer: `via` is the former name or code that led to it, `context` tells homonyms apart."""

    territory: Territory
    score: float
    via: str = ""
    context: str = ""

    @property
    def is_exact(self) -> bool:
        return self.score >= EXACT

    @property
    def label(self) -> str:
        return f"{self.territory.name} ({self.context})" if self.context else self.territory.name


def search_territories(
    text: str, *, levels: Sequence[str] | None = None, on: datetime.date | None = None, limit: int = 10
) -> list[TerritoryMatch]:
    """At most `limit` territories that exist on a day (today by default), the best first."""
    key, day = search_key(text[:MAX_LENGTH]), on or timezone.localdate()
    if not key:
        return []
    if any(char.isdigit() for char in key) and " " not in key:
        found = _by_code(key.upper(), levels, day)
    else:
        words = " ".join(word for word in key.split() if not word.isdigit())
        found = _by_name(words or key, levels, day, limit)
    best = sorted(found, key=_order)
    return _with_context(best[:limit], day)


def _order(match: TerritoryMatch) -> tuple[float, int, int, str]:
    """The best wording, then the finest level, then the most inhabitants."""
    inhabitants = getattr(match.territory, "inhabitants", 0) or 0
    return (-match.score, -match.territory.level.rank, -inhabitants, match.territory.search_name)


def _by_code(code: str, levels: Sequence[str] | None, day: datetime.date) -> list[TerritoryMatch]:
    """The code itself, what an old code became, communes of a postal code."""
    found: list[Territory] = []
    every: Sequence[str | None] = levels or [None]
    for level in every:
        try:
            found.append(resolve_code(code, level=level, on=day))
        except AmbiguousTerritory as several:
            found.extend(several.candidates)
        except TerritoryError:
            continue
    matches = {one.pk: TerritoryMatch(one, EXACT, "" if one.code == code else code) for one in found}
    postal = Q(aliases__kind=TerritoryAlias.Kind.POSTAL, aliases__value=code)
    for one in _rows(levels, day).filter(postal).distinct():
        matches.setdefault(one.pk, TerritoryMatch(one, INSIDE, code))
    return list(matches.values())


def _rows(levels: Sequence[str] | None, day: datetime.date) -> TerritoryQuerySet:
    latest = Population.objects.filter(territory=OuterRef("pk")).order_by("-year")
    inhabitants = Subquery(latest.values("municipal_count")[:1])
    rows = Territory.objects.valid_on(day).select_related("level").annotate(inhabitants=inhabitants)
    return rows.filter(level_id__in=levels) if levels else rows


def _by_name(key: str, levels: Sequence[str] | None, day: datetime.date, limit: int) -> list[TerritoryMatch]:
    """Names that start with or hold the words; only when there is none, names that look like them."""
    near = Q(search_name__startswith=key) | Q(search_name__contains=f" {key}")
    found = {
        one.pk: TerritoryMatch(one, _score(one.search_name, key)) for one in _rows(levels, day).filter(near)
    }
    former = Q(kind=TerritoryAlias.Kind.NAME) & (
        Q(search_value__startswith=key) | Q(search_value__contains=f" {key}")
    )
    aliases = TerritoryAlias.objects.filter(former, territory__in=_rows(levels, day).values("pk"))
    for alias in aliases.select_related("territory__level"):
        score = _score(alias.search_value, key) - 1
        known = found.get(alias.territory_id)
        if known is None or known.score < score:
            found[alias.territory_id] = TerritoryMatch(alias.territory, score, alias.value)
    return list(found.values()) or _alike(key, levels, day, limit)


def _score(name: str, key: str) -> float:
    if name == key:
        return EXACT
    return PREFIX if name.startswith(key) else INSIDE


def _alike(key: str, levels: Sequence[str] | None, day: datetime.date, limit: int) -> list[TerritoryMatch]:
    rows = {one.pk: one for one in _rows(levels, day)}
    names = {pk: one.search_name for pk, one in rows.items()}
    hits = process.extract(key, names, scorer=fuzz.ratio, score_cutoff=FUZZY_CUTOFF, limit=limit)
    return [TerritoryMatch(rows[pk], min(score, INSIDE - 1)) for _name, score, pk in hits]


def _with_context(matches: list[TerritoryMatch], day: datetime.date) -> list[TerritoryMatch]:
    """Name the département of each, in one query."""
    above: dict[int, list[str]] = {}
    if matches:
        rows = (
            TerritoryRelation.objects.valid_on(day)
            .filter(child__in=[one.territory.pk for one in matches], parent__level="departement")
            .order_by("-weight", "parent__code")
            .values_list("child_id", "parent__name")
        )
        for child, name in rows:
            above.setdefault(child, []).append(name)
    return [
        TerritoryMatch(one.territory, one.score, one.via, ", ".join(above.get(one.territory.pk, ())))
        for one in matches
    ]
