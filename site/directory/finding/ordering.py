"""The one order of results, the same whatever the database. It is stated on the page “how results are ordered”.

1. What answers the words best, in three levels. 2. Near first, by bands of distance; a service that comes to the
person's home is in the first band. 3. Inside a band, a shuffle that changes every day, the same for everybody: nobody
can buy or earn a place. Nothing else counts: not who runs the service, not its price, not how often it is read.
"""

import datetime

import numpy as np

from directory.finding.arrays import Bools, Codes, Floats, Ints

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


def shuffle(day: datetime.date) -> tuple[int, int]:
    """The two numbers of the day: rank = (service × first + second) modulo `PRIME`."""
    number = day.toordinal()
    return number * 7919 % (PRIME - 1) + 1, number * 104_729 % PRIME


def shuffled(service_id: int, day: datetime.date) -> int:
    """The rank of a service among those equally near, on a day."""
    times, plus = shuffle(day)
    return (service_id * times + plus) % PRIME


def band_of(km: float) -> int:
    """The band of a distance."""
    return next((place for place, most in enumerate(BANDS) if km <= most), len(BANDS))


def bands(squared: Floats) -> Codes:
    """The band of each squared distance in kilometres; the last one when it is not a number."""
    limits = np.array([km * km for km in BANDS], np.float64)
    return np.searchsorted(limits, squared, side="left").astype(np.int32)


def bands_afar(remote: Bools) -> Codes:
    """The band of rows without a point: whether each is by phone or online."""
    return np.where(remote, band_of(REMOTE_KM), band_of(UNKNOWN_KM)).astype(np.int32)


def levels(scores: Codes, best: int) -> Codes:
    """How well each answers the words, against the best points anyone has: 0 is best."""
    conditions = [scores * 10 >= best * tenths for tenths, _level in LEVELS]
    return np.select(conditions, [level for _tenths, level in LEVELS], len(LEVELS)).astype(np.int32)


def first(levels: Codes, bands: Codes, services: Ints, day: datetime.date, count: int) -> Ints:
    """The places of the first `count` services, in order: level, band, shuffle of the day, then the oldest."""
    times, plus = shuffle(day)
    ranks = (services * times + plus) % PRIME
    steps = levels.astype(np.int64) * (len(BANDS) + 1) + bands
    keys = steps * PRIME + ranks
    if count < keys.size:
        limit = np.partition(keys, count)[count]
        kept = np.flatnonzero(keys <= limit)
    else:
        kept = np.arange(keys.size)
    order: Ints = kept[np.lexsort((services[kept], keys[kept]))][:count]
    return order
