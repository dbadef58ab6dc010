"""Texts being written, kept in memory by this process: a stroke does not read a long history again.

A copy serves one writer at a time: it is taken out to be changed, and brought back once the change is committed.
The database tells whether it is still of today, by the text's revision: another process may have written.
"""

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from uuid import UUID

from consultations.cowriting.texts import SharedDoc

MOST_OPEN = 100  # texts in one process: the least recently written are read again


@dataclass(frozen=True)
class OpenText:
    """A text at a revision, and how many updates follow its stored state."""

    revision: int
    doc: SharedDoc
    pending: int


_open: OrderedDict[tuple[UUID, str], OpenText] = OrderedDict()
_lock = Lock()


def take(manuscript_id: UUID, name: str, *, revision: int) -> OpenText | None:
    """The copy of this revision, no longer kept here; None when there is none, or of another time."""
    with _lock:
        found = _open.pop((manuscript_id, name), None)
    return found if found is not None and found.revision == revision else None


def keep(manuscript_id: UUID, name: str, text: OpenText) -> None:
    """Keep a copy that says what the database does. Called after the commit."""
    with _lock:
        _open[manuscript_id, name] = text
        while len(_open) > MOST_OPEN:
            _open.popitem(last=False)
