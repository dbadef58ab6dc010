"""The one question asked of those who came: were you satisfied? Open with the room, and a week after."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from consultations.polls.definition import Kind
from consultations.polls.models import Poll
from consultations.polls.services import create_poll, open_poll
from consultations.workshops.models import Workshop
from consultations.workshops.polling import AFTER


def propose_satisfaction(*, actor: User, workshop: Workshop) -> Poll:
    """Ask once per workshop; protected, and shown to nobody before it is closed."""
    known = satisfaction_poll(workshop)
    if known is not None:
        return known
    with override(settings.LANGUAGE_CODE):  # people read it in the site's language, whoever opens the room
        poll = create_poll(
            actor=actor,
            place=(AFTER, str(workshop.pk)),
            kind=Kind.SATISFACTION,
            question=_("Are you satisfied with this workshop?"),
            easy_question=_("Was this meeting good for you?"),
            secrecy=Poll.Secrecy.SECRET,
            visibility=Poll.Visibility.HIDDEN,
            what_next=_("The next workshops will be prepared with what you say here."),
        )
    return open_poll(actor=actor, poll=poll)


def satisfaction_poll(workshop: Workshop) -> Poll | None:
    """The question of a workshop, once its room was opened."""
    return Poll.objects.at(AFTER, str(workshop.pk)).opened().first()
