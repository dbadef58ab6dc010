"""Who may, on signals: those who answer for the territory answer; those who study it or work there read.

A role counts on the territory where it was given and on all those wholly inside. Denied unless said.
"""

from accounts.coverage import is_covered, territories_held
from accounts.models import Role
from accounts.permissions import Visitor, active_memberships, is_administrator, is_member
from unmet.models import Signal
from unmet.states import LIFE, Part

ANSWERERS = (Role.ADMINISTRATOR, Role.ORGANISER, Role.DIRECTORY_EDITOR)
READERS = (*ANSWERERS, Role.ANALYST, Role.OFFICIAL, Role.FUNDER, Role.PROFESSIONAL)


def can_read_signals(user: Visitor) -> bool:
    """True for a person to whom the page of signals has something to show."""
    if not is_member(user):
        return False
    return is_administrator(user) or bool(territories_held(active_memberships(user), READERS))


def can_read_place(user: Visitor, territory_id: int) -> bool:
    """Whether the signals of this territory are theirs to read."""
    return is_administrator(user) or _holds(user, READERS, territory_id)


def parts_of(user: Visitor, signal: Signal) -> frozenset[Part]:
    """What a person is to one signal."""
    if not is_member(user):
        return frozenset()
    if is_administrator(user) or _holds(user, ANSWERERS, signal.territory_id):
        return frozenset({Part.READER, Part.ANSWERER})
    return frozenset({Part.READER} if _holds(user, READERS, signal.territory_id) else ())


def can_answer_signal(user: Visitor, signal: Signal) -> bool:
    """Whether some reply may be written now."""
    return any(line.moves for line in LIFE.possible(parts_of(user, signal), signal))


def _holds(user: Visitor, roles: tuple[Role, ...], territory_id: int) -> bool:
    held = territories_held(active_memberships(user), roles)
    return bool(held) and is_covered(territory_id, held)
