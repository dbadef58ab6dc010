"""A page of services: words, place and facets, in the order of `directory.finding.ordering`."""

import datetime
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from directory.finding import ordering
from directory.finding.arrays import Bools, Codes, Floats, Index, Ints, Part
from directory.finding.asked import Asked, Concept, Facets
from directory.finding.filters import REMOTE, coming, passing, serving, squared_km


@dataclass(frozen=True)
class Match:
    """A service found: how well it answers (0 is best), its nearest place, and how many were found in all."""

    service_id: int
    level: int
    band: int
    km: float | None
    comes: bool
    total: int


@dataclass(frozen=True)
class Slice:
    """Which results are wanted, at which moment, in the shuffle of which day."""

    start: int
    length: int
    at: datetime.datetime
    day: datetime.date


@dataclass(frozen=True)
class Pool:
    """Rows of a part that answer, in the order of their services, and their points."""

    part: Part
    rows: Ints
    scores: Codes


@dataclass(frozen=True)
class _Served:
    """Services that answer, one line each: points, then band, squared kilometres and coming of their best place."""

    services: Ints
    scores: Codes
    bands: Codes
    squared: Floats
    comes: Bools


def find(
    index: Index, asked: Asked, concepts: Sequence[Concept], wanted: Slice, *, sought: int = 0
) -> list[Match]:
    """The matches of a slice, in order. Under `sought` points none answers well, even the best."""
    pools = pools_of(index, asked, concepts, wanted.at)
    best = max(int(pool.scores.max(initial=0)) for pool in pools)
    parts = [_served(pool, asked) for pool in narrowed(pools, best)]
    services = np.concatenate([part.services for part in parts])
    levels = ordering.levels(np.concatenate([part.scores for part in parts]), max(best, sought))
    bands = np.concatenate([part.bands for part in parts])
    squared, comes = (
        np.concatenate([part.squared for part in parts]),
        np.concatenate([part.comes for part in parts]),
    )
    order = ordering.first(levels, bands, services, wanted.day, wanted.start + wanted.length)
    return [
        Match(
            service_id=int(services[place]),
            level=int(levels[place]),
            band=int(bands[place]),
            km=None if np.isnan(squared[place]) else math.sqrt(squared[place]),
            comes=bool(comes[place]),
            total=services.size,
        )
        for place in order[wanted.start :]
    ]


def pools_of(index: Index, asked: Asked, concepts: Sequence[Concept], at: datetime.datetime) -> list[Pool]:
    """The rows that pass every filter and answer at all; `narrowed` then leaves out those that answer too little."""
    return [_pool(part, asked, concepts, at) for part in index.parts]


def candidates(index: Index, asked: Asked, concepts: Sequence[Concept], at: datetime.datetime) -> list[Pool]:
    """The rows a search is chosen among before its facets, its needs apart."""
    return pools_of(index, replace(asked, facets=Facets(needs=asked.facets.needs)), concepts, at)


def narrowed(pools: Sequence[Pool], best: int) -> Iterator[Pool]:
    """Those near enough in points to the best one."""
    for pool in pools:
        kept = pool.scores * 10 >= best * ordering.LEAST
        yield pool if kept.all() else Pool(pool.part, pool.rows[kept], pool.scores[kept])


def starts_of(services: Ints) -> Ints:
    """Where each service begins in rows that are in the order of services."""
    if not services.size:
        return np.empty(0, np.int64)
    return np.flatnonzero(np.concatenate(([True], services[1:] != services[:-1])))


def fewest_points(concepts: Sequence[Concept]) -> int:
    """Where a need or a name was understood, a word met in a description is not an answer."""
    most = max((max(one.points.values()) for one in concepts), default=0)
    return 2 if most > 2 else min(most, 1)


def _pool(part: Part, asked: Asked, concepts: Sequence[Concept], at: datetime.datetime) -> Pool:
    scores = _scores(part, concepts)
    rows = np.flatnonzero(part.alive & (scores >= fewest_points(concepts)))
    rows = passing(part, rows, asked.facets, at)
    if asked.spot:
        rows = rows[serving(part, rows, asked.spot, squared_km(part, rows, asked.spot))]
    return Pool(part, rows, scores[rows])


def _scores(part: Part, concepts: Sequence[Concept]) -> Codes:
    """Points of each row: for each thing said, its best term; one each when nothing was said."""
    if not concepts:
        return np.ones(part.services.size, np.int32)
    scores = np.zeros(part.services.size, np.int32)
    for concept in concepts:
        points = np.zeros(part.services.size, np.int32)
        for term, worth in sorted(concept.points.items(), key=lambda pair: pair[1]):
            if term in part.held:
                points[part.held[term]] = worth
        scores += points
    return scores


def _served(pool: Pool, asked: Asked) -> _Served:
    """Every service at the place that is best for the person."""
    part, rows = pool.part, pool.rows
    services = part.services[rows]
    starts = starts_of(services)
    if asked.spot is None:
        squared, comes = np.full(rows.size, np.nan), np.zeros(rows.size, np.bool_)
    else:
        squared, comes = squared_km(part, rows, asked.spot), coming(part, rows)
    if asked.spot is None or asked.spot.point is None:
        bands = np.zeros(rows.size, np.int32)
    else:
        afar = ordering.bands_afar(part.modes[rows] & REMOTE != 0)
        bands = np.where(comes, 0, np.where(np.isnan(squared), afar, ordering.bands(squared)))
    if not starts.size:
        return _Served(services, pool.scores, bands, squared, comes)
    return _Served(
        services[starts],
        pool.scores[starts],
        np.minimum.reduceat(bands, starts),
        np.fmin.reduceat(squared, starts),
        np.logical_or.reduceat(comes, starts),
    )
