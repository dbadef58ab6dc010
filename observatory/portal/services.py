"""Publishing: from answers and open data to frozen releases."""

from dataclasses import replace

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.lineage.models import Link, Relation
from consultations.lineage.services import replace_links
from consultations.surveys.models import Survey
from observatory.indicators.models import Release
from observatory.indicators.pooling import pooled_code
from observatory.indicators.services import Subject, publish_release, record_facts
from observatory.portal.feeds.names import SURVEY
from observatory.portal.feeds.populations import population_feed
from observatory.portal.feeds.sources import publish_feed
from observatory.portal.feeds.surveys import scope_of, survey_feed
from observatory.portal.outlook import Moment, is_open, last_release, moment_of
from observatory.portal.permissions import can_publish_results

LINK_BATCH = 2_000


def publish_survey(*, actor: User | None, survey: Survey) -> Release:
    """Release what may be published of a survey's answers; the same answers give the same release.

    Each response is linked to the release it is counted in, so that its receipt can say so. `actor` None
    is the platform's own tick.
    """
    if actor is not None and not can_publish_results(actor, survey):
        raise PermissionDenied
    subject = Subject(
        kind=SURVEY,
        id=str(survey.pk),
        slug=survey.slug,
        title=survey.title,
        scope=scope_of(survey),
        response_count=0,
        is_open=is_open(survey),
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
        subject = replace(
            subject, response_count=feed.response_count, left_out=feed.left_out, derived=feed.derived,
            pooled=feed.pooled,
        )  # fmt: skip
        release = publish_release(actor=actor, subject=subject, dataset_version=version)
        _link_responses(survey, release)
        _link_needs(survey, release)
    return release


def publish_open_figures(*, actor: User | None) -> list[Release]:
    """Release the official series this instance holds."""
    feed = population_feed()
    return [publish_feed(actor=actor, feed=feed)] if feed else []


def publish_due_releases() -> int:
    """Called by the tick: surveys that closed, and open ones with enough new responses, once a day at most."""
    done = 0
    for survey in Survey.objects.exclude(status=Survey.Status.DRAFT).select_related(
        "consultation__territory__level", "consultation__organisation"
    ):
        if moment_of(survey, last_release(survey)) is Moment.NOW:
            try:
                publish_survey(actor=None, survey=survey)
            except ValidationError:
                continue
            done += 1
    return done


def _link_needs(survey: Survey, release: Release) -> None:
    """Say where the release was said, and of which needs its published figures speak."""
    own = ("release", str(release.pk))
    spoken = release.cells.filter(indicator_code=pooled_code(release.slug)).order_by("slice_key")
    targets: list[tuple[Relation, tuple[str, str]]] = [(Relation.RAISED_IN, (SURVEY, str(survey.pk)))]
    codes = spoken.values_list("slice_key", flat=True).distinct()
    targets += [(Relation.CODED_AS, ("need", code)) for code in codes]
    relations = (Relation.RAISED_IN, Relation.CODED_AS)  # what rests on the release stays
    replace_links(source=own, targets=targets, on=release.released_on, relations=relations)


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
