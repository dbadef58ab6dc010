"""What a paper holds, whatever the file: a title, short lines, sections of paragraphs and tables."""

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Table:
    """Headings and rows of plain words."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Section:
    """A heading (may be empty), paragraphs, then a table."""

    heading: str = ""
    paragraphs: tuple[str, ...] = ()
    table: Table | None = None


@dataclass(frozen=True)
class Paper:
    """One paper; several in a file begin each on a new page. `is_large`: for people who read big letters."""

    title: str
    lines: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    notes: tuple[str, ...] = field(default=())
    is_large: bool = False

    def as_json(self) -> dict[str, Any]:
        """Plain values, for what draws it."""
        return asdict(self)
