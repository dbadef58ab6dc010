"""A shared text as Yjs knows it: what several people type, in any order, ends in the same words for all.

Everything the rest of the app knows of CRDTs is here (`pycrdt`, the update format v1 of Yjs). Places in a text are
characters for our callers; pycrdt counts bytes.
"""

from collections.abc import Iterable, Iterator, Mapping

from pycrdt import Doc, Text

from consultations.cowriting.differences import compare

ROOT = "text"
LARGEST_UPDATE = 200_000  # bytes
MOST_WRITERS = 100_000  # in a state vector: each opening of a page by someone who writes is one


class Unreadable(Exception):
    """These bytes are not an update of a shared text, or it would hold something else than a text."""


class Behind(Exception):
    """The update follows others that have not come: they are to be sent together."""


class SharedDoc:
    """One text and its history."""

    def __init__(self, state: bytes = b"", updates: Iterable[bytes] = ()) -> None:
        self._doc: Doc = Doc(allow_multithreading=True)  # one thread at a time: see `open_texts`
        self._text: Text = self._doc.get(ROOT, type=Text)
        if state:
            self._doc.apply_update(state)
        for update in updates:
            self._doc.apply_update(update)

    def __str__(self) -> str:
        return str(self._text)

    @property
    def state(self) -> bytes:
        """The whole history as one update."""
        return self._doc.get_update()

    def take(self, update: bytes, *, known: bytes) -> bool:
        """Bring in what a writer did. `known` is the state vector of the writer once it was done.

        False when all of it was here already: taking an update again changes nothing.
        Raises Unreadable, or Behind when what the writer knows is not all here.
        """
        expected = read_vector(known)
        before = self._doc.get_state(), str(self)
        try:
            self._doc.apply_update(update)
        except ValueError as error:
            raise Unreadable(str(error)[:80]) from None
        if set(self._doc.keys()) != {ROOT}:
            raise Unreadable("another root")
        reached = read_vector(self._doc.get_state())
        if any(reached.get(writer, 0) < clock for writer, clock in expected.items()):
            raise Behind
        return (self._doc.get_state(), str(self)) != before

    def rewrite(self, text: str) -> bytes:
        """Change the words to these, touching only what differs; the update that does it."""
        before, place = self._doc.get_state(), 0
        with self._doc.transaction():
            for piece in compare(str(self._text), text):
                size = len(piece.text.encode())
                if piece.kind == "removed":
                    del self._text[place : place + size]
                    continue
                if piece.kind == "added":
                    self._text.insert(place, piece.text)
                place += size
        return self._doc.get_update(before)


def read_vector(vector: bytes) -> Mapping[int, int]:
    """How far each writer went, from a state vector; raises Unreadable."""
    numbers = _numbers(vector)
    try:
        count = next(numbers)
        if count > MOST_WRITERS:
            raise Unreadable("state vector")
        found = {next(numbers): next(numbers) for _writer in range(count)}
    except StopIteration:
        raise Unreadable("state vector") from None
    return found


def _numbers(data: bytes) -> Iterator[int]:
    """Variable-length unsigned integers, seven bits a byte, lowest first."""
    number = shift = 0
    for byte in data:
        number |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            yield number
            number = shift = 0
        elif shift > 63:
            raise Unreadable("state vector")
