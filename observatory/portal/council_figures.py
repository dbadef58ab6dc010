"""Publishing the figures of councils: open acts, released when they changed, once a day at most."""

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from observatory.indicators.models import Release
from observatory.portal.feeds.councils import SOURCE_SLUG, council_feed
from observatory.portal.feeds.names import SOURCE
from observatory.portal.feeds.sources import publish_feed

DAY = 24 * 60 * 60


@transaction.atomic
def publish_council_figures() -> Release | None:
    """Release what councils did; the same facts give the same release. None when there is no public council."""
    feed = council_feed()
    return publish_feed(actor=None, feed=feed) if feed else None


def publish_due_council_figures() -> int:
    """Called by the tick: looks once a day, and releases only what changed; gives how many were made."""
    today = timezone.localdate()
    if not cache.add(f"portal.council_figures:{today}", True, timeout=DAY):
        return 0
    before = Release.objects.of(SOURCE, SOURCE_SLUG).count()
    publish_council_figures()
    return Release.objects.of(SOURCE, SOURCE_SLUG).count() - before
