"""Who may, on a council: staff of its places, and members by their mandate on the day. Denied unless said.

A mandate is a dated role: everything here is asked for a day, today when none is given.
"""

import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from accounts.models import Role
from accounts.permissions import Visitor, active_memberships, has_role, is_administrator, is_member
from consultations.councils.models import Council, CouncilEstablishment, Mandate, Office, OfficeTerm
from consultations.process.permissions import covered_territory_ids

CLERKS = (Role.SECRETARY, Role.DIRECTOR)
DIRECTORS = (Role.DIRECTOR,)
Day = datetime.date | None


def _day(on: Day) -> datetime.date:
    return on or timezone.localdate()


def _holds_over(user: Visitor, council: Council, roles: tuple[Role, ...]) -> bool:
    """True with one of the roles on an establishment of the council today, or on its territory."""
    held = [one for one in active_memberships(user) if one.role in roles]
    if not held:
        return False
    places = {one.organisation_id for one in held if one.organisation_id}
    links = CouncilEstablishment.objects.in_force(timezone.localdate())
    if places and links.filter(council=council, organisation__in=places).exists():
        return True
    return council.territory_id in covered_territory_ids(user, *roles)


def mandate_of(user: Visitor, council: Council, on: Day = None) -> Mandate | None:
    """The mandate this person holds in the council that day."""
    if not is_member(user):
        return None
    return Mandate.objects.in_force(_day(on)).filter(user=user, council=council).order_by("rank").first()


def holds_office(user: Visitor, council: Council, office: Office, on: Day = None) -> bool:
    """True when the person's mandate carries that office on that day."""
    if not is_member(user):
        return False
    terms = OfficeTerm.objects.in_force(_day(on))
    return terms.filter(mandate__user=user, mandate__council=council, office=office).exists()


def is_president(user: Visitor, council: Council, on: Day = None) -> bool:
    return holds_office(user, council, Office.PRESIDENT, on)


def is_secretary(user: Visitor, council: Council, on: Day = None) -> bool:
    """The session secretary among members, or the secretary employed by its establishment or territory."""
    return holds_office(user, council, Office.SECRETARY, on) or _holds_over(user, council, (Role.SECRETARY,))


def is_director(user: Visitor, council: Council) -> bool:
    """The director of one of its establishments."""
    return _holds_over(user, council, DIRECTORS)


def is_clerk(user: Visitor, council: Council) -> bool:
    """Secretary or director of its establishment, or administrator: those who keep its papers."""
    return is_administrator(user) or _holds_over(user, council, CLERKS)


def can_work_on_councils(user: Visitor) -> bool:
    """True for a person to whom the council pages of the workspace have something to show."""
    if not is_member(user):
        return False
    if user.is_superuser or has_role(user, *CLERKS, Role.ADMINISTRATOR):
        return True
    return _holds_a_mandate(user)


def _holds_a_mandate(user: Any) -> bool:
    """Asked once a request: three entries of the menu want to know."""
    known: bool | None = getattr(user, "_holds_a_mandate", None)
    if known is None:
        known = Mandate.objects.in_force(timezone.localdate()).filter(user=user).exists()
        user._holds_a_mandate = known
    return known


def can_create_council(user: Visitor) -> bool:
    """Directors, secretaries and administrators; the service checks the place."""
    return is_member(user) and (is_administrator(user) or has_role(user, *CLERKS))


def can_see_council(user: Visitor, council: Council) -> bool:
    """Anyone when its page is public; otherwise its members and those who keep its papers."""
    return council.is_public or can_see_member_pages(user, council)


def can_edit_council(user: Visitor, council: Council) -> bool:
    """Those who keep its papers, while it exists."""
    return council.dissolved_on is None and is_clerk(user, council)


def can_manage_mandates(user: Visitor, council: Council) -> bool:
    """Those who keep its papers, while it exists; the president reads."""
    return can_edit_council(user, council)


def can_record_founding_act(user: Visitor, council: Council) -> bool:
    """The act is the managing body's (CASF D311-4): director, secretary on their behalf, administrator."""
    return can_edit_council(user, council)


def can_record_vacancy(user: Visitor, council: Council) -> bool:
    """The director signs it (CASF D311-7); the secretary may type it in."""
    return can_edit_council(user, council)


def can_edit_bylaws(user: Visitor, council: Council) -> bool:
    """The council's own rules: its president, or those who keep its papers, once the council has adopted them."""
    return council.dissolved_on is None and (is_clerk(user, council) or is_president(user, council))


def can_see_member_pages(user: Visitor, council: Council, on: Day = None) -> bool:
    """Its members on that day, full and substitute, and those who keep its papers."""
    return mandate_of(user, council, on) is not None or is_clerk(user, council)


def can_federate(user: Visitor, federation: Council) -> bool:
    """Its president, or those who keep its papers."""
    return can_edit_bylaws(user, federation)


def visible_to(user: Visitor) -> Q:
    """Councils whose page this person may open, as a filter on `Council`."""
    public = Q(is_public=True)
    if not is_member(user):
        return public
    if is_administrator(user):
        return Q()
    return public | worked_on_by(user)


def worked_on_by(user: Visitor) -> Q:
    """Councils this person sits in today or keeps the papers of, as a filter on `Council`."""
    if not is_member(user):
        return Q(pk__in=[])
    if is_administrator(user):
        return Q()
    today = timezone.localdate()
    seats = Mandate.objects.in_force(today).filter(user=user).values("council")
    places = {
        one.organisation_id for one in active_memberships(user) if one.role in CLERKS and one.organisation_id
    }
    links = CouncilEstablishment.objects.in_force(today).filter(organisation__in=places).values("council")
    return Q(pk__in=seats) | Q(pk__in=links) | Q(territory__in=covered_territory_ids(user, *CLERKS))
