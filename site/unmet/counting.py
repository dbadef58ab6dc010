"""From what searches and orientations count to kinds of signals. Pure rules, one table each."""

from django.db.models import Q

from directory.finding.models import SearchSignal
from orientation.models import OrientationSignal
from unmet.models import Kind

FOUND, NEAREST, OUTCOME = SearchSignal.Found, SearchSignal.Nearest, OrientationSignal.Outcome
SEARCHES: dict[Kind, Q] = {
    Kind.NOTHING: Q(found=FOUND.NONE),
    Kind.FAR: ~Q(found=FOUND.NONE) & Q(nearest__in=(NEAREST.FAR, NEAREST.VERY_FAR)),
}
"""A search counts when it found nothing, or nothing nearer than 20 km; by phone or online is an answer."""
ORIENTATIONS: dict[str, Kind] = {
    OUTCOME.NOTHING: Kind.NOTHING,
    OUTCOME.FAR: Kind.FAR,
    OUTCOME.UNAVAILABLE: Kind.FULL,
    OUTCOME.FULL: Kind.FULL,
    OUTCOME.REFUSED: Kind.REFUSED,
    OUTCOME.EXPIRED: Kind.EXPIRED,
    OUTCOME.CLOSED: Kind.EXPIRED,
}
"""An orientation that ended any other way was helped, or was withdrawn by the person."""
