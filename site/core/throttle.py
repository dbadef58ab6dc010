"""Limits that keep no address: one counter for everyone, by purpose and by minute.

A room of two hundred people behind one network address is never blocked because of that address.
"""

import time

from django.core.cache import cache

WINDOW = 60


def count_hit(purpose: str) -> int:
    """Count one event of this purpose and give how many there were in the current minute."""
    key = _key(purpose)
    cache.add(key, 0, timeout=2 * WINDOW)
    try:
        return cache.incr(key)
    except ValueError:  # expired or evicted between the two calls
        cache.set(key, 1, timeout=2 * WINDOW)
        return 1


def hits(purpose: str) -> int:
    """How many events of this purpose the current minute counts."""
    return int(cache.get(_key(purpose), 0))


def is_over(purpose: str, limit: int) -> bool:
    """True when the current minute already counts `limit` events of this purpose."""
    return hits(purpose) >= limit


def _key(purpose: str) -> str:
    return f"throttle:{purpose}:{int(time.time() // WINDOW)}"
