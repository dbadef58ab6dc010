"""A synthesis as a document: what imports give, exports take, and versions freeze."""

import datetime
import hashlib
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from consultations.syntheses.blocks import Block

# Parts our exports add after the blocks; read back, they are not sentences of the synthesis.
NOTES_HEADING = "D’où viennent ces phrases"
CHANGED_SINCE_COMMENTS = "Modifiée après les commentaires."
SUMMARY_HEADING = "En résumé, facile à lire"
MAX_LEVELS = 3
MAX_TEXT = 3_000
MAX_TITLE = 200
SPACES = re.compile(r"\s+")
# Bullets of word processors' symbol fonts.
SYMBOLS = str.maketrans({"\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "➢", "\uf0fc": "✓"})


def clean(text: str) -> str:
    """One line of text as it is stored: composed accents, single spaces, nothing no file could hold."""
    kept = "".join(" " if char.isspace() else char for char in text.translate(SYMBOLS) if _is_writable(char))
    return SPACES.sub(" ", unicodedata.normalize("NFC", kept)).strip()


def _is_writable(char: str) -> bool:
    """XML, and databases, refuse control characters, halves of characters and non-characters."""
    return char.isspace() or (
        unicodedata.category(char) not in {"Cc", "Cs", "Co"} and (ord(char) & 0xFFFE) != 0xFFFE
    )


@dataclass(frozen=True)
class Item:
    """A sentence and those it owns."""

    text: str
    items: tuple["Item", ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {"text": self.text, "items": [item.as_json() for item in self.items]}

    def __iter__(self) -> Iterator["Item"]:
        """Itself and everything below."""
        yield self
        for item in self.items:
            yield from item


@dataclass(frozen=True)
class Document:
    """The whole of a synthesis: where and when it was held, and its seven blocks."""

    title: str = ""
    session: str = ""
    theme: str = ""
    held_on: datetime.date | None = None
    blocks: Mapping[str, tuple[Item, ...]] = field(default_factory=dict)

    def block(self, code: str) -> tuple[Item, ...]:
        return tuple(self.blocks.get(code, ()))

    @property
    def counts(self) -> dict[str, int]:
        """How many first-level items each block holds."""
        return {code: len(self.block(code)) for code in Block.values}

    def as_json(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "session": self.session,
            "theme": self.theme,
            "held_on": self.held_on.isoformat() if self.held_on else None,
            "blocks": {code: [item.as_json() for item in self.block(code)] for code in Block.values},
        }

    @property
    def content_hash(self) -> str:
        """The same for the same words in the same order, whatever file they came from."""
        return hash_of(self.as_json())


def hash_of(value: Any) -> str:
    """The hash of JSON values, keys in order."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
