"""Openings of the days to come, packed into a few bytes: for each, the second it opens and the second it closes."""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from directory.hours import Span

Seconds = npt.NDArray[np.uint32]
KIND = np.dtype("<u4")
"""Whole seconds since 1970: enough until 2106."""


def pack(spans: Iterable[Span]) -> bytes:
    """These openings, one after the other."""
    ends = [int(end.timestamp()) for span in spans for end in (span.start, span.end)]
    return np.array(ends, KIND).tobytes()


def unpack(packed: bytes) -> tuple[Seconds, Seconds]:
    """When each opens, when each closes; `unpack(pack(a) + pack(b))` is that of both."""
    ends = np.frombuffer(packed, KIND)
    return ends[0::2], ends[1::2]
