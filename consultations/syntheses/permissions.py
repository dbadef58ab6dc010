"""Who may, from what a person is to a synthesis and from its state (`states.LIFE`)."""

from accounts.permissions import Visitor, has_role, is_administrator, is_member
from consultations.process.permissions import FACILITATING, can_facilitate_consultation
from consultations.syntheses.models import Synthesis
from consultations.syntheses.states import LIFE, Actor


def can_open_syntheses(user: Visitor) -> bool:
    """True for a person who prepares syntheses somewhere."""
    return is_member(user) and (user.is_superuser or has_role(user, *FACILITATING))


def can_create_synthesis(user: Visitor) -> bool:
    """Facilitators and organisers import past syntheses and start those of their workshops."""
    return can_open_syntheses(user)


def actor_of(user: Visitor, synthesis: Synthesis) -> Actor:
    """What this person is to this synthesis; participants without an account show a receipt or a device."""
    if not is_member(user):
        return Actor.READER
    consultation = synthesis.consultation
    if consultation is not None:
        leads = can_facilitate_consultation(user, consultation)
    else:
        leads = is_administrator(user) or (
            has_role(user, *FACILITATING) and synthesis.created_by_id in {None, user.pk}
        )
    if leads:
        return Actor.FACILITATOR
    if synthesis.volunteers.filter(pk=user.pk).exists():
        return Actor.VOLUNTEER
    return Actor.READER


def can(verb: str, user: Visitor, synthesis: Synthesis) -> bool:
    """The one question every service, view and template asks."""
    return LIFE.can(verb, actor_of(user, synthesis), synthesis)


def can_read_synthesis(user: Visitor, synthesis: Synthesis) -> bool:
    """Anyone once published or open to comments; before, those who write it."""
    if synthesis.published_version_id or synthesis.status == Synthesis.Status.COMMENTS:
        return True
    return can("read_draft", user, synthesis)
