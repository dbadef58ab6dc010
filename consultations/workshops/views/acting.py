"""A verb posted by a plain form: the same door as the sockets, then the page again."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, get_origin

from django.http import Http404, QueryDict

from consultations.live.models import Room
from consultations.live.problems import Refused
from consultations.live.registries import Viewer
from consultations.live.services import Outcome, perform
from consultations.polls.forms import read_ballot
from consultations.polls.models import Poll
from consultations.workshops.board.verbs import VERBS

TICKED = {"1", "true", "on"}
POINTS, EFFORT, HANDS = "points-", "effort-", "hands-"
REFUSED = {
    "closed": 409,
    "room_closed": 410,
    "gone": 409,
    "merged": 409,
    "moved_on": 409,
    "already_undone": 409,
    "voted": 409,
    "forbidden": 403,
}
INVALID = 422


@dataclass(frozen=True)
class Attempt:
    """What came of a posted verb; when it is refused, what was typed is kept to be shown again."""

    verb: str
    outcome: Outcome | None = None
    refusal: Refused | None = None
    typed: dict[str, Any] = field(default_factory=dict)

    @property
    def status(self) -> int:
        """The status of the page that says it."""
        return REFUSED.get(self.refusal.code, INVALID) if self.refusal else 200


def attempt(*, room: Room, viewer: Viewer, verb: str, posted: QueryDict) -> Attempt:
    """Perform the verb of a form; the key drawn with the form makes a double click one action."""
    if verb not in VERBS:
        raise Http404
    data = message_data(verb, posted)
    try:
        outcome = perform(room=room, viewer=viewer, verb=verb, data=data, client_uuid=_key(posted))
    except Refused as refusal:
        return Attempt(verb, refusal=refusal, typed=data)
    return Attempt(verb, outcome=outcome)


def message_data(verb: str, posted: QueryDict) -> dict[str, Any]:
    """The fields of the verb's message, as the form gives them; the rest of the form is left aside."""
    data: dict[str, Any] = {}
    for name, described in VERBS[verb].message.model_fields.items():
        if (verb, name) in SHAPED:
            data[name] = SHAPED[verb, name](posted)
        elif get_origin(described.annotation) is list:
            data[name] = [value for value in posted.getlist(name) if value]
        elif name in posted:
            value = str(posted[name])
            data[name] = value.lower() in TICKED if described.annotation is bool else value
    return data


def _votes(posted: QueryDict) -> list[dict[str, Any]]:
    """`points-<target>` and `effort-<target>` as the votes of a ballot; what is empty or zero is no vote."""
    votes = []
    for name in posted:
        points = str(posted[name]).strip()
        if name.startswith(POINTS) and points not in {"", "0"}:
            target = name.removeprefix(POINTS)
            effort = str(posted.get(EFFORT + target, "")).strip()
            votes.append({"target": target, "points": points, **({"effort": effort} if effort else {})})
    return votes


def _choices(posted: QueryDict) -> dict[str, int]:
    """The ballot of a poll, read as polls read their own."""
    try:
        poll = Poll.objects.filter(pk=uuid.UUID(posted.get("poll", ""))).first()
    except ValueError:
        poll = None
    return read_ballot(poll.asked, posted) if poll else {}


def _hands(posted: QueryDict) -> dict[str, str]:
    """`hands-<option>`; an empty field counts nothing."""
    counted = {
        name.removeprefix(HANDS): str(posted[name]).strip() for name in posted if name.startswith(HANDS)
    }
    return {code: number for code, number in counted.items() if number}


SHAPED: dict[tuple[str, str], Callable[[QueryDict], Any]] = {
    ("ballot.set", "votes"): _votes,
    ("poll.vote", "choices"): _choices,
    ("poll.hands", "counts"): _hands,
}


def _key(posted: QueryDict) -> uuid.UUID:
    try:
        return uuid.UUID(posted.get("client_uuid", ""))
    except ValueError:
        return uuid.uuid4()
