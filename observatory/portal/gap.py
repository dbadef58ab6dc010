"""Needs beside what is offered: how many voice each, how many found no answer, how many services are there.

Voices and signals come from published cells, services from public records: this page tells no more than they do.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from needs.models import Need
from needs.selectors import needs_by_code
from observatory.disclosure import PUBLIC
from observatory.indicators.figures import Figure
from observatory.indicators.models import Indicator, PublishedCell, Release
from observatory.indicators.selectors import TOTAL, voices_of_needs
from observatory.portal.drawing import BAR_WIDTH
from observatory.portal.feeds.names import SIGNALS_THEME, SOURCE, signals_slug
from territories.models import Territory
from territories.selectors import home_departement
from unmet.models import Offer
from unmet.selectors import Shown, offers_in, outdated, replies_shown, saturated

YEARS = 3
"""A year without any published signal yet shows the one before, three years back at most."""


@dataclass(frozen=True)
class Unmet:
    """How often a need found no answer in a place; `code` is that of its figure."""

    code: str
    count: int | None
    is_secret: bool


@dataclass(frozen=True)
class SignalPage:
    """The signals of a place in a year, the most frequent first."""

    year: int
    release: Release | None
    lines: tuple["SignalLine", ...]
    secret_count: int
    saturated: tuple["SignalLine", ...]
    outdated: tuple["SignalLine", ...]

    @property
    def total(self) -> int:
        """Published counts, added up."""
        return sum(one.count for one in self.lines)


@dataclass(frozen=True)
class SignalLine:
    """One need with its figure, its bar (hundredths of the longest) and what was answered."""

    need: Need
    code: str
    count: int
    width: float
    offer: Offer | None
    shown: Shown | None

    @property
    def anchor(self) -> str:
        """Its code in an address."""
        return self.need.code.lower().replace(".", "-")


@dataclass(frozen=True)
class GapLine:
    """One need: voices and unmet searches (None: secret or none published), services; bars in hundredths."""

    need: Need
    voices: int | None
    unmet: Unmet | None
    services: int
    full: int
    stale: int
    voices_width: float
    services_width: float

    @property
    def has_no_service(self) -> bool:
        return self.services == 0


@dataclass(frozen=True)
class Gap:
    """The needs of a place, the most voiced first, with one sentence."""

    lines: tuple[GapLine, ...]
    sentence: str
    year: int

    @property
    def without_service(self) -> tuple[GapLine, ...]:
        return tuple(one for one in self.lines if one.has_no_service)


def signals_of(territory: Territory) -> SignalPage:
    """What anyone may read there: published counts, then needs whose services are full, or not checked in time."""
    year, release = _last_release()
    unmet = _unmet(release, territory)
    counts = {need: one.count for need, one in unmet.items() if one.count}
    full = {need for need, place in saturated() if place == territory.pk} - set(counts)
    stale = {need for need, place in outdated() if place == territory.pk} - set(counts) - full
    spoken = [*counts, *full, *stale]
    needs, offers = needs_by_code(spoken), offers_in(territory)
    replies = _answered(territory, spoken)
    longest = max(counts.values(), default=1)

    def line(code: str) -> SignalLine:
        count = counts.get(code, 0)
        figure = unmet[code].code if code in counts else ""
        return SignalLine(
            needs[code], figure, count, _width(count, longest), offers.get(code), replies.get(code)
        )

    ordered = sorted(counts, key=lambda code: (-counts[code], code))
    return SignalPage(
        year=year,
        release=release,
        lines=tuple(line(code) for code in ordered if code in needs),
        secret_count=sum(one.is_secret for one in unmet.values()),
        saturated=tuple(line(code) for code in sorted(full) if code in needs),
        outdated=tuple(line(code) for code in sorted(stale) if code in needs),
    )


def _answered(territory: Territory, needs: list[str]) -> dict[str, Shown]:
    """What is answered there; where nothing is, what the département answers for the whole."""
    own = replies_shown(territory, needs=needs)
    scope = home_departement()
    wide = replies_shown(scope, needs=needs) if scope and scope != territory else {}
    return {
        code: own[code] if code in own and own[code].replies else wide.get(code) or own[code]
        for code in {*own, *wide}
    }


def gap_of(territory: Territory) -> Gap:
    """Every need voiced or unmet there, with the services that answer it."""
    voices = voices_of_needs(place=(territory.level_id, territory.code))
    kept = {code: count for code, count in voices.items() if count >= PUBLIC.minimum}
    year, release = _last_release()
    unmet = {code: one for code, one in _unmet(release, territory).items() if one.count}
    needs, offers = needs_by_code({*kept, *unmet}), offers_in(territory)
    codes = sorted(needs, key=lambda code: (-kept.get(code, 0), -_count(unmet.get(code)), code))
    lines = _lines(codes, needs, kept, unmet, offers)
    return Gap(lines, _sentence(territory, lines), year)


def _lines(
    codes: Iterable[str],
    needs: Mapping[str, Need],
    voices: Mapping[str, int],
    unmet: Mapping[str, Unmet],
    offers: Mapping[str, Offer],
) -> tuple[GapLine, ...]:
    ordered = list(codes)
    most_voices = max((voices.get(code, 0) for code in ordered), default=0) or 1
    most_services = max((offers[code].services for code in ordered if code in offers), default=0) or 1
    return tuple(
        GapLine(
            need=needs[code],
            voices=voices.get(code),
            unmet=unmet.get(code),
            services=offers[code].services if code in offers else 0,
            full=offers[code].full if code in offers else 0,
            stale=offers[code].stale if code in offers else 0,
            voices_width=_width(voices.get(code, 0), most_voices),
            services_width=_width(offers[code].services if code in offers else 0, most_services),
        )
        for code in ordered
    )


def _sentence(territory: Territory, lines: tuple[GapLine, ...]) -> str:
    if not lines:
        return ""
    bare = [one for one in lines if one.has_no_service]
    said = ngettext(
        "%(place)s: %(count)d need is voiced or looked for often enough to be shown.",
        "%(place)s: %(count)d needs are voiced or looked for often enough to be shown.",
        len(lines),
    ) % {"place": territory.name, "count": len(lines)}
    if not bare:
        return f"{said} " + _("Each has at least one service.")
    return f"{said} " + ngettext(
        "%(count)d of them has no service.", "%(count)d of them have no service.", len(bare)
    ) % {"count": len(bare)}


def last_signal_release() -> Release | None:
    """The release shown of the last year that has one."""
    today = timezone.localdate().year
    slugs = [signals_slug(year) for year in range(today - YEARS + 1, today + 1)]
    rows = Release.objects.shown().filter(subject_kind=SOURCE, subject_id__in=slugs)
    return max(rows, key=lambda one: one.subject_id, default=None)


def _last_release() -> tuple[int, Release | None]:
    found = last_signal_release()
    return (int(found.subject_id.rsplit("-", 1)[-1]) if found else timezone.localdate().year), found


def _unmet(release: Release | None, territory: Territory) -> dict[str, Unmet]:
    """By need, the published cell of the place; secret ones say so and nothing else."""
    if release is None:
        return {}
    needs = dict(
        Indicator.objects.filter(origin_kind=SOURCE, origin_id=release.subject_id).values_list(
            "code", "needs__code"
        )
    )
    cells = PublishedCell.objects.filter(
        release=release, level_code=territory.level_id, territory_code=territory.code, slice_key=TOTAL
    )
    return {
        needs[cell.indicator_code]: Unmet(
            cell.indicator_code,
            None if cell.value is None else int(cell.value),
            cell.status not in {PublishedCell.Status.PUBLISHED, PublishedCell.Status.MISSING},
        )
        for cell in cells
        if needs.get(cell.indicator_code)
    }


def _count(one: Unmet | None) -> int:
    return one.count or 0 if one else 0


def _width(value: int, most: int) -> float:
    return round(BAR_WIDTH * value / most, 2)


def replies_to(found: Figure) -> Shown | None:
    """What the territory answered about the need of this figure, in the whole; None for any other figure."""
    if found.theme != SIGNALS_THEME:
        return None
    scope = (
        Territory.objects.current()
        .filter(
            level_id=found.reference.level if found.reference else "",
            code=found.reference.code if found.reference else "",
        )
        .first()
    )
    need = Indicator.objects.filter(code=found.code).values_list("needs__code", flat=True).first()
    return replies_shown(scope, needs=[need]).get(need) if scope and need else None
