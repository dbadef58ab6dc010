"""What a source delivers to the observatory, and how it is released: councils, signals and populations alike."""

import datetime
from dataclasses import dataclass

from django.db import transaction

from accounts.models import User
from observatory.indicators.models import Release, Source
from observatory.indicators.services import Subject, publish_release, record_facts
from observatory.indicators.tables import FactRow
from observatory.portal.feeds.names import SOURCE
from territories.models import Territory


@dataclass(frozen=True)
class SourceFeed:
    """The rows of a delivery with where they come from.

    `count` is what they rest on, when it may be told; `levels` are those they speak of, every one when empty.
    """

    source: Source
    scope: Territory
    geography_on: datetime.date
    rows: list[FactRow]
    count: int = 0
    levels: tuple[str, ...] = ()


@transaction.atomic
def publish_feed(*, actor: User | None, feed: SourceFeed, is_open: bool = False) -> Release:
    """Record the facts and freeze their release; the same facts give the same release.

    `actor` None is the platform's own tick; `is_open` when more is still being counted.
    """
    version = record_facts(
        actor=actor,
        source=feed.source,
        label=feed.source.title,
        geography_on=feed.geography_on,
        rows=feed.rows,
    )
    subject = Subject(
        kind=SOURCE,
        id=feed.source.slug,
        slug=feed.source.slug,
        title=feed.source.title,
        scope=feed.scope,
        response_count=feed.count,
        is_open=is_open,
        levels=feed.levels,
    )
    return publish_release(actor=actor, subject=subject, dataset_version=version)
