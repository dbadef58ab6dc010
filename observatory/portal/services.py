"""Publishing: from answers and open data to frozen releases."""

from dataclasses import replace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.lineage.models import Link, Relation
from consultations.surveys.models import Survey
from observatory.disclosure import PUBLIC
from observatory.indicators.models import Release
from observatory.indicators.services import Subject, publish_release, record_facts
from observatory.portal.feeds.names import SOURCE, SURVEY
from observatory.portal.feeds.populations import population_feed
from observatory.portal.feeds.surveys import scope_of, survey_feed

LINK_BATCH = 2_000


def publish_survey(*, actor: User | None, survey: Survey) -> Release:
    """Release what may be published of a survey's answers; the same answers give the same release.

    Each response is linked to the release it is counted in, so that its receipt can say so.
    """
    subject = Subject(
        kind=SURVEY,
        id=str(survey.pk),
        slug=survey.slug,
        title=survey.title,
        scope=scope_of(survey),
        response_count=0,
        is_open=_is_open(survey),
    )
    with transaction.atomic():
        if survey.responses.filter(is_projected=False).exists():
            raise ValidationError(
                _("Some answers of “%(title)s” are still being read. Try again in a minute.")
                % {"title": survey.title}
            )
        feed = survey_feed(survey, subject.scope)
        version = record_facts(
            actor=actor,
            source=feed.source,
            label=survey.title,
            geography_on=feed.geography_on,
            rows=feed.rows,
        )
        subject = replace(subject, response_count=feed.response_count, left_out=feed.left_out)
        release = publish_release(actor=actor, subject=subject, dataset_version=version)
        _link_responses(survey, release)
    return release


def publish_open_figures(*, actor: User | None) -> list[Release]:
    """Release the official series this instance holds."""
    feed = population_feed()
    if feed is None:
        return []
    with transaction.atomic():
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
            response_count=0,
        )
        return [publish_release(actor=actor, subject=subject, dataset_version=version)]


def publish_due_releases() -> int:
    """Called by the tick: surveys that closed, and open ones with enough new responses, once a day at most."""
    today, done = timezone.localdate(), 0
    for survey in Survey.objects.exclude(status=Survey.Status.DRAFT).select_related(
        "consultation__territory__level", "consultation__organisation"
    ):
        if _is_due(survey, last_release(survey), today):
            try:
                publish_survey(actor=None, survey=survey)
            except ValidationError:
                continue
            done += 1
    return done


def last_release(survey: Survey) -> Release | None:
    """The last release made of a survey, withdrawn or not."""
    return Release.objects.of(SURVEY, str(survey.pk)).order_by("-number").first()


def _is_due(survey: Survey, last: Release | None, today: object) -> bool:
    count = survey.responses.filter(is_projected=True).count()
    if last is None:
        return count >= PUBLIC.minimum
    if last.released_on == today and _is_open(survey):
        return False
    new = count - last.base_count
    return new >= PUBLIC.minimum if _is_open(survey) else new != 0


def _is_open(survey: Survey) -> bool:
    ended = survey.closes_on is not None and survey.closes_on < timezone.localdate()
    return survey.status == Survey.Status.PUBLISHED and not ended


def _link_responses(survey: Survey, release: Release) -> None:
    """Say in the lineage that these responses are counted in this release, once."""
    target = {"target_kind": "release", "target_id": str(release.pk)}
    known = set(
        Link.objects.filter(source_kind="response", relation=Relation.RELEASED_IN, **target).values_list(
            "source_id", flat=True
        )
    )
    if release.base_count != survey.responses.filter(is_projected=True).count() and known:
        return
    keys = survey.responses.filter(is_projected=True).order_by("pk").values_list("pk", flat=True)
    Link.objects.bulk_create(
        [
            Link(
                source_kind="response",
                source_id=str(key),
                relation=Relation.RELEASED_IN,
                linked_on=release.released_on,
                **target,
            )
            for key in keys
            if str(key) not in known
        ],
        ignore_conflicts=True,
        batch_size=LINK_BATCH,
    )
