"""Writes of links."""

import datetime
from collections.abc import Collection, Iterable

from django.db import transaction

from accounts.models import User
from consultations.lineage.models import Link, Relation
from consultations.lineage.registries import lineage_kinds

Node = tuple[str, str]


@transaction.atomic
def link(*, actor: User | None, source: Node, relation: Relation, target: Node, on: datetime.date) -> Link:
    """Join two objects, each given as (kind, id); joining them again changes nothing.

    Called by the services of the apps that own the objects: they have checked that the actor may.
    """
    _check_kinds([source, target])
    return Link.objects.get_or_create(
        source_kind=source[0],
        source_id=source[1],
        relation=relation,
        target_kind=target[0],
        target_id=target[1],
        defaults={"linked_on": on, "linked_by": actor},
    )[0]


@transaction.atomic
def replace_links(
    *,
    source: Node,
    targets: Iterable[tuple[Relation, Node]],
    on: datetime.date,
    relations: Collection[Relation] = tuple(Relation),
) -> None:
    """Make these the only links of these relations that start at `source`, whatever was there before.

    Projections call it.
    """
    wanted = {(relation, *target) for relation, target in targets}
    _check_kinds([source, *((kind, key) for _relation, kind, key in wanted)])
    existing = Link.objects.filter(source_kind=source[0], source_id=source[1], relation__in=list(relations))
    rows = {(row.relation, row.target_kind, row.target_id): row.pk for row in existing}
    Link.objects.filter(pk__in=[pk for key, pk in rows.items() if key not in wanted]).delete()
    Link.objects.bulk_create(
        [
            Link(
                source_kind=source[0],
                source_id=source[1],
                relation=relation,
                target_kind=kind,
                target_id=key,
                linked_on=on,
            )
            for relation, kind, key in sorted(wanted - rows.keys())
        ],
        ignore_conflicts=True,
    )


def _check_kinds(nodes: Iterable[Node]) -> None:
    unknown = sorted({kind for kind, _key in nodes if kind not in lineage_kinds})
    if unknown:
        raise ValueError(f"Not a kind of lineage object: {', '.join(unknown)}")
