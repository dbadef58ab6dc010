"""Who may, on requests for help. Denied unless said: an administrator reads figures, never a person's request.

A counter sees what it sent, a service what it received; a coordinator (a professional of the territory) the situations
flagged for coordination there.
"""

from django.db.models import Q

from accounts.coverage import covered_by, is_covered, territories_held
from accounts.models import Role
from accounts.permissions import Visitor, active_memberships, has_role, is_administrator, is_member
from directory.models import Service
from organisations.models import Organisation
from orientation.models import Coordination, HelpRequest, Sending
from orientation.states import COORDINATION, LIFE, Part

HANDS = (Role.PROFESSIONAL, Role.DIRECTOR, Role.DIRECTORY_EDITOR)
FIGURE_READERS = (*HANDS, Role.ADMINISTRATOR, Role.ORGANISER, Role.ANALYST, Role.OFFICIAL, Role.FUNDER)


def organisations_of(user: Visitor) -> set[int]:
    """The organisations where this person works with people, by key."""
    return {
        one.organisation_id for one in active_memberships(user) if one.role in HANDS and one.organisation_id
    }


def can_guide_people(user: Visitor) -> bool:
    """True for those who may act at a counter for someone."""
    return is_member(user) and bool(organisations_of(user))


def can_act_for(user: Visitor, organisation: Organisation) -> bool:
    """At this counter."""
    return organisation.pk in organisations_of(user)


def can_coordinate_somewhere(user: Visitor) -> bool:
    """Professionals of a territory take reinforced coordinations."""
    return bool(territories_held(active_memberships(user), (Role.PROFESSIONAL,)))


def can_coordinate_request(user: Visitor, request: HelpRequest) -> bool:
    """Where the person lives; once erased, nobody."""
    if request.commune_id is None:
        return False
    held = territories_held(active_memberships(user), (Role.PROFESSIONAL,))
    return bool(held) and is_covered(request.commune_id, held)


def can_enter_orientation(user: Visitor) -> bool:
    """True for a person to whom these pages of the workspace have something to show."""
    return can_guide_people(user) or can_coordinate_somewhere(user) or can_read_figures(user)


def can_handle_requests(user: Visitor) -> bool:
    """Those who receive, send or coordinate."""
    return can_guide_people(user) or can_coordinate_somewhere(user)


def can_read_figures(user: Visitor) -> bool:
    """Protected figures, without anything of a person."""
    return is_member(user) and (is_administrator(user) or has_role(user, *FIGURE_READERS))


def parts_of(user: Visitor, sending: Sending) -> frozenset[Part]:
    """What a signed-in person is to one request sent."""
    if sending.help_request.is_erased:
        return frozenset()
    own = organisations_of(user)
    parts = set()
    if sending.service.organisation_id in own:
        parts.add(Part.SERVICE)
    if sending.help_request.counter_id in own:
        parts.add(Part.COUNTER)
    return frozenset(parts) | coordinator_parts(user, sending.help_request)


def coordinator_parts(user: Visitor, request: HelpRequest) -> frozenset[Part]:
    """The part of a coordinator, for a situation flagged as such."""
    if not Coordination.objects.filter(help_request=request).exists():
        return frozenset()
    return frozenset({Part.COORDINATOR} if can_coordinate_request(user, request) else ())


def can_read_sending(user: Visitor, sending: Sending) -> bool:
    """The service, the counter, the coordinator: nobody else."""
    return LIFE.can("read", parts_of(user, sending), sending)


def can_answer_sending(user: Visitor, sending: Sending) -> bool:
    """People of the service, while it waits."""
    return LIFE.can("accept", parts_of(user, sending), sending)


def can_read_request(user: Visitor, request: HelpRequest) -> bool:
    """The counter that made it, and the coordinator of a flagged situation: they see every service asked."""
    return bool(request_parts(user, request))


def request_parts(user: Visitor, request: HelpRequest) -> frozenset[Part]:
    """What a signed-in person is to a whole request."""
    if request.is_erased:
        return frozenset()
    at_counter = request.counter_id is not None and request.counter_id in organisations_of(user)
    return frozenset({Part.COUNTER} if at_counter else ()) | coordinator_parts(user, request)


def can_flag_request(user: Visitor, request: HelpRequest) -> bool:
    """The counter, or a service that received it and has still to answer or accepted it."""
    if request.is_erased or Coordination.objects.filter(help_request=request).exists():
        return False
    own = organisations_of(user)
    held = Q(state__in=[*Sending.WAITING, Sending.State.ACCEPTED], service__organisation__in=own)
    return request.counter_id in own or request.sendings.filter(held).exists()


def can_lead_coordination(user: Visitor, coordination: Coordination) -> bool:
    """Name the coordinator: those of the territory, while it is not ended."""
    parts = coordinator_parts(user, coordination.help_request)
    return COORDINATION.can("name", parts, coordination)


def takes_requests(service: Service) -> bool:
    """True when a request can be sent from here today."""
    return service.is_public and service.takes_requests and service.status in {"active", "temporarily_closed"}


def coordinated_communes(user: Visitor) -> set[int]:
    """The territories where this person coordinates."""
    return covered_by(user, Role.PROFESSIONAL)
