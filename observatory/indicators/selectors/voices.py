"""How many published answers voice each need, by place: floors added up over surveys, never a count of people."""

from collections.abc import Collection, Mapping

from django.db.models import Sum

from observatory.indicators.models import PublishedCell, Release
from observatory.indicators.pooling import pooled_code

Place = tuple[str, str]  # level code, territory code


def voices_of_needs(
    *,
    place: Place | None = None,
    needs: Collection[str] | None = None,
    subjects: Collection[str] | None = None,
) -> Mapping[str, int]:
    """Answers that voice each need: at one place, or in the whole of each survey. Two queries.

    `subjects` keeps the surveys of these keys. A person who answered two surveys is in both.
    """
    shown = Release.objects.shown()
    if subjects is not None:
        shown = shown.filter(subject_id__in=list(subjects))
    releases = list(shown.values_list("pk", "slug", "scope_level", "scope_code"))
    codes = {pooled_code(slug) for _pk, slug, _level, _code in releases}
    cells = PublishedCell.objects.filter(
        release__in=[pk for pk, *_rest in releases], indicator_code__in=codes
    )
    if needs is not None:
        cells = cells.filter(slice_key__in=list(needs))
    if place is not None:
        cells = cells.filter(level_code=place[0], territory_code=place[1])
        rows = cells.values("slice_key").annotate(voices=Sum("value")).order_by()
        return {row["slice_key"]: int(row["voices"]) for row in rows}
    whole = {pk: (level, code) for pk, _slug, level, code in releases}
    found: dict[str, int] = {}
    fields = ("release_id", "level_code", "territory_code", "slice_key", "value")
    levels = {level for level, _code in whole.values()}
    for pk, level, code, need, value in cells.filter(level_code__in=levels).values_list(*fields):
        if whole[pk] == (level, code):
            found[need] = found.get(need, 0) + int(value or 0)
    return found


def voiced_places() -> list[tuple[str, str, str]]:
    """Where published figures voice some need: level, code, name. Two queries."""
    releases = dict(Release.objects.shown().values_list("pk", "slug"))
    cells = PublishedCell.objects.filter(
        release__in=list(releases), indicator_code__in={pooled_code(slug) for slug in releases.values()}
    )
    rows = cells.order_by().values_list("level_code", "territory_code", "territory_name").distinct()
    return sorted(rows)
