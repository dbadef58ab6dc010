"""One statement finds a page of services: words, place and facets, in the order of `directory.finding.ordering`."""

import datetime
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from django.db import connection

from directory.codes import Audience, Mode
from directory.finding import ordering
from directory.finding.asked import Asked, Concept, Facets, need_terms, term_of
from directory.finding.codes import ACCESS, AUDIENCES, COMES_TO_YOU, FEES, MODES, bits
from directory.finding.ordering import Sql
from directory.finding.places import Spot

COMES, REMOTE = bits(COMES_TO_YOU, MODES), bits([Mode.REMOTE], MODES)
COMES_HERE = f"(CASE WHEN r.area_id IS NOT NULL AND (r.modes & {COMES}) <> 0 THEN 1 ELSE 0 END)"
"""Goes to people's homes, in an area that it states: the filter on places has kept those that serve this one."""
NOTHING = (-1,)
"""A term no row holds: what a facet asks when no service has its code."""


@dataclass(frozen=True)
class Match:
    """A service found: how well it answers (0 is best), its nearest place, and how many were found in all."""

    service_id: int
    level: int
    band: int
    km: float | None
    comes: bool
    total: int


class Candidate(NamedTuple):
    """A row a facet may keep: what `directory.finding.facet_counts` needs of it, codes as bits."""

    row: int
    service: int
    score: int
    modes: int
    audiences: int
    access: int
    fee: int
    is_open: int


@dataclass(frozen=True)
class Slice:
    """Which results are wanted, at which moment, in the shuffle of which day."""

    start: int
    length: int
    at: datetime.datetime
    day: datetime.date


def find(asked: Asked, concepts: Sequence[Concept], wanted: Slice) -> list[Match]:
    """The matches of a slice, in order."""
    sql = build(asked, concepts, wanted)
    with connection.cursor() as cursor:
        cursor.execute(sql.text, sql.params)
        rows = cursor.fetchall()
    return [
        Match(service, level, band, None if squared is None else math.sqrt(squared), bool(comes), total)
        for service, level, band, squared, comes, total in rows
    ]


def build(asked: Asked, concepts: Sequence[Concept], wanted: Slice) -> Sql:
    """The statement of `find`."""
    sql = _near_rows(asked, concepts, wanted.at).add("), ")
    sql.add("served AS (SELECT service_id, MAX(score) AS score, MIN(band) AS band, ")
    sql.add("MIN(squared) AS squared, MAX(comes) AS comes FROM near GROUP BY service_id), ")
    sql.add("ranked AS (SELECT *, MAX(score) OVER () AS best FROM served)")
    sql.add(" SELECT service_id, ").join(ordering.level_sql("best")).add(" AS level, band, squared, comes,")
    sql.add(" COUNT(*) OVER () AS total FROM ranked WHERE score * 10 >= best * %s", ordering.LEAST)
    sql.add(" AND score >= %s ORDER BY level, band, ", fewest_points(concepts))
    sql.join(ordering.rank_sql(wanted.day))
    return sql.add(", service_id LIMIT %s OFFSET %s", wanted.length, wanted.start)


def candidates(
    asked: Asked, concepts: Sequence[Concept], at: datetime.datetime, most: int
) -> list[Candidate]:
    """The rows a search is chosen among before its facets, its needs apart; `most` and one more at most."""
    sql = _near_rows(replace(asked, facets=Facets(needs=asked.facets.needs)), concepts, at)
    sql.add(" LIMIT %s)", most + 1)
    sql.add(" SELECT r.id, near.service_id, near.score, r.modes, r.audiences, r.access, r.fee,")
    sql.add(" CASE WHEN ").join(_is_open(at)).add(" THEN 1 ELSE 0 END")
    sql.add(" FROM near JOIN finding_searchrow r ON r.id = near.row_id")
    with connection.cursor() as cursor:
        cursor.execute(sql.text, sql.params)
        return [Candidate(*row) for row in cursor.fetchall()]


def fewest_points(concepts: Sequence[Concept]) -> int:
    """Where a need or a name was understood, a word met in a description is not an answer."""
    most = max((max(one.points.values()) for one in concepts), default=0)
    return 2 if most > 2 else min(most, 1)


def _near_rows(asked: Asked, concepts: Sequence[Concept], at: datetime.datetime) -> Sql:
    """`WITH … near AS (…`, left open: the rows that pass every filter, with their points, distance and band."""
    if not concepts:
        return Sql("WITH near AS (").join(_near(asked, at, scored=False))
    matched = Sql("WITH matched AS (").join(_matched(concepts))
    return matched.add("), near AS (").join(_near(asked, at, scored=True))


def _matched(concepts: Sequence[Concept]) -> Sql:
    """Points of each row: for each thing said, its best term. Each term is read once, and only grouped where it must.

    Rows that only mention a word are left out at once where that is no answer: there are many.
    """
    sql = Sql("SELECT row_id, SUM(points) AS score FROM (")
    for place, concept in enumerate(concepts):
        sql.add(" UNION ALL " if place else "").join(_best_points(concept, place))
    return sql.add(") said GROUP BY row_id HAVING SUM(points) >= %s", fewest_points(concepts))


def _best_points(concept: Concept, place: int) -> Sql:
    """Rows that hold one of the terms of a concept, once each, with the points of the best."""
    held = Sql()
    for number, points in enumerate(sorted(set(concept.points.values()))):
        terms = [term for term, worth in concept.points.items() if worth == points]
        held.add(" UNION ALL SELECT " if number else "SELECT ").add(f"row_id, {int(points)} AS points")
        held.add(" FROM finding_posting WHERE term_id").join(_in(terms))
    if len(concept.points) == 1:
        return held
    grouped = Sql("SELECT row_id, MAX(points) AS points FROM (").join(held)
    return grouped.add(f") held_{place} GROUP BY row_id")


def _near(asked: Asked, at: datetime.datetime, *, scored: bool) -> Sql:
    """The rows that pass every filter, with their points, distance and band."""
    sql = Sql("SELECT r.id AS row_id, r.service_id, ").add("m.score" if scored else "1").add(" AS score, ")
    if asked.spot is None:
        sql.add("0 AS band, NULL AS squared, 0 AS comes")
    elif asked.spot.point is None:
        sql.add(f"0 AS band, NULL AS squared, {COMES_HERE} AS comes")
    else:
        distance = _squared(*asked.spot.point)
        sql.join(ordering.band_sql(distance, comes=f"{COMES_HERE} = 1", remote=REMOTE))
        sql.add(f" AS band, {distance} AS squared, {COMES_HERE} AS comes")
    sql.add(" FROM finding_searchrow r")
    if scored:
        sql.add(" JOIN matched m ON m.row_id = r.id")
    sql.add(" WHERE 1 = 1").join(_facets(asked.facets, at))
    return sql.join(_place(asked.spot)) if asked.spot else sql


def _squared(latitude: float, longitude: float) -> str:
    """Squared kilometres on a plane that touches the earth at the place: exact enough for a département."""
    km = ordering.KM_PER_DEGREE
    east = km * math.cos(math.radians(latitude))
    across = f"((r.longitude - ({longitude:.6f})) * {east:.6f})"
    up = f"((r.latitude - ({latitude:.6f})) * {km})"
    return f"({across} * {across} + {up} * {up})"


def _place(spot: Spot) -> Sql:
    """Those that serve the place by what they say; else those near enough, or by phone and online."""
    sql = Sql(" AND (r.area_id IN (SELECT area_id FROM finding_area_territories WHERE territory_id")
    sql.join(_in(sorted(spot.holders))).add(") OR (r.area_id IS NULL AND (")
    if spot.point:
        sql.add(f"{_squared(*spot.point)} <= {ordering.RADIUS**2} OR ")
    return sql.add(f"r.latitude IS NULL OR (r.modes & {REMOTE}) <> 0)))")


def _facets(facets: Facets, at: datetime.datetime) -> Sql:
    sql = Sql()
    if facets.modes:
        sql.add(" AND (r.modes & %s) <> 0", bits(facets.modes, MODES))
    if facets.audience:
        both = bits([facets.audience, Audience.EVERYONE], AUDIENCES)
        sql.add(" AND (r.audiences = 0 OR (r.audiences & %s) <> 0)", both)
    if facets.access:
        every = bits(facets.access, ACCESS)
        sql.add(" AND (r.access & %s) = %s", every, every)
    if facets.fee:
        sql.add(" AND r.fee = %s", FEES.index(facets.fee))
    if facets.needs:
        sql.join(_holds(need_terms(facets.needs)))
    if facets.language:
        sql.join(_holds(term_of("lang", facets.language)))
    if facets.scheme:
        sql.join(_holds(term_of("scheme", facets.scheme)))
    if facets.open_now:
        sql.add(" AND ").join(_is_open(at))
    return sql


def _is_open(at: datetime.datetime) -> Sql:
    """Whether the row `r` is open at that moment."""
    moment = connection.ops.adapt_datetimefield_value(at)
    sql = Sql("EXISTS (SELECT 1 FROM finding_openspan o WHERE o.row_id = r.id")
    return sql.add(" AND o.opens_at <= %s AND o.closes_at > %s)", moment, moment)


def _holds(terms: Sequence[int]) -> Sql:
    return Sql(" AND r.id IN (SELECT row_id FROM finding_posting WHERE term_id").join(_in(terms)).add(")")


def _in(numbers: Sequence[int]) -> Sql:
    """Our own integers, written out: the planner sees how many there are."""
    return Sql(f" IN ({', '.join(str(int(one)) for one in numbers or NOTHING)})")
