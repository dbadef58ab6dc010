"""From a code to one territory: the level, the day and the events of the map decide."""

import datetime
import re
from collections.abc import Iterable, Sequence

from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from territories.models import Territory, TerritoryAlias, TerritoryEventLink

WRITTEN = re.compile(r"[0-9A-Za-z_-]{1,20}")


class TerritoryError(LookupError):
    """A code or a graph that leads to no single territory; its text can be shown."""


class UnknownTerritory(TerritoryError):
    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(_("No territory has the code “%(code)s” on that day.") % {"code": code})


class AmbiguousTerritory(TerritoryError):
    """Several territories answer to the code: the person chooses among `candidates`."""

    def __init__(self, code: str, candidates: Sequence[Territory]) -> None:
        self.code, self.candidates = code, tuple(candidates)
        names = ", ".join(f"{one.level.name} {one.name} ({one.code})" for one in self.candidates)
        super().__init__(
            _("“%(code)s” means several territories: %(names)s. Say which level.")
            % {"code": code, "names": names}
        )


class CyclicTerritory(TerritoryError):
    def __init__(self, names: Iterable[object]) -> None:
        chain = " → ".join(str(name) for name in names)
        super().__init__(_("These territories lead back to themselves: %(chain)s.") % {"chain": chain})


def resolve_code(code: str, *, level: str | None = None, on: datetime.date | None = None) -> Territory:
    """The territory of that code on a day (today by default); an old code leads to what it became.

    Codes written by other files (`47001` for canton 4701) are known too, so a code without its
    level is often ambiguous. Raises AmbiguousTerritory, UnknownTerritory or CyclicTerritory.
    """
    code = code.strip().upper()
    day = on or timezone.localdate()
    if not WRITTEN.fullmatch(code) or (level and not WRITTEN.fullmatch(level)):
        raise UnknownTerritory(code)
    found: dict[int, Territory] = {}
    for periods in _by_level(code, level).values():
        valid = [one for one in periods if is_valid_on(one, day)]
        for one in valid or _heirs([one for one in periods if one.valid_to and one.valid_to <= day], day):
            found[one.pk] = one
    if not found:
        raise UnknownTerritory(code)
    if len(found) > 1:
        raise AmbiguousTerritory(code, sorted(found.values(), key=lambda one: (-one.level.rank, one.code)))
    return next(iter(found.values()))


def is_valid_on(territory: Territory, day: datetime.date) -> bool:
    return territory.valid_from <= day and (territory.valid_to is None or territory.valid_to > day)


def _by_level(code: str, level: str | None) -> dict[str, list[Territory]]:
    """Territories of that official code by level; those another file calls so, where a level has none."""
    alias = Q(aliases__kind=TerritoryAlias.Kind.CODE, aliases__value=code)
    rows = Territory.objects.filter(Q(code=code) | alias).select_related("level").distinct()
    if level:
        rows = rows.filter(level_id=level)
    levels: dict[str, list[Territory]] = {}
    official = {one.level_id for one in rows if one.code == code}
    for one in rows:
        if one.code == code or one.level_id not in official:
            levels.setdefault(one.level_id, []).append(one)
    return levels


def _heirs(ended: list[Territory], day: datetime.date) -> list[Territory]:
    """What the last of these ended territories became by `day`, through as many events as needed."""
    if not ended:
        return []
    start = max(ended, key=lambda one: one.valid_from)
    heirs: dict[int, Territory] = {}
    seen, frontier = {start.pk: start}, {start.pk}
    while frontier:
        links = (
            TerritoryEventLink.objects.filter(before__in=frontier, event__happened_on__lte=day)
            .exclude(after=F("before"))
            .filter(event__happened_on=F("before__valid_to"))
            .select_related("after__level")
        )
        frontier = set()
        for link in links:
            heir = link.after
            if is_valid_on(heir, day):
                heirs[heir.pk] = heir
            elif heir.pk == start.pk:
                raise CyclicTerritory([*seen.values(), heir])
            elif heir.pk not in seen:
                seen[heir.pk] = heir
                frontier.add(heir.pk)
    return list(heirs.values())
