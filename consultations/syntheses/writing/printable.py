"""What every export writes, in the order it is read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from consultations.syntheses.blocks import DOCUMENT_HEADINGS, Block
from consultations.syntheses.document import CHANGED_SINCE_COMMENTS, Document, Item
from consultations.syntheses.models import Synthesis
from consultations.syntheses.reading.dates import write_date
from consultations.syntheses.selectors.versions import document_of_version


@dataclass(frozen=True)
class Note:
    """Where a sentence comes from, in words."""

    text: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Printable:
    """`facts` are short lines under the title: who adopted it, when it was published, its address."""

    document: Document
    facts: tuple[str, ...] = ()
    summary: str = ""
    notes: tuple[Note, ...] = ()
    is_demo: bool = False

    @property
    def labels(self) -> Iterator[str]:
        """The lines that imports read back."""
        if self.document.session:
            yield f"Séance : {self.document.session}"
        if self.document.theme:
            yield f"Thème : {self.document.theme}"
        if self.document.held_on:
            yield f"Date : {write_date(self.document.held_on)}"

    @property
    def blocks(self) -> Iterator[tuple[str, tuple[Item, ...]]]:
        """Headings with their items, empty blocks left out."""
        for code in Block.values:
            if items := self.document.block(code):
                yield DOCUMENT_HEADINGS[code], items


def printable_of(synthesis: Synthesis, content: Mapping[str, Any]) -> Printable:
    """A version with its adoption, its summary, and where each sentence comes from."""
    facts = []
    if synthesis.adopted_on and synthesis.decision and synthesis.status != Synthesis.Status.DRAFT:
        facts.append(f"Adoptée le {write_date(synthesis.adopted_on)} : {synthesis.decision}")
    if content.get("changed_since"):
        facts.append(CHANGED_SINCE_COMMENTS)
    notes = tuple(note for items in content["blocks"].values() for note in _notes(items))
    return Printable(
        document_of_version(content), tuple(facts), content.get("summary", ""), notes, synthesis.is_demo
    )


def _notes(items: list[dict[str, Any]]) -> Iterator[Note]:
    for item in items:
        if item.get("evidence") and item["evidence"]["sentences"]:
            yield Note(item["text"], tuple(item["evidence"]["sentences"]))
        yield from _notes(item["items"])
