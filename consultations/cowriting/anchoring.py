"""Where a quotation is in a text that goes on changing. Pure.

A comment keeps the words it is about with a little of what stood on each side, as the Web Annotation Data Model's
text quote selector does (W3C, 2017, §4.2.4), and is found again by them; when they are gone it is an orphan.
"""

from dataclasses import dataclass

from rapidfuzz import fuzz

AROUND = 32  # characters kept on each side
ALIKE = 75.0  # of 100: below, the quoted words are another sentence
SHORTEST = 12  # characters: a shorter quotation must be found as it is


@dataclass(frozen=True)
class Quotation:
    """Words of a text, and what stood before and after them."""

    exact: str
    before: str = ""
    after: str = ""


def quote(text: str, start: int, end: int) -> Quotation:
    """The quotation of `text[start:end]`."""
    return Quotation(text[start:end], text[max(0, start - AROUND) : start], text[end : end + AROUND])


def find(quotation: Quotation, text: str) -> tuple[int, int] | None:
    """Where the quotation stands now, as it was or reworded; None when its words are gone.

    Several places with the same words are told apart by what stood around.
    """
    if not quotation.exact:
        return None
    places = _places(quotation.exact, text)
    if places:
        start = max(places, key=lambda place: (_likeness(quotation, text, place), -place))
        return start, start + len(quotation.exact)
    if len(quotation.exact) < SHORTEST or not text:
        return None
    found = fuzz.partial_ratio_alignment(quotation.exact, text, score_cutoff=ALIKE)
    return (found.dest_start, found.dest_end) if found is not None else None


def _places(words: str, text: str) -> list[int]:
    places, start = [], text.find(words)
    while start >= 0:
        places.append(start)
        start = text.find(words, start + 1)
    return places


def _likeness(quotation: Quotation, text: str, start: int) -> float:
    end = start + len(quotation.exact)
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    return fuzz.ratio(quotation.before, before) + fuzz.ratio(quotation.after, after)
