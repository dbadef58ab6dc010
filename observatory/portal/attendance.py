"""Publishing who came to workshops, by college, once a workshop is over: frozen at closing, released once."""

from django.core.exceptions import ValidationError
from django.db import transaction

from consultations.process.models import Consultation
from consultations.workshops.models import Workshop
from observatory.indicators.models import Release
from observatory.indicators.services import Subject, publish_release, record_facts
from observatory.portal.feeds.names import WORKSHOP
from observatory.portal.feeds.workshops import attendance_feed, slug_of


@transaction.atomic
def publish_attendance(*, workshop: Workshop) -> Release:
    """Release what may be shown of a workshop's attendance; the platform's own tick is the one who asks."""
    feed = attendance_feed(workshop)
    version = record_facts(
        actor=None,
        source=feed.source,
        label=workshop.title,
        geography_on=feed.geography_on,
        rows=feed.rows,
    )
    subject = Subject(
        kind=WORKSHOP,
        id=str(workshop.pk),
        slug=slug_of(workshop),
        title=workshop.title,
        scope=feed.scope,
        response_count=feed.people_count,
    )
    return publish_release(actor=None, subject=subject, dataset_version=version)


def publish_due_attendance() -> int:
    """Called by the tick: workshops that are over and not released yet; gives how many."""
    over = Workshop.objects.filter(closed_at__isnull=False).exclude(attendance={})
    released = set(Release.objects.filter(subject_kind=WORKSHOP).values_list("subject_id", flat=True))
    done = 0
    public = over.exclude(consultation__status=Consultation.Status.DRAFT)
    for workshop in public.select_related("consultation__organisation", "territory__level"):
        if str(workshop.pk) in released:
            continue
        try:
            publish_attendance(workshop=workshop)
        except ValidationError:
            continue
        done += 1
    return done
