"""The thread from what was said to what was published, for receipts and for the page of a line."""

from collections import defaultdict
from uuid import UUID

from django.utils import timezone

from accounts.models import User
from consultations.lineage.models import Link, Relation
from consultations.lineage.registries import lineage_kinds
from consultations.lineage.services import link
from consultations.syntheses.models import LineSource, Synthesis, SynthesisLine
from consultations.syntheses.selectors.evidence import cards_of
from consultations.syntheses.selectors.versions import placed_lines

LINE, SYNTHESIS = "synthesis_line", "synthesis"


def link_published_lines(*, actor: User | None, synthesis: Synthesis) -> None:
    """Join each published line to its cards, to the results it cites, and to the synthesis; never twice."""
    if synthesis.published_version is None:
        return
    keys = [UUID(key) for key, _placed in placed_lines(synthesis.published_version.content)]
    sources = _sources(keys)
    merged = dict(
        SynthesisLine.objects.filter(merged_into__in=keys, synthesis=synthesis).values_list(
            "pk", "merged_into"
        )
    )
    today = timezone.localdate()
    wanted = [
        *(
            (node, Relation.MERGED_INTO, (LINE, str(line)))
            for line, nodes in sources["card"].items()
            for node in nodes
        ),
        *(
            (node, Relation.SUPPORTS, (LINE, str(line)))
            for line, nodes in sources["release"].items()
            for node in nodes
        ),
        *(
            ((LINE, str(old)), Relation.MERGED_INTO, (LINE, str(new)))
            for old, new in merged.items()
            if _was_linked(old)
        ),
        *(
            (node, Relation.SUPPORTS, (LINE, str(line)))
            for line, nodes in sources["indicator"].items()
            for node in nodes
        ),
        *(((LINE, str(line)), Relation.RELEASED_IN, (SYNTHESIS, str(synthesis.pk))) for line in keys),
        *_origin(synthesis),
    ]
    for source, relation, target in wanted:
        if source[0] in lineage_kinds:
            link(actor=actor, source=source, relation=relation, target=target, on=today)


def _origin(synthesis: Synthesis) -> list[tuple[tuple[str, str], Relation, tuple[str, str]]]:
    """The workshop it concludes, or the consultation it was imported into."""
    own = (SYNTHESIS, str(synthesis.pk))
    if synthesis.workshop_id is not None:
        return [(own, Relation.RAISED_IN, ("workshop", str(synthesis.workshop_id)))]
    if synthesis.consultation_id is not None:
        return [(own, Relation.RAISED_IN, ("consultation", str(synthesis.consultation_id)))]
    return []


def _sources(lines: list[UUID]) -> dict[str, dict[UUID, list[tuple[str, str]]]]:
    """The cards, releases and indicators each line rests on, as nodes of the thread."""
    found: dict[str, dict[UUID, list[tuple[str, str]]]] = {
        "card": defaultdict(list),
        "release": defaultdict(list),
        "indicator": defaultdict(list),
    }
    rows = list(LineSource.objects.filter(line__in=lines).order_by("pk"))
    grouped = {LineSource.Kind.CARD, LineSource.Kind.GROUP}
    cards = cards_of({row.key for row in rows if row.kind in grouped})
    for row in rows:
        if row.kind in grouped:
            found["card"][row.line_id] += [("card", key) for key in sorted(cards.get(row.key, ()))]
        elif row.kind == LineSource.Kind.SURVEY:
            found["release"][row.line_id].append(("release", row.key))
        elif row.kind == LineSource.Kind.INDICATOR:
            found["indicator"][row.line_id].append(("indicator", row.key))
    return found


def _was_linked(line: UUID) -> bool:
    return Link.objects.filter(target_kind=LINE, target_id=str(line)).exists()
