"""The life of a synthesis as data: who may do what, in which state, and what state follows."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from consultations.syntheses.models import Synthesis

DRAFT, COMMENTS, ADOPTED, PUBLISHED = Synthesis.Status
EVERY = frozenset(Synthesis.Status)


class Actor(StrEnum):
    """What a person is to a synthesis; a facilitator may what a volunteer may only where the table says so."""

    FACILITATOR = "facilitator"
    VOLUNTEER = "volunteer"
    PARTICIPANT = "participant"
    READER = "reader"


@dataclass(frozen=True)
class Right:
    """Who may, in which states, and the state that follows when it moves the synthesis."""

    label: str | Promise
    actors: frozenset[Actor]
    states: frozenset[Synthesis.Status]
    target: Synthesis.Status | None = None


WRITERS = frozenset({Actor.FACILITATOR, Actor.VOLUNTEER})
LEADERS = frozenset({Actor.FACILITATOR})
RIGHTS: Mapping[str, Right] = {
    "read_draft": Right(_("read the draft"), WRITERS, EVERY),
    "edit": Right(_("edit the text"), WRITERS, frozenset({DRAFT})),
    "name_volunteers": Right(_("name volunteers"), LEADERS, frozenset({DRAFT, COMMENTS, ADOPTED})),
    "open_comments": Right(_("open to comments"), LEADERS, frozenset({DRAFT}), COMMENTS),
    "comment": Right(_("comment"), frozenset({Actor.PARTICIPANT}), frozenset({COMMENTS})),
    "moderate": Right(_("read and show comments"), LEADERS, EVERY),
    "resume": Right(_("go back to writing"), LEADERS, frozenset({COMMENTS, ADOPTED, PUBLISHED}), DRAFT),
    "adopt": Right(_("record the adoption"), LEADERS, frozenset({DRAFT, COMMENTS}), ADOPTED),
    "publish": Right(_("publish"), LEADERS, frozenset({ADOPTED}), PUBLISHED),
    "propose": Right(_("propose an action sheet"), LEADERS, frozenset({PUBLISHED})),
    "delete": Right(_("delete the draft"), LEADERS, frozenset({DRAFT})),
}


def is_allowed(verb: str, actor: Actor, status: str) -> bool:
    """What the table says; an unknown verb is refused."""
    right = RIGHTS.get(verb)
    return right is not None and actor in right.actors and status in right.states
