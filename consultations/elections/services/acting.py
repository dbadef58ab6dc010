"""What every write of an election begins with: its row locked, the table of states asked."""

from collections.abc import Mapping
from typing import Any

from accounts.permissions import Visitor
from consultations.elections.models import Election
from consultations.elections.permissions import parts_of
from consultations.elections.states import LIFE


def begin(
    *, actor: Visitor, election: Election, step: str, given: Mapping[str, Any] | None = None
) -> Election:
    """The election, locked, moved to the state that follows (not saved). `actor` None is the platform itself."""
    locked = Election.objects.select_for_update(of=("self",)).select_related("council").get(pk=election.pk)
    if actor is None:
        LIFE.follow(step, subject=locked)
    else:
        LIFE.apply(step, who=parts_of(actor, locked), subject=locked, given=given)
    return locked
