"""The lines of a draft: added, written again, moved, nested, merged, removed. Nobody writes over another."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.syntheses.blocks import Block
from consultations.syntheses.document import MAX_LEVELS, clean
from consultations.syntheses.models import LineSource, Synthesis, SynthesisLine
from consultations.syntheses.services.writing import check, lock
from core.services import record_audit

MAX_LINES = 500
UP, DOWN, IN, OUT = "up", "down", "in", "out"


class LineChanged(Exception):
    """Someone saved this line since its form was opened: both texts are shown, and a person chooses."""

    def __init__(self, line: SynthesisLine) -> None:
        super().__init__(_("Someone else changed this sentence in the meantime."))
        self.line = line


def _editable(actor: User, synthesis: Synthesis) -> Synthesis:
    synthesis = lock(synthesis)
    check("edit", actor=actor, synthesis=synthesis)
    return synthesis


def _own(synthesis: Synthesis, line: SynthesisLine) -> SynthesisLine:
    """The line as it is now; refused when it was removed or belongs elsewhere."""
    found = SynthesisLine.objects.live().filter(synthesis=synthesis, pk=line.pk).first()
    if found is None:
        raise ValidationError(_("This sentence was removed in the meantime."))
    return found


def _siblings(line: SynthesisLine) -> list[SynthesisLine]:
    found = SynthesisLine.objects.live().filter(
        synthesis=line.synthesis_id, block=line.block, parent=line.parent_id
    )
    return list(found.order_by("order", "pk"))


def _renumber(lines: Sequence[SynthesisLine]) -> None:
    for order, line in enumerate(lines):
        if line.order != order:
            line.order = order
            line.save(update_fields=["order"])


def _text(text: str) -> str:
    cleaned = clean(text)
    if not cleaned:
        raise ValidationError({"text": _("Write a sentence.")})
    return cleaned


@transaction.atomic
def add_line(
    *, actor: User, synthesis: Synthesis, block: str, text: str, parent: SynthesisLine | None = None
) -> SynthesisLine:
    """A sentence at the end of a block, or under another one."""
    synthesis = _editable(actor, synthesis)
    if block not in Block.values:
        raise ValidationError({"block": _("Choose a block in the list.")})
    if SynthesisLine.objects.live().filter(synthesis=synthesis).count() >= MAX_LINES:
        raise ValidationError(
            {"text": _("A synthesis holds at most %(count)s sentences.") % {"count": MAX_LINES}}
        )
    owner = _own(synthesis, parent) if parent else None
    if owner is not None and _depth(owner) >= MAX_LEVELS:
        raise ValidationError(
            {"text": _("A sentence goes at most %(count)s levels down.") % {"count": MAX_LEVELS}}
        )
    line = SynthesisLine(
        synthesis=synthesis, block=owner.block if owner else block, parent=owner, text=_text(text)
    )
    line.order = len(_siblings(line))
    line.full_clean()
    line.save()
    record_audit(actor=actor, verb="line_added", target=synthesis, changes={"line": str(line.pk)})
    return line


@transaction.atomic
def edit_line(*, actor: User, line: SynthesisLine, text: str, revision: int) -> SynthesisLine:
    """Write a sentence again, from the revision its form showed; raises LineChanged when it is another now."""
    synthesis = _editable(actor, line.synthesis)
    current = _own(synthesis, line)
    written = _text(text)
    if current.text == written:
        return current
    if current.revision != revision:
        raise LineChanged(current)
    current.text, current.revision = written, current.revision + 1
    current.full_clean()
    current.save(update_fields=["text", "revision"])
    record_audit(actor=actor, verb="line_changed", target=synthesis, changes={"line": str(line.pk)})
    return current


@transaction.atomic
def arrange_line(*, actor: User, line: SynthesisLine, step: str) -> SynthesisLine:
    """One step up, down, in (under the sentence before it) or out; at an edge, nothing changes."""
    synthesis = _editable(actor, line.synthesis)
    line = _own(synthesis, line)
    siblings = _siblings(line)
    place = siblings.index(line)
    if step in {UP, DOWN}:
        other = place + (1 if step == DOWN else -1)
        if 0 <= other < len(siblings):
            siblings[place], siblings[other] = siblings[other], siblings[place]
            _renumber(siblings)
    elif step == IN:
        _nest(line, siblings, place)
    elif step == OUT:
        _unnest(line, siblings)
    else:
        raise ValidationError(_("Choose where the sentence goes."))
    record_audit(
        actor=actor, verb="line_moved", target=synthesis, changes={"line": str(line.pk), "step": step}
    )
    return _own(synthesis, line)


def _nest(line: SynthesisLine, siblings: list[SynthesisLine], place: int) -> None:
    if place == 0:
        return
    if _depth(line) + _height(line) > MAX_LEVELS:
        raise ValidationError(_("A sentence goes at most %(count)s levels down.") % {"count": MAX_LEVELS})
    line.parent = siblings[place - 1]
    line.order = len(_siblings(line))
    line.save(update_fields=["parent", "order"])
    _renumber([each for each in siblings if each != line])


def _unnest(line: SynthesisLine, siblings: list[SynthesisLine]) -> None:
    owner = line.parent
    if owner is None:
        return
    line.parent = owner.parent
    line.save(update_fields=["parent"])
    _renumber([each for each in siblings if each != line])
    around = [each for each in _siblings(line) if each != line]
    place = around.index(owner) + 1
    _renumber([*around[:place], line, *around[place:]])


def _depth(line: SynthesisLine) -> int:
    """1 for a first-level sentence."""
    return 1 if line.parent is None else 1 + _depth(line.parent)


def _height(line: SynthesisLine) -> int:
    """1 for a sentence that owns nothing."""
    children = SynthesisLine.objects.live().filter(parent=line)
    return 1 + max((_height(child) for child in children), default=0)


@transaction.atomic
def move_line(*, actor: User, line: SynthesisLine, block: str) -> SynthesisLine:
    """Send a sentence, with those it owns, to the end of another block."""
    synthesis = _editable(actor, line.synthesis)
    line = _own(synthesis, line)
    if block not in Block.values:
        raise ValidationError({"block": _("Choose a block in the list.")})
    before = [each for each in _siblings(line) if each != line]
    line.parent, line.block = None, block
    line.order = len([each for each in _siblings(line) if each != line])
    line.save(update_fields=["parent", "block", "order"])
    _follow(line)
    _renumber(before)
    record_audit(
        actor=actor, verb="line_moved", target=synthesis, changes={"line": str(line.pk), "block": block}
    )
    return line


def _follow(line: SynthesisLine) -> None:
    """What a sentence owns is in its block."""
    for child in SynthesisLine.objects.filter(parent=line).exclude(block=line.block):
        child.block = line.block
        child.save(update_fields=["block"])
        _follow(child)


@transaction.atomic
def merge_lines(*, actor: User, kept: SynthesisLine, merged: SynthesisLine) -> SynthesisLine:
    """Two sentences that say the same: the kept one takes the sources and the sentences of the other."""
    synthesis = _editable(actor, kept.synthesis)
    kept, merged = _own(synthesis, kept), _own(synthesis, merged)
    if kept == merged or _is_under(kept, merged):
        raise ValidationError(_("Choose another sentence, not one it contains."))
    known = set(kept.sources.values_list("kind", "key"))
    for source in merged.sources.all():
        if (source.kind, source.key) not in known:
            LineSource.objects.filter(pk=source.pk).update(line=kept)
    start = SynthesisLine.objects.live().filter(parent=kept).count()
    for order, child in enumerate(SynthesisLine.objects.live().filter(parent=merged), start=start):
        child.parent, child.block, child.order = kept, kept.block, order
        child.save(update_fields=["parent", "block", "order"])
        _follow(child)
    before = [each for each in _siblings(merged) if each != merged]
    merged.is_removed, merged.merged_into = True, kept
    merged.save(update_fields=["is_removed", "merged_into"])
    _renumber(before)
    record_audit(
        actor=actor,
        verb="lines_merged",
        target=synthesis,
        changes={"kept": str(kept.pk), "merged": str(merged.pk)},
    )
    return kept


def _is_under(line: SynthesisLine, owner: SynthesisLine) -> bool:
    return line.parent_id == owner.pk or (line.parent is not None and _is_under(line.parent, owner))


@transaction.atomic
def remove_line(*, actor: User, line: SynthesisLine) -> None:
    """Take a sentence out of the text, with those it owns; versions and receipts that name it still know it."""
    synthesis = _editable(actor, line.synthesis)
    line = _own(synthesis, line)
    before = [each for each in _siblings(line) if each != line]
    _remove(line)
    _renumber(before)
    record_audit(actor=actor, verb="line_removed", target=synthesis, changes={"line": str(line.pk)})


def _remove(line: SynthesisLine) -> None:
    line.is_removed = True
    line.save(update_fields=["is_removed"])
    for child in SynthesisLine.objects.live().filter(parent=line):
        _remove(child)
