"""The life of a synthesis as data: who may do what, in which state, and what state follows."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from consultations.syntheses.models import Synthesis
from core.states import StateMachine, one_of, transition

DRAFT, COMMENTS, ADOPTED, PUBLISHED = Synthesis.Status
EVERY = frozenset(Synthesis.Status)


class Actor(StrEnum):
    """What a person is to a synthesis; a facilitator may what a volunteer may only where the table says so."""

    FACILITATOR = "facilitator"
    VOLUNTEER = "volunteer"
    PARTICIPANT = "participant"
    READER = "reader"


WRITERS = one_of(Actor.FACILITATOR, Actor.VOLUNTEER)
LEADERS = one_of(Actor.FACILITATOR)
LIFE = StateMachine(
    "synthesis",
    dict(Synthesis.Status.choices),
    (
        transition("read_draft", _("read the draft"), EVERY, may=WRITERS),
        transition("edit", _("edit the text"), DRAFT, may=WRITERS),
        transition("name_volunteers", _("name volunteers"), {DRAFT, COMMENTS, ADOPTED}, may=LEADERS),
        transition("open_comments", _("open to comments"), DRAFT, COMMENTS, may=LEADERS),
        transition("comment", _("comment"), COMMENTS, may=one_of(Actor.PARTICIPANT)),
        transition("moderate", _("read and show comments"), EVERY, may=LEADERS),
        transition("resume", _("go back to writing"), {COMMENTS, ADOPTED, PUBLISHED}, DRAFT, may=LEADERS),
        transition("adopt", _("record the adoption"), {DRAFT, COMMENTS}, ADOPTED, may=LEADERS),
        transition("publish", _("publish"), ADOPTED, PUBLISHED, may=LEADERS),
        transition("propose", _("propose an action sheet"), PUBLISHED, may=LEADERS),
        transition("withdraw_proposal", _("withdraw a proposal"), EVERY, may=LEADERS),
        transition("delete", _("delete the draft"), DRAFT, may=LEADERS),
    ),
    field="status",
)
