"""Lists of codes as bits. The position of a code is its bit: after a change of a list, run `index_directory`."""

from collections.abc import Iterable

from directory.codes import Access, Audience, Fee, Mode

MODES = tuple(Mode.values)
AUDIENCES = tuple(Audience.values)
ACCESS = tuple(Access.values)
FEES = tuple(Fee.values)
COMES_TO_YOU = (Mode.HOME, Mode.MOBILE)


def bits(codes: Iterable[str], known: tuple[str, ...]) -> int:
    """The bits of the codes; one that is not known has none."""
    return sum(1 << known.index(code) for code in set(codes) if code in known)
