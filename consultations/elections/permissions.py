"""Who may, on an election, by what they are to its council today. Denied unless said."""

from accounts.models import User
from accounts.permissions import Visitor, is_member
from consultations.councils.models import Council
from consultations.councils.permissions import can_edit_council, is_clerk, mandate_of
from consultations.elections.models import Election, RollEntry
from consultations.elections.states import LIFE, Part


def parts_of(user: Visitor, election: Election) -> frozenset[Part]:
    """Clerks keep the papers; members read; both read paper ballots, unless they stand themselves."""
    if not is_member(user):
        return frozenset()
    parts: set[Part] = set()
    if is_clerk(user, election.council):
        parts.add(Part.CLERK)
    if mandate_of(user, election.council) is not None:
        parts.add(Part.MEMBER)
    if parts and not election.candidates.filter(user=user).exists():
        parts.add(Part.SCRUTINEER)
    return frozenset(parts)


def can_create_election(user: Visitor, council: Council) -> bool:
    """Those who keep the council's papers, while it exists."""
    return can_edit_council(user, council)


def may(user: Visitor, verb: str, election: Election) -> bool:
    """What the table says of this person now."""
    return LIFE.can(verb, parts_of(user, election), election)


def entry_of(user: Visitor, election: Election) -> RollEntry | None:
    """The elector this account is, when the roll says so."""
    if not isinstance(user, User):
        return None
    return election.roll.filter(user=user).first()
