"""Who may organise: a role on the place, on a place that contains it, or on the organisation.

Deny by default. A territory role covers every consultation of the territories it contains.
"""

from accounts.coverage import covered_by, is_covered, territories_held
from accounts.models import Role
from accounts.permissions import Visitor, active_memberships, has_role, is_member
from consultations.process.models import Consultation
from consultations.process.registries import workspace_openers
from organisations.models import Organisation
from territories.models import Territory

ORGANISING = (Role.ORGANISER, Role.ADMINISTRATOR)
FACILITATING = (*ORGANISING, Role.FACILITATOR)
READING = (*ORGANISING, Role.ANALYST, Role.FACILITATOR, Role.INTERVIEWER, Role.DPO)


def covered_territory_ids(user: Visitor, *roles: Role) -> set[int]:
    """Every territory on which the person's roles hold today, contained ones included."""
    return covered_by(user, *(roles or READING))


def _holds(
    user: Visitor, roles: tuple[Role, ...], territory_id: int | None, organisation_id: int | None
) -> bool:
    if not is_member(user):
        return False
    if user.is_superuser:
        return True
    memberships = active_memberships(user)
    if organisation_id and any(m.role in roles and m.organisation_id == organisation_id for m in memberships):
        return True
    held = territories_held(memberships, roles)
    return bool(held and territory_id and is_covered(territory_id, held))


def can_organise(user: Visitor) -> bool:
    """True for a person who may create a consultation somewhere."""
    return is_member(user) and (user.is_superuser or has_role(user, *ORGANISING))


def can_open_workspace(user: Visitor) -> bool:
    """True for a person to whom the workspace has something to show."""
    return is_member(user) and (user.is_superuser or has_role(user, *READING))


def can_open_home(user: Visitor) -> bool:
    """True for a person who works on consultations, or for whom an app above has something there."""
    return can_open_workspace(user) or any(may(user) for may in workspace_openers)


def can_read_register(user: Visitor) -> bool:
    """The data-protection officer and administrators read the register of processings."""
    return is_member(user) and (user.is_superuser or has_role(user, Role.DPO, Role.ADMINISTRATOR))


def can_create_consultation(user: Visitor, territory: Territory, organisation: Organisation) -> bool:
    """An organiser of the place or of the organisation that asks."""
    return _holds(user, ORGANISING, territory.pk, organisation.pk)


def _organises(user: Visitor, consultation: Consultation) -> bool:
    return _holds(user, ORGANISING, consultation.territory_id, consultation.organisation_id)


def can_edit_consultation(user: Visitor, consultation: Consultation) -> bool:
    """Its organisers, until it is closed."""
    return consultation.status != Consultation.Status.CLOSED and _organises(user, consultation)


def can_publish_consultation(user: Visitor, consultation: Consultation) -> bool:
    """Its organisers, while it is a draft."""
    return consultation.status == Consultation.Status.DRAFT and _organises(user, consultation)


def can_close_consultation(user: Visitor, consultation: Consultation) -> bool:
    """Its organisers, once it is published."""
    return consultation.status == Consultation.Status.PUBLISHED and _organises(user, consultation)


def can_follow_consultation(user: Visitor, consultation: Consultation) -> bool:
    """Those who work on the place see its dashboard and its protected counts."""
    return _holds(user, READING, consultation.territory_id, consultation.organisation_id)


def can_publish_figures(user: Visitor, consultation: Consultation) -> bool:
    """Its organisers and analysts ask for the figures of what people said, even once it is closed."""
    return _holds(user, (*ORGANISING, Role.ANALYST), consultation.territory_id, consultation.organisation_id)


def can_enter_answers(user: Visitor, consultation: Consultation) -> bool:
    """Interviewers and organisers type in what was said face to face or on paper."""
    return _holds(
        user, (*ORGANISING, Role.INTERVIEWER), consultation.territory_id, consultation.organisation_id
    )


def can_facilitate_consultation(user: Visitor, consultation: Consultation) -> bool:
    """Organisers and facilitators of the place run its workshops, until the synthesis is written."""
    return _holds(user, FACILITATING, consultation.territory_id, consultation.organisation_id)


def can_read_consultation(user: Visitor, consultation: Consultation) -> bool:
    """Anyone once published; before, only those who work on the place."""
    if consultation.status != Consultation.Status.DRAFT:
        return True
    return can_follow_consultation(user, consultation)
