"""What a viewer may ask for at this moment: told to screens when a stage or a poll opens or closes.

The services decide each action again; words written before the end and sent a little late are still taken.
"""

from collections.abc import Collection
from uuid import UUID

from consultations.live.models import Room
from consultations.live.registries import Role, Viewer
from consultations.polls.models import Poll
from consultations.workshops.kinds import GroupSettings, read_settings
from consultations.workshops.models import Stage
from consultations.workshops.polling import PLACE

ALWAYS = frozenset({"card.withdraw", "react", "signal.set"})
BY_KIND: dict[str, frozenset[str]] = {
    Stage.Kind.WRITE: frozenset({"card.add", "card.edit"}),
    Stage.Kind.FEEDBACK: frozenset({"card.add", "card.edit"}),
    Stage.Kind.DOTS: frozenset({"vote.set", "ballot.set"}),
    Stage.Kind.SCORES: frozenset({"vote.set", "ballot.set"}),
    Stage.Kind.GRID: frozenset({"vote.set", "ballot.set"}),
    Stage.Kind.RANK: frozenset({"rank.set"}),
}
MOST_ROOMS = 500
_told: dict[UUID, tuple[int, frozenset[str]]] = {}


def allowed(room: Room, viewer: Viewer, every: Collection[str]) -> Collection[str]:
    """Facilitators may always; participants what the stage and the polls under way take."""
    if viewer.role != Role.PARTICIPANT:
        return every
    seq, verbs = _told.get(room.pk, (-1, frozenset()))
    if seq != room.seq:  # read once for all the phones of a room, at each of its places
        verbs = _of_participants(room)
        if len(_told) >= MOST_ROOMS:
            _told.clear()
        _told[room.pk] = (room.seq, verbs)
    return verbs


def _of_participants(room: Room) -> frozenset[str]:
    stages = Stage.objects.filter(workshop_id=room.key, contributions_open=True)
    stage = stages.filter(state__in=[Stage.State.RUNNING, Stage.State.PAUSED]).first()
    verbs = ALWAYS | (BY_KIND.get(stage.kind, frozenset()) if stage else frozenset())
    if stage is not None:
        settings = read_settings(stage.kind, stage.settings)
        if isinstance(settings, GroupSettings) and settings.participants_move:
            verbs |= {"group.move"}
    if Poll.objects.at(PLACE, room.key).filter(status=Poll.Status.OPEN).exists():
        verbs |= {"poll.vote"}
    return verbs
