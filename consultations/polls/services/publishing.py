"""A release of a poll: everyone's state as published cells, with their own keys and nothing hidden in them.

The same cells are figures of the observatory (`services.figures`): the share of each option, and what sums
satisfaction up, computed by `consultations.metrics` as on the poll's own page.
"""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from consultations.polls.definition import Definition
from consultations.polls.models import Poll
from consultations.polls.protection import EVERYONE, Shown
from consultations.polls.registries import PlaceInfo
from consultations.polls.selectors.released import POINTS, SUBJECT, code_of
from consultations.polls.services.figures import describe_figures, summed_up
from observatory.indicators.models import PublishedCell, Release, Slice

Status = PublishedCell.Status


def write_release(*, poll: Poll, shown: Shown, place: PlaceInfo) -> Release | None:
    """Freeze what everyone may read of a poll; None for a place without territory. The caller holds the lock."""
    territory = place.territory
    if territory is None:
        return None
    text = json.dumps(shown.to_json(), sort_keys=True)
    number = Release.objects.of(SUBJECT, str(poll.pk)).count() + 1
    summed = summed_up(poll, shown)
    figures = describe_figures(poll=poll, place=place, summed=summed is not None)
    states = {"state": "published", "reason": "", "groups": [list(one.codes) for one in shown.groups]}
    release = Release.objects.create(
        subject_kind=SUBJECT,
        subject_id=str(poll.pk),
        slug=code_of(poll),
        title=f"{poll.question} · {place.title}"[:200],
        scope_level=territory.level_id,
        scope_code=territory.code,
        scope_name=territory.name[:120],
        geography_on=timezone.localdate(),
        number=number,
        released_on=timezone.localdate(),
        base_count=shown.count,
        input_hash=hashlib.sha256(text.encode()).hexdigest(),
        parameters={"rule": {"minimum": EVERYONE}, "definition": poll.definition_hash},
        report={
            "indicators": {one.code: {territory.level_id: states} for one in figures},
            "breaks": {},
            "is_demo": place.is_demo,
            "winners": shown.winners,
            "leaving": shown.leaving,
        },
        is_latest=False,
    )
    shared = {"release": release, "level_code": territory.level_id, "territory_code": territory.code,
              "territory_name": territory.name[:120], "period": str(timezone.localdate().year)}  # fmt: skip
    cells = [*_cells(code_of(poll), poll.asked, shown), *([summed] if summed else [])]
    PublishedCell.objects.bulk_create(PublishedCell(**shared, **cell) for cell in cells)
    return release


def _cells(code: str, definition: Definition, shown: Shown) -> Iterator[dict[str, Any]]:
    labels = {option.code: option.label for option in definition.figures()}
    order = list(labels)
    yield {"indicator_code": code, "slice_key": Slice.TOTAL, "value": float(shown.count),
           "base_count": shown.count, "status": Status.PUBLISHED}  # fmt: skip
    for group in shown.groups:
        key = "+".join(group.codes)
        words = {"slice_key": key, "slice_label": " / ".join(labels[one] for one in group.codes)[:300],
                 "slice_order": order.index(group.codes[0]) + 1, "status": Status.PUBLISHED}  # fmt: skip
        yield {"indicator_code": code, "value": float(group.chosen), "base_count": shown.count, **words}
        if group.points is not None:
            points = {"value": group.points, "base_count": group.chosen}
            yield {"indicator_code": f"{code}--{POINTS}", **points, **words}
        for college, cells in shown.colleges.items():
            inside = {"value": float(cells[key]), "base_count": cells["count"]}
            yield {"indicator_code": f"{code}--{college or 'none'}", **inside, **words}
    for secret in sorted(
        set(order) - {one for group in shown.groups for one in group.codes}, key=order.index
    ):
        yield {"indicator_code": code, "slice_key": secret, "slice_label": labels[secret][:300],
               "slice_order": order.index(secret) + 1, "status": Status.WITHHELD}  # fmt: skip


def list_release(*, poll: Poll) -> None:
    """Say whether the last release is for anyone now: results are live, or the poll is closed."""
    releases = Release.objects.of(SUBJECT, str(poll.pk))
    releases.filter(is_latest=True).update(is_latest=False)
    if poll.status == Poll.Status.CLOSED or poll.visibility == Poll.Visibility.LIVE:
        last = releases.filter(withdrawn_on=None).order_by("-number").first()
        if last is not None:
            releases.filter(pk=last.pk).update(is_latest=True)
