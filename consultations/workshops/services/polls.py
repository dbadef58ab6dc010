"""Polls of a room: opened, voted, counted by hands, closed. The rules of votes are those of polls.

Every function runs as a verb of the room: in one transaction, the room's row locked.
"""

from typing import Any

from django.utils.translation import gettext as _

from consultations.live.models import Participant, Room
from consultations.live.problems import Refused
from consultations.live.registries import Viewer
from consultations.live.services import recheck_viewers
from consultations.polls.models import Mode, Poll
from consultations.polls.services import cast_ballot, close_poll, open_poll, record_hands
from consultations.workshops.board import items, messages
from consultations.workshops.board.snapshot import ballots_given
from consultations.workshops.polling import PLACE, voter_key
from consultations.workshops.services.telling import PROJECTOR, tell, to


def poll_in(room: Room, key: object) -> Poll:
    """A poll of this room."""
    poll = Poll.objects.at(PLACE, room.key).filter(pk=str(key)).first()
    if poll is None:
        raise Refused("gone", _("This poll is not one of this workshop."))
    return poll


def open_room_poll(
    *, room: Room, viewer: Viewer, message: messages.PollMessage, **_more: Any
) -> dict[str, Any]:
    """Ask the room."""
    poll = poll_in(room, message.poll)
    if poll.status == Poll.Status.OPEN:
        return {"already": True}
    if viewer.user is None:
        raise Refused("forbidden", _("You no longer run this workshop."))
    opened = open_poll(actor=viewer.user, poll=poll)
    tell(room, "poll_changed", put={"polls": [items.poll_item(opened)]})
    recheck_viewers(room=room)
    return {"poll": str(poll.pk)}


def close_room_poll(
    *, room: Room, viewer: Viewer, message: messages.PollMessage, **_more: Any
) -> dict[str, Any]:
    """Take no more votes; the results are then shown as was promised."""
    poll = poll_in(room, message.poll)
    if poll.status == Poll.Status.CLOSED:
        return {"already": True}
    if viewer.user is None:
        raise Refused("forbidden", _("You no longer run this workshop."))
    closed = close_poll(actor=viewer.user, poll=poll)
    tell(room, "poll_changed", put={"polls": [items.poll_item(closed)]}, drop={"voted": [str(poll.pk)]})
    recheck_viewers(room=room)
    return {"poll": str(poll.pk)}


def vote_in_poll(*, room: Room, viewer: Viewer, message: messages.PollVote, **_more: Any) -> dict[str, Any]:
    """One ballot per person of a device, whole or not at all; it cannot be found again, so it cannot be changed."""
    if viewer.participant is None:
        raise Refused("forbidden", _("Join the workshop first."))
    poll, participant = poll_in(room, message.poll), viewer.participant
    is_table = participant.device == Participant.Device.TABLET
    given = ballots_given([poll], participant)[poll.pk]
    turn = min(given, participant.headcount - 1)  # past the last person, the ballot is found already cast
    cast = cast_ballot(
        poll=poll,
        voter_key=voter_key(participant.pk, turn),
        choices=message.choices,
        mode=Mode.TABLET if is_table else Mode.OWN,
        college=participant.college,
    )
    if not cast.created:
        return {"already": True}
    if given + 1 >= participant.headcount:
        tell(room, "poll_changed", to(participant), put={"voted": [{"id": str(poll.pk)}]})
    if poll.visibility == Poll.Visibility.LIVE and not poll.is_secret:
        tell(room, "poll_changed", PROJECTOR, put={"polls": [items.poll_item(poll)]})
    return {"poll": str(poll.pk), "left": participant.headcount - given - 1}


def count_hands(*, room: Room, viewer: Viewer, message: messages.PollHands, **_more: Any) -> dict[str, Any]:
    """Hands raised, counted by option; counting again replaces."""
    poll = poll_in(room, message.poll)
    record_hands(actor=viewer.user, poll=poll, counts=message.counts, college=message.college)
    tell(room, "poll_changed", PROJECTOR, put={"polls": [items.poll_item(poll)]})
    return {"poll": str(poll.pk)}
