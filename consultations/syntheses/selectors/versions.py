"""What a version freezes, and what changed from one to the next, line by line."""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from consultations.syntheses.blocks import Block
from consultations.syntheses.document import Document, Item
from consultations.syntheses.models import Synthesis, SynthesisVersion
from consultations.syntheses.opinions import opinions_of
from consultations.syntheses.selectors.evidence import LineEvidence, evidence_of
from consultations.syntheses.selectors.text import LineNode, lines_of
from observatory.disclosure.rules import PUBLIC

ADDED, REMOVED, CHANGED, MOVED, SAME = "added", "removed", "changed", "moved", "same"
Place = tuple[str, str]


def version_content(synthesis: Synthesis) -> dict[str, Any]:
    """The text and its evidence as the public may read them, as JSON values."""
    evidence = evidence_of(synthesis, rule=PUBLIC)
    opinions = opinions_of(synthesis, rule=PUBLIC) if synthesis.workshop_id else None
    return {
        "title": synthesis.title,
        "session": synthesis.session,
        "theme": synthesis.theme,
        "held_on": synthesis.held_on.isoformat() if synthesis.held_on else None,
        "summary": synthesis.summary,
        "opinions": opinions.as_json() if opinions else None,
        "blocks": {
            code: [_as_json(node, evidence) for node in nodes] for code, nodes in lines_of(synthesis).items()
        },
    }


def _as_json(node: LineNode, evidence: Mapping[Any, LineEvidence]) -> dict[str, Any]:
    found = evidence.get(node.line.pk)
    return {
        "id": str(node.line.pk),
        "text": node.line.text,
        "evidence": found.as_json() if found else None,
        "items": [_as_json(each, evidence) for each in node.items],
    }


def document_of_version(content: Mapping[str, Any]) -> Document:
    """The text of a version, to export."""
    held_on = datetime.date.fromisoformat(content["held_on"]) if content["held_on"] else None
    blocks = {code: tuple(_item(each) for each in content["blocks"].get(code, ())) for code in Block.values}
    return Document(content["title"], content["session"], content["theme"], held_on, blocks)


def _item(value: Mapping[str, Any]) -> Item:
    return Item(value["text"], tuple(_item(each) for each in value["items"]))


@dataclass(frozen=True)
class Difference:
    """One line in two versions: what became of it."""

    kind: str
    block: str
    old: str = ""
    new: str = ""

    @property
    def block_label(self) -> str:
        return str(Block(self.block).label)


def differences(old: SynthesisVersion, new: SynthesisVersion) -> list[Difference]:
    """Every line of either, in the order of the new one, then those that left; unchanged ones too."""
    before, after = dict(placed_lines(old.content)), dict(placed_lines(new.content))
    kept = [_difference(before.get(key), place, text) for key, (place, text) in after.items()]
    gone = [
        Difference(REMOVED, place[0], old=text) for key, (place, text) in before.items() if key not in after
    ]
    return kept + gone


def commented_before_changes(synthesis: Synthesis) -> SynthesisVersion | None:
    """The version people commented, when the text is no longer the same; None when it is, or when none was."""
    commented = synthesis.versions.filter(step=Synthesis.Status.COMMENTS).order_by("-number").first()
    if commented is None:
        return None
    same = _words(commented.content) == _words(version_content(synthesis))
    return None if same else commented


def _words(content: Mapping[str, Any]) -> tuple[Any, ...]:
    """What a person reads of the text itself; counts of its evidence may move by themselves."""
    return content["title"], content["theme"], content["summary"], list(placed_lines(content))


def changes_since_comments(synthesis: Synthesis) -> list[Difference] | None:
    """The sentences that changed since the comments, None when nothing did."""
    commented = commented_before_changes(synthesis)
    if commented is None:
        return None
    now = SynthesisVersion(content=version_content(synthesis))
    return [one for one in differences(commented, now) if one.kind != SAME]


def _difference(was: tuple[Place, str] | None, place: Place, text: str) -> Difference:
    if was is None:
        return Difference(ADDED, place[0], new=text)
    if was[1] != text:
        return Difference(CHANGED, place[0], was[1], text)
    return Difference(MOVED if was[0] != place else SAME, place[0], text, text)


def placed_lines(content: Mapping[str, Any]) -> Iterator[tuple[str, tuple[Place, str]]]:
    """Each line of a version by its key: its block and owner, then its text."""
    for code in Block.values:
        yield from _placed(content["blocks"].get(code, []), code, "")


def _placed(items: list[dict[str, Any]], block: str, owner: str) -> Iterator[tuple[str, tuple[Place, str]]]:
    for item in items:
        yield item["id"], ((block, owner), item["text"])
        yield from _placed(item["items"], block, item["id"])
