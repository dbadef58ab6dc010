"""Writes: facts are added and never changed; releases are frozen."""

import datetime
import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core.services import record_audit
from observatory.disclosure import PUBLIC
from observatory.indicators.areas import geography_of
from observatory.indicators.figures import LeftOut
from observatory.indicators.models import DatasetVersion, Fact, Indicator, PublishedCell, Release, Source
from observatory.indicators.permissions import can_publish_release, can_withdraw_release
from observatory.indicators.pooling import Pooled, pooled_cells
from observatory.indicators.releasing import (
    Derived,
    Draft,
    Past,
    add_breaks,
    add_derived,
    add_open,
    add_protected,
    past_of,
)
from observatory.indicators.tables import FactRow, delivery_of
from territories.models import Territory

BATCH = 2_000


@dataclass(frozen=True)
class Subject:
    """What a release is about: a survey or a source, its place, how far it has got, what has no figure.

    `levels` are those its facts can speak of; every publishable one when empty.
    """

    kind: str
    id: str
    slug: str
    title: str
    scope: Territory
    response_count: int
    is_open: bool = False
    left_out: tuple[LeftOut, ...] = ()
    derived: tuple[Derived, ...] = ()
    pooled: Pooled | None = None
    levels: tuple[str, ...] = ()


@transaction.atomic
def record_facts(
    *,
    actor: User | None,
    source: Source,
    label: str,
    geography_on: datetime.date,
    rows: Sequence[FactRow],
) -> DatasetVersion:
    """Add a delivery of facts, which becomes the current one of its indicators; the old facts stay.

    The same rows again are recognised by their hash and change nothing.
    """
    sha256 = _hash_of(rows)
    version, is_new = DatasetVersion.objects.get_or_create(
        source=source, sha256=sha256, defaults={"label": label, "geography_on": geography_on}
    )
    indicators = {row.indicator_id for row in rows}
    others = Fact.objects.current().filter(indicator__in=indicators).exclude(dataset_version=version)
    others.update(is_current=False)
    if is_new:
        Fact.objects.bulk_create(_facts_of(version, rows), batch_size=BATCH)
        record_audit(actor=actor, verb="facts_recorded", target=version, changes={"rows": len(rows)})
    else:
        Fact.objects.filter(dataset_version=version, indicator__in=indicators).update(is_current=True)
    return version


def _facts_of(version: DatasetVersion, rows: Iterable[FactRow]) -> list[Fact]:
    return [
        Fact(
            dataset_version=version,
            indicator_id=row.indicator_id,
            territory_id=row.territory_id,
            period=row.period,
            slice_id=row.slice_id,
            value=row.value,
            base_count=row.base_count,
        )
        for row in rows
    ]


def _hash_of(rows: Iterable[FactRow]) -> str:
    ordered = sorted(
        (row.indicator_id, row.territory_id, row.period, row.slice_id, row.value, row.base_count)
        for row in rows
    )
    return hashlib.sha256(json.dumps(ordered).encode()).hexdigest()


@transaction.atomic
def publish_release(
    *,
    actor: User | None,
    subject: Subject,
    dataset_version: DatasetVersion,
    released_on: datetime.date | None = None,
) -> Release:
    """Freeze what may be published of a subject; `actor` None is the platform's own tick.

    The same facts give the same release. An open subject is refused under eleven new responses, and a level
    that changed too little since it was last shown is kept as it was.
    """
    if actor is not None and not can_publish_release(actor):
        raise PermissionDenied
    earlier = list(
        Release.objects.of(subject.kind, subject.id).select_for_update(of=("self",)).order_by("number")
    )
    last = earlier[-1] if earlier else None
    if last and last.withdrawn_on is None and last.input_hash == dataset_version.sha256:
        return last
    indicators = list(Indicator.objects.filter(origin_kind=subject.kind, origin_id=subject.id))
    _check_enough(subject, last, indicators)
    release = _new_release(subject, dataset_version, released_on or timezone.localdate(), last)
    draft = _fill(release, subject, indicators, past_of(earlier, indicators))
    Release.objects.of(subject.kind, subject.id).update(is_latest=False)
    release.save(force_insert=True)
    PublishedCell.objects.bulk_create(draft.cells, batch_size=BATCH)
    record_audit(actor=actor, verb="release_published", target=release, changes={"number": release.number})
    return release


def _check_enough(subject: Subject, last: Release | None, indicators: Sequence[Indicator]) -> None:
    if not indicators:
        raise ValidationError(
            _("Nothing is measured by “%(title)s”: publish its questionnaire first.")
            % {"title": subject.title}
        )
    if all(one.sensitivity == Indicator.Sensitivity.OPEN for one in indicators):
        return
    if subject.response_count < PUBLIC.minimum:
        raise ValidationError(
            _("“%(title)s” has fewer than %(count)d responses: nothing can be published yet.")
            % {"title": subject.title, "count": PUBLIC.minimum}
        )
    if last and subject.is_open and subject.response_count - last.base_count < PUBLIC.minimum:
        raise ValidationError(
            _(
                "“%(title)s” is still open and has fewer than %(count)d new responses since its last publication: "
                "wait for more, or close it."
            )
            % {"title": subject.title, "count": PUBLIC.minimum}
        )


def _new_release(
    subject: Subject, version: DatasetVersion, released_on: datetime.date, last: Release | None
) -> Release:
    return Release(
        subject_kind=subject.kind,
        subject_id=subject.id,
        slug=subject.slug,
        title=subject.title,
        scope_level=subject.scope.level_id,
        scope_code=subject.scope.code,
        scope_name=subject.scope.name,
        geography_on=version.geography_on,
        number=last.number + 1 if last else 1,
        released_on=released_on,
        base_count=subject.response_count,
        input_hash=version.sha256,
        parameters={"dataset_version": version.pk, "is_open": subject.is_open, "rule": PUBLIC.parameters()},
    )


def _fill(release: Release, subject: Subject, indicators: Sequence[Indicator], past: list[Past]) -> Draft:
    delivery = delivery_of(release.parameters["dataset_version"], indicators)
    located = delivery.located().union(*(one.delivery.located() for one in past))
    is_about_persons = any(one.sensitivity != Indicator.Sensitivity.OPEN for one in indicators)
    geography = geography_of(subject.scope, release.geography_on, located if is_about_persons else ())
    draft = Draft(release, geography.at_levels(subject.levels) if subject.levels else geography)
    for indicator in indicators:
        facts = delivery.facts.get(indicator.pk, [])
        if indicator.sensitivity == Indicator.Sensitivity.OPEN:
            add_open(draft, indicator, facts)
        else:
            add_protected(draft, indicator, facts, past)
    for one in subject.derived:
        add_derived(draft, one)
    if not draft.cells:
        raise ValidationError(_("“%(title)s” has no figure to publish.") % {"title": subject.title})
    add_breaks(draft, indicators)
    if subject.pooled is not None:
        draft.cells += pooled_cells(draft.cells, subject.pooled)
    counts: dict[str, int] = {}
    for cell in draft.cells:
        counts[str(cell.status)] = counts.get(str(cell.status), 0) + 1
    draft.report["cells"] = counts
    draft.report["left_out"] = [asdict(one) for one in subject.left_out]
    release.report = draft.report
    return draft


@transaction.atomic
def withdraw_release(*, actor: User, release: Release) -> Release:
    """Stop showing a release; its number is never used again and its address says it was withdrawn."""
    if not can_withdraw_release(actor):
        raise PermissionDenied
    release.withdrawn_on = timezone.localdate()
    release.is_latest = False
    release.save(update_fields=["withdrawn_on", "is_latest"])
    previous = Release.objects.of(release.subject_kind, release.subject_id).filter(withdrawn_on=None).first()
    if previous:
        Release.objects.filter(pk=previous.pk).update(is_latest=True)
    record_audit(actor=actor, verb="release_withdrawn", target=release)
    return release
