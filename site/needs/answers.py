"""Which services (2.x) answer which needs (1.x): SERAFIN-PH says both, and mirrors them chapter by chapter.

The pairs inside a chapter are ours, since one need is often met by several services. Codes this table does not know
answer nothing: an editor's new code is then found by its own words only.
"""

from collections.abc import Iterable

ANSWERS: dict[str, tuple[str, ...]] = {
    "1.1": ("2.1",),
    "1.1.1": ("2.1.1.3",),
    "1.1.2": ("2.1.2.1",),
    "1.1.4": ("2.1.2.1",),
    "1.1.8": ("2.1.2.1",),
    "1.1.9": ("2.1.1.2",),
    "1.1.10": ("2.1.1.1", "2.1.1.2", "2.1.1.4"),
    "1.2": ("2.2",),
    "1.2.1.1": ("2.2.1",),
    "1.2.1.2": ("2.2.2",),
    "1.2.1.3": ("2.2.1", "2.1.2.1", "2.E.7"),
    "1.2.1.4": ("2.2.3", "2.E.7"),
    "1.3": ("2.3",),
    "1.3.1": ("2.3.1",),
    "1.3.1.1": ("2.3.1.2", "2.3.5.1"),
    "1.3.2": ("2.3.2",),
    "1.3.2.1": ("2.3.2.1",),
    "1.3.2.2": ("2.3.2.2", "2.E.6"),
    "1.3.3": ("2.3.3",),
    "1.3.3.1": ("2.3.3.1",),
    "1.3.3.2": ("2.3.3.2", "2.3.3.3"),
    "1.3.3.3": ("2.3.3.2",),
    "1.3.3.4": ("2.3.3.5",),
    "1.3.3.5": ("2.3.3.6",),
    "1.3.4": ("2.3.4",),
    "1.3.4.1": ("2.3.4.2",),
    "1.3.4.2": ("2.3.4.3", "2.E.5"),
    "1.3.5": ("2.3.5",),
    "1.3.5.1": ("2.3.5.1", "2.3.5.2", "2.3.5.3"),
    "1.E": ("2.E",),
    "1.E.1": ("2.E.1",),
    "1.E.2": ("2.E.2", "2.3.4.1"),
    "1.E.3": ("2.E.3",),
    "1.E.4": ("2.E.4",),
    "1.E.5": ("2.4.1", "2.3.1.1"),
    "1.E.6": ("2.E.8",),
    "1.E.7": ("2.3.2.1", "2.3.3.4", "2.E.1"),
    "1.E.8": ("2.E.9",),
    "1.E.9": ("2.3.1.2", "2.3.5.3"),
}


def answered_by(code: str) -> tuple[str, ...]:
    """The services that answer a need."""
    return ANSWERS.get(code, ())


def needs_answered(codes: Iterable[str]) -> set[str]:
    """The needs that these services answer."""
    given = set(codes)
    return {need for need, services in ANSWERS.items() if given & set(services)}


def above(code: str) -> tuple[str, ...]:
    """The codes that hold this one, the nearest first, without the root: `1.3.2.2` is in `1.3.2` and `1.3`."""
    parts = code.split(".")
    return tuple(".".join(parts[:length]) for length in range(len(parts) - 1, 1, -1))
