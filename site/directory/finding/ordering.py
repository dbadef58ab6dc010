"""The one order of results, written once in SQL both databases read. It is stated on the page “how results are ordered”.

1. What answers the words best, in three levels. 2. Near first, by bands of distance; a service that comes to the
person's home is in the first band. 3. Inside a band, a shuffle that changes every day, the same for everybody: nobody
can buy or earn a place. Nothing else counts: not who runs the service, not its price, not how often it is read.
"""

import datetime
from dataclasses import dataclass, field
from typing import Any

BANDS = (2, 5, 10, 20, 30, 50, 100)
"""Kilometres, as the crow flies: two services of one band are equally near."""
RADIUS = 50.0
"""Farther, a service is shown only when it says that it serves the commune."""
REMOTE_KM, UNKNOWN_KM = 30, 50
"""Services by phone or online, and those whose address is unknown or secret, come with those at this distance."""
KM_PER_DEGREE = 111.195
PRIME = 1_000_003
LEVELS = ((8.5, 0), (5, 1))
"""Tenths of the best answer's points from which a service answers well, or in part; under, it may help."""
LEAST = 3.5
"""Tenths of the best answer's points under which a service is left out."""


@dataclass
class Sql:
    """Text and parameters, added together."""

    text: str = ""
    params: list[Any] = field(default_factory=list)

    def add(self, text: str, *params: Any) -> "Sql":
        self.text += text
        self.params.extend(params)
        return self

    def join(self, other: "Sql") -> "Sql":
        return self.add(other.text, *other.params)


def shuffle(day: datetime.date) -> tuple[int, int]:
    """The two numbers of the day: rank = (service × first + second) modulo `PRIME`."""
    number = day.toordinal()
    return number * 7919 % (PRIME - 1) + 1, number * 104_729 % PRIME


def shuffled(service_id: int, day: datetime.date) -> int:
    """The rank of a service among those equally near, on a day."""
    times, plus = shuffle(day)
    return (service_id * times + plus) % PRIME


def rank_sql(day: datetime.date) -> Sql:
    """The same as `shuffled`, in SQL."""
    times, plus = shuffle(day)
    return Sql(f"(service_id * {times} + {plus}) %% {PRIME}")


def band_of(km: float) -> int:
    """The band of a distance."""
    return next((place for place, most in enumerate(BANDS) if km <= most), len(BANDS))


def band_sql(distance: str, *, comes: str, remote: int) -> Sql:
    """The band of a row: `distance` is its squared kilometres, `comes` whether it comes to the person."""
    steps = " ".join(f"WHEN {distance} <= {km * km} THEN {place}" for place, km in enumerate(BANDS))
    afar = f"CASE WHEN (r.modes & {remote}) <> 0 THEN {band_of(REMOTE_KM)} ELSE {band_of(UNKNOWN_KM)} END"
    return Sql(f"CASE WHEN {comes} THEN 0 WHEN r.latitude IS NULL THEN {afar} {steps} ELSE {len(BANDS)} END")


def level_sql(best: str) -> Sql:
    """How well a row answers the words, against the best points anyone has."""
    steps = " ".join(f"WHEN score * 10 >= {best} * {tenths} THEN {level}" for tenths, level in LEVELS)
    return Sql(f"CASE {steps} ELSE {len(LEVELS)} END")
