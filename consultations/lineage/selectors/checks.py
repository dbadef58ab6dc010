"""Whether every link holds: both ends exist, and the records of the apps say the same as the links."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from consultations.lineage.models import Link
from consultations.lineage.registries import Gap, lineage_checks
from consultations.lineage.selectors.stories import resolve


@dataclass(frozen=True)
class DeadLink:
    """A link one end of which no longer exists, or is of an unknown kind."""

    link_id: int
    kind: str
    object_id: str


def dead_links(batch_size: int = 2000) -> Iterator[DeadLink]:
    """Every end of a link that does not resolve."""
    batch: list[Link] = []
    for each in Link.objects.order_by("pk").iterator(chunk_size=batch_size):
        batch.append(each)
        if len(batch) == batch_size:
            yield from _dead(batch)
            batch = []
    yield from _dead(batch)


def _dead(links: list[Link]) -> Iterator[DeadLink]:
    ends = [(link.pk, link.source_kind, link.source_id) for link in links]
    ends += [(link.pk, link.target_kind, link.target_id) for link in links]
    alive = resolve({(kind, key) for _pk, kind, key in ends})
    for pk, kind, key in ends:
        if (kind, key) not in alive:
            yield DeadLink(pk, kind, key)


Row = tuple[tuple[str, str], str, tuple[str, str]]


def compare(wanted: set[Row], links: QuerySet[Link]) -> Iterator[Gap]:
    """What records say and these links do not, then what these links say and no record does."""
    fields = ("source_kind", "source_id", "relation", "target_kind", "target_id")
    rows: set[Row] = {
        ((kind, key), relation, (to_kind, to_key))
        for kind, key, relation, to_kind, to_key in links.values_list(*fields).iterator()
    }
    yield from (Gap(*row) for row in sorted(wanted - rows))
    yield from (Gap(*row, is_missing=False) for row in sorted(rows - wanted))


def gaps() -> Iterator[Gap]:
    """Every link an app says must exist and does not, or exists and must not."""
    for check in lineage_checks:
        yield from check()
