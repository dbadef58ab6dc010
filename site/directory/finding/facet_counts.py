"""How many services each choice would leave, the other choices kept: the same filters and the same least points as
the search, so that the number said is the number found.

A mode is counted alone, since several widen; a kind of access is counted with those already chosen, since several
narrow.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from directory.codes import Access, Audience, Fee, Language, Mode
from directory.finding.arrays import Bools, Index
from directory.finding.asked import Asked, Concept, Facets
from directory.finding.filters import TESTS, chosen
from directory.finding.ordering import LEAST
from directory.finding.query import Pool, candidates

Counts = Mapping[str, Mapping[str, int]]
"""By field of the form, by value, how many services."""


def facet_counts(
    index: Index, asked: Asked, concepts: Sequence[Concept], now: datetime.datetime, schemes: Iterable[str]
) -> Counts:
    """The counts of every facet."""
    counter = _Counter(candidates(index, asked, concepts, now), asked.facets, now)
    narrower = {code: tuple(dict.fromkeys((*asked.facets.access, code))) for code in Access.values}
    return {
        "public": {code: counter.left("audience", code) for code in Audience.values},
        "mode": {code: counter.left("modes", (code,)) for code in Mode.values},
        "prix": {code: counter.left("fee", code) for code in Fee.values if code != Fee.UNKNOWN},
        "langue": {
            code: counter.left("language", code) for code in Language.values if index.knows(f"lang:{code}")
        },
        "acces": {code: counter.left("access", several) for code, several in narrower.items()},
        "dispositif": {
            slug: counter.left("scheme", slug) for slug in schemes if index.knows(f"scheme:{slug}")
        },
        "ouvert": {"on": counter.left("open_now", True)},
    }


@dataclass(frozen=True)
class _Counter:
    """Counts services among rows already found, one facet changed at a time."""

    pools: Sequence[Pool]
    facets: Facets
    at: datetime.datetime

    def left(self, name: str, value: Any) -> int:
        """How many services are left when this facet is this value, the others as chosen."""
        best, kept = 0, []
        for pool in self.pools:
            passes = self._passing(pool, {**dict(chosen(self.facets)), name: value})
            services, scores = pool.part.services[pool.rows[passes]], pool.scores[passes]
            best = max(best, int(scores.max(initial=0)))
            kept.append((services, scores))
        shown = (services[scores * 10 >= best * LEAST] for services, scores in kept)
        return sum(int(np.count_nonzero(np.diff(found))) + bool(found.size) for found in shown)

    def _passing(self, pool: Pool, wanted: Mapping[str, Any]) -> Bools:
        passes = np.ones(pool.rows.size, np.bool_)
        for name, value in wanted.items():
            passes &= TESTS[name](pool.part, pool.rows, value, self.at)
        return passes
