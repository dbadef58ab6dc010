"""The picture of a thread: boxes by kind from top to bottom, and the lines that join them. No colour, no script.

The page says the same in a list: the picture is for those who see it. Sizes are in units of the drawing, which
is as wide as a telephone.
"""

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.lineage.selectors import Group, Thread

WIDTH, GAP, ROW_GAP, LINE_HEIGHT, PADDING = 360, 16, 34, 18, 12
PER_ROW, LETTERS, MOST_LINES = 2, 17, 4
Place = tuple[str, int]


@dataclass(frozen=True)
class Line:
    """One line of words in a box, at its height."""

    y: int
    text: str
    is_strong: bool = False


@dataclass(frozen=True)
class Box:
    """Objects of one kind, or the start."""

    x: int
    y: int
    width: int
    height: int
    lines: tuple[Line, ...]
    is_start: bool

    @property
    def middle(self) -> int:
        return self.x + self.width // 2

    @property
    def bottom(self) -> int:
        return self.y + self.height


@dataclass(frozen=True)
class Picture:
    """What the template draws."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    paths: tuple[str, ...]


def picture_of(thread: Thread) -> Picture:
    """Rows from what came first to what came last; the start between what led to it and what followed."""
    groups = [group for group in (*thread.before, *thread.after) if group.count]
    rows: dict[int, list[tuple[Place, tuple[str, str]]]] = {0: [((thread.kind, 0), _start_words(thread))]}
    for group in groups:
        rows.setdefault(group.hop, []).append(((group.kind, group.hop), _words(group)))
    boxes: dict[Place, Box] = {}
    top = 1
    for hop in sorted(rows):
        for shelf in _shelves(rows[hop]):
            top = _place(shelf, top, boxes, is_start=hop == 0) + ROW_GAP
    paths = [
        _path(boxes[one], boxes[two])
        for one, two in sorted(thread.joins)
        if one in boxes and two in boxes and boxes[one].y < boxes[two].y
    ]
    return Picture(WIDTH, top - ROW_GAP + 1, tuple(boxes.values()), tuple(paths))


def _start_words(thread: Thread) -> tuple[str, str]:
    return capfirst(str(thread.registered.label)), thread.item.title


def _words(group: Group) -> tuple[str, str]:
    label = capfirst(str(group.registered.label))
    if group.count == 1:
        return label, group.entries[0].item.title
    return label, _("%(count)s of them") % {"count": group.count}


def _shelves(row: list[tuple[Place, tuple[str, str]]]) -> Iterable[list[tuple[Place, tuple[str, str]]]]:
    for first in range(0, len(row), PER_ROW):
        yield row[first : first + PER_ROW]


def _place(
    shelf: list[tuple[Place, tuple[str, str]]], top: int, boxes: dict[Place, Box], *, is_start: bool
) -> int:
    """Put boxes side by side, as high as the highest; gives where they end."""
    width = (WIDTH - 2 - GAP * (len(shelf) - 1)) // len(shelf)
    written = [_lines(words, width, top) for _place_, words in shelf]
    height = max(len(lines) for lines in written) * LINE_HEIGHT + 2 * PADDING
    for position, ((place, _said), lines) in enumerate(zip(shelf, written, strict=True)):
        x = 1 + position * (width + GAP)
        boxes[place] = Box(x, top, width, height, lines, is_start)
    return top + height


def _lines(words: tuple[str, str], width: int, top: int) -> tuple[Line, ...]:
    letters = LETTERS * width * PER_ROW // WIDTH
    label = textwrap.wrap(words[0], letters, max_lines=2, placeholder="…")
    title = textwrap.wrap(words[1], letters, max_lines=MOST_LINES - 1, placeholder="…")
    base = top + PADDING + 13
    return tuple(
        Line(base + LINE_HEIGHT * place, text, place < len(label))
        for place, text in enumerate([*label, *title])
    )


def _path(one: Box, two: Box) -> str:
    """A curve from the bottom of the earlier to the top of the later."""
    half = (one.bottom + two.y) // 2
    return f"M{one.middle} {one.bottom}C{one.middle} {half} {two.middle} {half} {two.middle} {two.y}"


def sentence_of(thread: Thread) -> str:
    """The picture in one sentence, for those who do not see it."""
    before = sum(group.count for group in thread.before)
    after = sum(group.count for group in thread.after)
    came = ngettext("%(count)s thing led to it", "%(count)s things led to it", before) % {"count": before}
    went = ngettext("%(count)s followed from it", "%(count)s followed from it", after) % {"count": after}
    return _("%(title)s: %(came)s, %(went)s. The lists below say the same.") % {
        "title": thread.item.title,
        "came": came,
        "went": went,
    }
