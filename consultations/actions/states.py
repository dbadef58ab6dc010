"""The life of an action sheet as data: who may do what, in which state, and the state that follows."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from consultations.actions.models import State
from core.states import StateMachine, any_of, transition

PROPOSED, WRITING, COMMENTS, ADOPTED, UNDER_WAY, SUSPENDED, DONE, ABANDONED, EVALUATED = State
EVERY = frozenset(State)
DRAFTS = frozenset({PROPOSED, WRITING, COMMENTS})
CARRIED = frozenset({ADOPTED, UNDER_WAY, SUSPENDED, DONE})


class Part(StrEnum):
    """What a person is to a sheet; one person may be several."""

    WRITER = "writer"
    STEWARD = "steward"
    OFFICIAL = "official"
    PARTNER = "partner"
    FUNDER = "funder"
    MEMBER = "member"
    READER = "reader"


INSIDE = any_of(Part.WRITER, Part.STEWARD, Part.OFFICIAL, Part.PARTNER, Part.FUNDER)
WRITERS = any_of(Part.WRITER, Part.STEWARD)
TELLERS = any_of(Part.WRITER, Part.STEWARD, Part.PARTNER)
STEWARDS = any_of(Part.STEWARD)
DECIDERS = any_of(Part.STEWARD, Part.OFFICIAL)
STOPPERS = any_of(Part.WRITER, Part.STEWARD, Part.OFFICIAL)
ACCOUNTS = any_of(Part.MEMBER)

LIFE = StateMachine(
    "action sheet",
    dict(State.choices),
    (
        transition("read_draft", _("read the whole sheet"), EVERY, may=INSIDE),
        transition("edit", _("write the sheet"), DRAFTS, may=WRITERS),
        transition("carry", _("follow the work"), CARRIED, may=WRITERS),
        transition("tell", _("write news"), EVERY - {ABANDONED}, may=TELLERS),
        transition("correct", _("correct or withdraw news"), EVERY, may=WRITERS),
        transition("comment", _("comment"), {PROPOSED, WRITING}, may=INSIDE),
        transition("comment", _("comment"), COMMENTS, may=ACCOUNTS),
        transition("suggest", _("suggest another wording"), {PROPOSED, WRITING}, may=INSIDE),
        transition("suggest", _("suggest another wording"), COMMENTS, may=ACCOUNTS),
        transition("decide", _("accept or refuse a suggestion"), DRAFTS, may=WRITERS),
        transition("name_version", _("keep a version"), EVERY, may=WRITERS),
        transition("assign", _("choose who leads"), EVERY - {ABANDONED, EVALUATED}, may=STEWARDS),
        transition("announce", _("announce"), {PROPOSED, WRITING}, may=WRITERS),
        transition("start", _("start writing"), PROPOSED, WRITING, may=WRITERS),
        transition("open_comments", _("open it to comments"), WRITING, COMMENTS, may=WRITERS),
        transition("resume", _("go back to writing"), COMMENTS, WRITING, may=WRITERS),
        transition("adopt", _("record the adoption"), COMMENTS, ADOPTED, may=DECIDERS, requires=["decision"]),
        transition("revise", _("write it again"), {ADOPTED, SUSPENDED}, WRITING, may=STEWARDS),
        transition("begin", _("start the work"), ADOPTED, UNDER_WAY, may=WRITERS),
        transition(
            "suspend", _("suspend"), {ADOPTED, UNDER_WAY}, SUSPENDED, may=STOPPERS, requires=["reason"]
        ),
        transition("take_again", _("take the work up again"), SUSPENDED, UNDER_WAY, may=WRITERS),
        transition("finish", _("say it is done"), UNDER_WAY, DONE, may=WRITERS),
        transition(
            "abandon",
            _("abandon"),
            EVERY - {DONE, ABANDONED, EVALUATED},
            ABANDONED,
            may=DECIDERS,
            requires=["reason"],
        ),
        transition("score", _("give marks"), {UNDER_WAY, DONE}, may=WRITERS),
        transition("evaluate", _("record the evaluation"), DONE, EVALUATED, may=WRITERS),
        transition("reopen", _("take the sheet up again"), ABANDONED, PROPOSED, may=STEWARDS),
        transition("reopen", _("take the sheet up again"), DONE, UNDER_WAY, may=STEWARDS),
        transition("reopen", _("take the sheet up again"), EVALUATED, DONE, may=STEWARDS),
        transition("delete", _("delete the draft"), PROPOSED, may=WRITERS),
    ),
)
