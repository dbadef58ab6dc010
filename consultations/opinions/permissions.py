"""Who may, from what a person is to an opinion (`parts_of`) and from its state (`states.LIFE`)."""

from accounts.models import Role
from accounts.permissions import Visitor, has_role, is_administrator, is_member
from consultations.councils.models import Council
from consultations.councils.permissions import (
    can_see_council,
    can_work_on_councils,
    is_director,
    is_secretary,
    mandate_of,
)
from consultations.meetings.permissions import CHAIRS, offices_of
from consultations.opinions.models import Opinion
from consultations.opinions.states import LIFE, Part

SPEAKERS = (Role.DIRECTOR, Role.OFFICIAL)


def parts_in(user: Visitor, council: Council) -> frozenset[Part]:
    """What a person is to a council's opinions, whichever they are."""
    if not is_member(user):
        return frozenset()
    found = set()
    if mandate_of(user, council) is not None:
        found.add(Part.MEMBER)
    if offices_of(user, council) & set(CHAIRS):
        found.add(Part.PRESIDENT)
    if is_administrator(user) or is_secretary(user, council):
        found.add(Part.SECRETARY)
    if is_director(user, council):
        found.add(Part.DIRECTOR)
    return frozenset(found)


def parts_of(user: Visitor, opinion: Opinion) -> frozenset[Part]:
    """Everything this person is to this opinion, today."""
    found = set(parts_in(user, opinion.council))
    if not is_member(user):
        return frozenset()
    if opinion.proposed_by is not None and opinion.proposed_by.user_id == user.pk:
        found.add(Part.AUTHOR)
    if speaks_for_addressee(user, opinion):
        found.add(Part.ADDRESSEE)
    return frozenset(found)


def speaks_for_addressee(user: Visitor, opinion: Opinion) -> bool:
    """Director or elected official of the body asked, today; an authority's officials also by its territory."""
    body = opinion.sent_to
    if body is None or opinion.sent_on is None:
        return False
    if has_role(user, *SPEAKERS, organisation=body):
        return True
    return body.kind == body.Kind.AUTHORITY and has_role(user, Role.OFFICIAL, territory=body.territory)


def can(verb: str, user: Visitor, opinion: Opinion) -> bool:
    """The one question every service, view and template asks."""
    return LIFE.can(verb, parts_of(user, opinion), opinion)


def can_propose(user: Visitor, council: Council) -> bool:
    """A member in office today, substitutes included, its president or who keeps its papers, while it exists."""
    parts = parts_in(user, council)
    return council.dissolved_on is None and bool(parts & {Part.MEMBER, Part.PRESIDENT, Part.SECRETARY})


def can_read_publicly(opinion: Opinion) -> bool:
    """Anyone may read an opinion once sent, unless it was kept to members."""
    return opinion.is_published


def can_see_opinion(user: Visitor, opinion: Opinion) -> bool:
    """Anyone when it is published; otherwise those who are something to it."""
    if can_read_publicly(opinion) and can_see_council(user, opinion.council):
        return True
    return can("read", user, opinion)


def can_work_on_opinions(user: Visitor) -> bool:
    """True for a person to whom the opinion pages of the workspace have something to show."""
    return can_work_on_councils(user) or has_role(user, *SPEAKERS)


def can_merge(user: Visitor, federation: Council) -> bool:
    """Those who keep the opinions of a federation, while it exists: its president, its secretary."""
    parts = parts_in(user, federation)
    return (
        federation.is_federation
        and federation.dissolved_on is None
        and bool(parts & {Part.PRESIDENT, Part.SECRETARY})
    )


def can_read_received(user: Visitor, federation: Council) -> bool:
    """Those who sit in the federation, or keep its papers: what councils passed up is for them."""
    return federation.is_federation and bool(parts_in(user, federation))
