"""The text of a synthesis as a tree, today."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from consultations.syntheses.blocks import Block
from consultations.syntheses.document import Document, Item
from consultations.syntheses.models import Synthesis, SynthesisLine


@dataclass(frozen=True)
class LineNode:
    """A line and those it owns; `is_first` and `is_last` among its equals."""

    line: SynthesisLine
    items: tuple["LineNode", ...]
    depth: int
    is_first: bool
    is_last: bool

    def __iter__(self) -> Iterator["LineNode"]:
        yield self
        for node in self.items:
            yield from node


def lines_of(synthesis: Synthesis) -> Mapping[str, tuple[LineNode, ...]]:
    """Every block with its lines. Two queries."""
    found = SynthesisLine.objects.live().filter(synthesis=synthesis).prefetch_related("sources")
    owned: dict[tuple[str, UUID | None], list[SynthesisLine]] = defaultdict(list)
    for line in found.order_by("order", "pk"):
        line.synthesis = synthesis
        owned[line.block, line.parent_id].append(line)
    return {code: _nodes(owned, code, None, 1) for code in Block.values}


def _nodes(
    owned: Mapping[tuple[str, UUID | None], list[SynthesisLine]], block: str, parent: UUID | None, depth: int
) -> tuple[LineNode, ...]:
    lines = owned.get((block, parent), [])
    return tuple(
        LineNode(
            line,
            _nodes(owned, block, line.pk, depth + 1),
            depth,
            is_first=position == 0,
            is_last=position == len(lines) - 1,
        )
        for position, line in enumerate(lines)
    )


def document_of(synthesis: Synthesis) -> Document:
    """The text as a document, to export or compare."""
    blocks = {code: tuple(_item(node) for node in nodes) for code, nodes in lines_of(synthesis).items()}
    return Document(synthesis.title, synthesis.session, synthesis.theme, synthesis.held_on, blocks)


def _item(node: LineNode) -> Item:
    return Item(node.line.text, tuple(_item(each) for each in node.items))


def synthesis_problems(synthesis: Synthesis) -> list[str]:
    """What is missing before it may be shown: at least one sentence, and a day."""
    problems = []
    if not SynthesisLine.objects.live().filter(synthesis=synthesis).exists():
        problems.append(_("Write at least one sentence."))
    if synthesis.held_on is None:
        problems.append(_("Give the day of the workshop."))
    return problems
