"""Bands of distance and the shuffle of the day: the same as the search's, so that both lists agree."""

import datetime

BANDS = (2, 5, 10, 20, 30, 50, 100)
REMOTE_KM, UNKNOWN_KM = 30, 50
PRIME = 1_000_003


def band_of(km: float) -> int:
    """The band of a distance."""
    return next((place for place, most in enumerate(BANDS) if km <= most), len(BANDS))


def shuffled(service_id: int, day: datetime.date) -> int:
    """The rank of a service among those equally near, on a day."""
    number = day.toordinal()
    return (service_id * (number * 7919 % (PRIME - 1) + 1) + number * 104_729) % PRIME
