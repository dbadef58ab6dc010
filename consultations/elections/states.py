"""The life of an election as data: who may do what, in which state, and what follows.

`who` is the set of parts a person has in the election (`permissions.parts_of`); the tick opens and closes by itself.
Nothing that has been voted on is deleted: it is contested or cancelled, with its reason.
"""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from consultations.elections.models import Election
from core.states import StateMachine, any_of, transition


class Part(StrEnum):
    """What a person is to an election today; one may be several."""

    CLERK = "clerk"
    SCRUTINEER = "scrutineer"
    MEMBER = "member"


S = Election.State
CLERKS = any_of(Part.CLERK)
SCRUTINEERS = any_of(Part.SCRUTINEER)
READERS = any_of(*Part)
PREPARING = (S.DRAFT, S.CANDIDACIES)

LIFE = StateMachine(
    "election",
    dict(S.choices),
    (
        transition("read", _("read it"), tuple(S), may=READERS),
        transition("edit", _("change it"), S.DRAFT, may=CLERKS),
        transition("enrol", _("write the roll"), PREPARING, may=CLERKS),
        transition("call", _("call for candidates"), S.DRAFT, S.CANDIDACIES, may=CLERKS),
        transition("stand", _("record a candidate"), S.CANDIDACIES, may=CLERKS),
        transition("freeze", _("make the roll and the candidates final"), S.CANDIDACIES, S.ROLL_FROZEN,
                   may=CLERKS),
        transition("issue_codes", _("print the letters with the codes"), S.ROLL_FROZEN, may=CLERKS),
        transition("replace_code", _("replace a lost code"), (S.ROLL_FROZEN, S.OPEN), may=CLERKS),
        transition("open", _("open the vote"), S.ROLL_FROZEN, S.OPEN, may=CLERKS),
        transition("mark_paper", _("mark who votes on paper"), S.OPEN, may=CLERKS),
        transition("close", _("close the vote"), S.OPEN, S.CLOSED, may=CLERKS),
        transition("enter_paper", _("enter the paper ballots"), S.CLOSED, may=SCRUTINEERS),
        transition("count", _("count the ballots"), S.CLOSED, S.COUNTED, may=CLERKS),
        transition("draw_lots", _("record the lots drawn"), S.COUNTED, may=CLERKS),
        transition("export", _("take the ballots as a file"), (S.COUNTED, S.CONTESTED, S.OFFICIAL), may=READERS),
        transition("contest", _("record that it is contested"), (S.COUNTED, S.OFFICIAL), S.CONTESTED,
                   may=CLERKS, requires=["reason"]),
        transition("uphold", _("keep the result"), S.CONTESTED, S.COUNTED, may=CLERKS, requires=["reason"]),
        transition("make_official", _("make the result official"), S.COUNTED, S.OFFICIAL, may=CLERKS),
        transition("cancel", _("cancel it"), (*PREPARING, S.ROLL_FROZEN, S.CONTESTED), S.CANCELLED,
                   may=CLERKS, requires=["reason"]),
    ),
)  # fmt: skip
