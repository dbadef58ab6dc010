"""How many services each choice would leave, the other choices kept: the same filters and the same least points as
the search, so that the number said is the number found.

A mode is counted alone, since several widen; a kind of access is counted with those already chosen, since several
narrow.
"""

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from directory.codes import Access, Audience, Fee, Language, Mode
from directory.finding.asked import Asked, Concept, Facets
from directory.finding.codes import ACCESS, AUDIENCES, FEES, MODES, bits
from directory.finding.models import Posting, SearchTerm
from directory.finding.ordering import LEAST
from directory.finding.query import Candidate, candidates, fewest_points

MOST_COUNTED = 1500
"""Rows: beyond, a person narrows by words and place first, and no number is said."""
Counts = Mapping[str, Mapping[str, int]]
"""By field of the form, by value, how many services."""
Test = Callable[[Candidate], bool]


def facet_counts(
    asked: Asked, concepts: Sequence[Concept], now: datetime.datetime, schemes: Iterable[str]
) -> Counts | None:
    """The counts of every facet; None when too many services answer to be worth counting."""
    rows = candidates(asked, concepts, now, MOST_COUNTED)
    if len(rows) > MOST_COUNTED:
        return None
    held = _held(rows, list(schemes))
    facets, least = asked.facets, fewest_points(concepts)

    def left(**changed: Any) -> int:
        tests = list(_tests(replace(facets, **changed), held))
        return _services([row for row in rows if all(test(row) for test in tests)], least)

    narrower = {code: tuple(dict.fromkeys((*facets.access, code))) for code in Access.values}
    return {
        "public": {code: left(audience=code) for code in Audience.values},
        "mode": {code: left(modes=(code,)) for code in Mode.values},
        "prix": {code: left(fee=code) for code in Fee.values if code != Fee.UNKNOWN},
        "langue": {code: left(language=code) for code in Language.values if f"lang:{code}" in held},
        "acces": {code: left(access=several) for code, several in narrower.items()},
        "dispositif": {slug: left(scheme=slug) for slug in schemes if f"scheme:{slug}" in held},
        "ouvert": {"on": left(open_now=True)},
    }


def _held(rows: Sequence[Candidate], schemes: Iterable[str]) -> Mapping[str, set[int]]:
    """By language and scheme, the rows that hold it."""
    texts = [f"lang:{code}" for code in Language.values] + [f"scheme:{slug}" for slug in schemes]
    terms = dict(SearchTerm.objects.filter(text__in=texts).values_list("pk", "text"))
    found: dict[str, set[int]] = {}
    pairs = Posting.objects.filter(row__in=[row.row for row in rows], term__in=terms)
    for term, row in pairs.values_list("term", "row"):
        found.setdefault(terms[term], set()).add(row)
    return found


def _tests(facets: Facets, held: Mapping[str, set[int]]) -> Iterable[Test]:
    """The filters of `directory.finding.query`, on rows already read."""
    if facets.modes:
        modes = bits(facets.modes, MODES)
        yield lambda row: bool(row.modes & modes)
    if facets.audience:
        both = bits([facets.audience, Audience.EVERYONE], AUDIENCES)
        yield lambda row: not row.audiences or bool(row.audiences & both)
    if facets.access:
        every = bits(facets.access, ACCESS)
        yield lambda row: row.access & every == every
    if facets.fee:
        fee = FEES.index(facets.fee)
        yield lambda row: row.fee == fee
    for term in (facets.language and f"lang:{facets.language}", facets.scheme and f"scheme:{facets.scheme}"):
        if term:
            yield partial(_is_in, held.get(term, set()))
    if facets.open_now:
        yield lambda row: bool(row.is_open)


def _is_in(rows: set[int], row: Candidate) -> bool:
    return row.row in rows


def _services(rows: Iterable[Candidate], least: int) -> int:
    """How many services these rows show: those near enough in points to the best one."""
    best: dict[int, int] = {}
    for row in rows:
        if row.score > best.get(row.service, 0):
            best[row.service] = row.score
    floor = max(least, max(best.values(), default=0) * LEAST / 10)
    return sum(score >= floor for score in best.values())
