"""Who may, from what a person is to a synthesis and from its state (`states.RIGHTS`)."""

from django.utils import timezone

from accounts.models import Role
from accounts.permissions import Visitor, has_role, is_administrator, is_member
from consultations.process.permissions import covered_territory_ids
from consultations.syntheses.models import Synthesis
from consultations.syntheses.states import Actor, is_allowed

LEADING = (Role.FACILITATOR, Role.ORGANISER, Role.ADMINISTRATOR)


def can_open_syntheses(user: Visitor) -> bool:
    """True for a person who prepares syntheses somewhere."""
    return is_member(user) and (user.is_superuser or has_role(user, *LEADING))


def can_create_synthesis(user: Visitor) -> bool:
    """Facilitators and organisers import past syntheses and start those of their workshops."""
    return can_open_syntheses(user)


def leads_consultation(user: Visitor, territory_id: int, organisation_id: int) -> bool:
    """A leading role on the place, on one that contains it, or on the organisation that asks."""
    if not is_member(user):
        return False
    if user.is_superuser:
        return True
    if not has_role(user, *LEADING):
        return False
    on_body = any(
        each.organisation_id == organisation_id and each.role in LEADING
        for each in user.memberships.active_on(timezone.localdate())
    )
    return on_body or territory_id in covered_territory_ids(user, *LEADING)


def actor_of(user: Visitor, synthesis: Synthesis) -> Actor:
    """What this person is to this synthesis; participants without an account show a receipt or a device."""
    if not is_member(user):
        return Actor.READER
    consultation = synthesis.consultation
    if consultation is not None:
        leads = leads_consultation(user, consultation.territory_id, consultation.organisation_id)
    else:
        leads = is_administrator(user) or (
            has_role(user, *LEADING) and synthesis.created_by_id in {None, user.pk}
        )
    if leads:
        return Actor.FACILITATOR
    if synthesis.volunteers.filter(pk=user.pk).exists():
        return Actor.VOLUNTEER
    return Actor.READER


def can(verb: str, user: Visitor, synthesis: Synthesis) -> bool:
    """The one question every service, view and template asks."""
    return is_allowed(verb, actor_of(user, synthesis), synthesis.status)


def can_read_synthesis(user: Visitor, synthesis: Synthesis) -> bool:
    """Anyone once published or open to comments; before, those who write it."""
    if synthesis.published_version_id or synthesis.status == Synthesis.Status.COMMENTS:
        return True
    return can("read_draft", user, synthesis)
