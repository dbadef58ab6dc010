"""Publishing the needs that found no answer: protected, once a day at most, after eleven more."""

import datetime

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from observatory.disclosure import PUBLIC
from observatory.indicators.models import Indicator, PublishedCell, Release
from observatory.portal.feeds.names import SOURCE, signals_slug
from observatory.portal.feeds.signals import signal_feed
from observatory.portal.feeds.sources import publish_feed
from observatory.portal.gap import last_signal_release
from territories.models import Territory
from unmet.services.replying import mark_published

DAY = 24 * 60 * 60


@transaction.atomic
def publish_signals(year: int) -> Release | None:
    """Release the signals of a year; None when there are none, the last release when too few are new.

    Counts of releases are rounded down to a multiple of eleven: twice as many ahead makes sure of eleven new.
    """
    feed = signal_feed(year)
    if feed is None:
        return None
    last = Release.objects.of(SOURCE, feed.source.slug).filter(withdrawn_on=None).order_by("-number").first()
    if last is not None and abs(feed.count - last.base_count) < 2 * PUBLIC.minimum:
        return last
    release = publish_feed(actor=None, feed=feed, is_open=True)
    show_signals()
    return release


def show_signals() -> None:
    """Say which signals anyone may read today: those of the last release shown, and those that records tell by themselves."""
    release = last_signal_release()
    mark_published(_published_places(release) if release else {})


def _published_places(release: Release) -> dict[str, set[int]]:
    """By need, the territories whose figure anyone may read."""
    needs = dict(
        Indicator.objects.filter(origin_kind=SOURCE, origin_id=release.subject_id).values_list(
            "code", "needs__code"
        )
    )
    cells = PublishedCell.objects.filter(
        release=release, slice_key="total", status=PublishedCell.Status.PUBLISHED, value__gt=0
    )
    levels = cells.order_by().values_list("level_code", flat=True).distinct()
    places = {
        (level, code): pk
        for pk, level, code in Territory.objects.current()
        .filter(level_id__in=levels)
        .values_list("pk", "level_id", "code")
    }
    found: dict[str, set[int]] = {}
    for indicator, level, code in cells.values_list("indicator_code", "level_code", "territory_code"):
        if (level, code) in places:
            found.setdefault(needs[indicator], set()).add(places[level, code])
    return found


def publish_due_signals() -> int:
    """Called by the tick: looks once a day; gives how many releases were made."""
    today = timezone.localdate()
    if not cache.add(f"portal.signals:{today}", True, timeout=DAY):
        return 0
    made = 0
    for year in {today.year, (today.replace(day=1) - datetime.timedelta(days=1)).year}:
        before = Release.objects.of(SOURCE, signals_slug(year)).count()
        publish_signals(year)
        made += Release.objects.of(SOURCE, signals_slug(year)).count() - before
    show_signals()
    return made
