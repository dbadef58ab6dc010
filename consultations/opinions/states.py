"""The life of an opinion as data: who may do what, in which state, and what follows.

`who` is the set of parts a person has (`permissions.parts_of`). The body asked acknowledges and answers; it neither
writes, sends nor withdraws. What only the platform does (`may=nobody`) goes through `StateMachine.follow`.
"""

from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from consultations.opinions.models import Opinion
from core.states import StateMachine, any_of, transition


class Part(StrEnum):
    """What a person is to an opinion today; one may be several."""

    AUTHOR = "author"  # the member who proposed it
    MEMBER = "member"
    PRESIDENT = "president"  # or vice-president
    SECRETARY = "secretary"  # of the session, or employed; administrators
    ADDRESSEE = "addressee"  # those who speak for the body asked
    DIRECTOR = "director"  # of an establishment of the council


def nobody(who: Any, subject: Any) -> bool:
    """Done by the platform alone."""
    return False


S = Opinion.State
EVERY = tuple(S)
WAITING = Opinion.WAITING
KEEPERS = any_of(Part.PRESIDENT, Part.SECRETARY)
READERS = any_of(*Part)
ANSWERERS = any_of(Part.ADDRESSEE, Part.PRESIDENT, Part.SECRETARY)
WRITERS = any_of(Part.AUTHOR, Part.PRESIDENT, Part.SECRETARY)

LIFE = StateMachine(
    "opinion",
    dict(S.choices),
    (
        transition("read", _("read it"), EVERY, may=READERS),
        transition("edit", _("change its words"), S.PROPOSED, may=WRITERS),
        transition("edit", _("change its words"), (S.DEBATED, S.VOTED), may=KEEPERS),
        transition("debate", _("record that it was debated"), S.PROPOSED, S.DEBATED, may=KEEPERS),
        transition("vote", _("record the vote"), (S.PROPOSED, S.DEBATED), S.VOTED, may=KEEPERS),
        transition("reject", _("record that it was not adopted"), (S.PROPOSED, S.DEBATED), S.NOT_ADOPTED,
                   may=KEEPERS),
        transition("send", _("send it"), S.VOTED, S.SENT, may=KEEPERS, requires=["sent_to"]),
        transition("acknowledge", _("acknowledge it"), S.SENT, S.ACKNOWLEDGED, may=ANSWERERS),
        transition("study", _("say that it is under study"), (S.SENT, S.ACKNOWLEDGED, S.ANSWER_DUE),
                   S.UNDER_STUDY, may=ANSWERERS, requires=["text", "decide_by"]),
        transition("answer", _("answer it"), WAITING, S.ANSWERED, may=ANSWERERS, requires=["kind", "text"]),
        transition("answer", _("change the answer"), S.ANSWERED, S.ANSWERED, may=ANSWERERS,
                   requires=["kind", "text"]),
        transition("fall_due", _("note that the day has passed"), (S.SENT, S.ACKNOWLEDGED, S.UNDER_STUDY),
                   S.ANSWER_DUE, may=nobody),
        transition("relay", _("receive the answer given to the federation"), (S.VOTED, *WAITING, S.ANSWERED),
                   S.ANSWERED, may=nobody),
        transition("read_back", _("record that the answer was read to the council"),
                   (*WAITING, *Opinion.ENDED), may=KEEPERS),
        transition("carry_out", _("record that it is carried out"), S.ANSWERED, S.CARRIED_OUT, may=ANSWERERS,
                   requires=["text"]),
        transition("evaluate", _("say what it changed"), S.CARRIED_OUT, S.EVALUATED, may=KEEPERS,
                   requires=["text"]),
        transition("forward", _("pass it up to the federation"), (S.VOTED, *WAITING, S.ANSWERED), may=KEEPERS),
        transition("withdraw", _("withdraw it"), S.PROPOSED, S.WITHDRAWN, may=WRITERS, requires=["reason"]),
        transition("withdraw", _("withdraw it"), (S.DEBATED, S.VOTED, *WAITING), S.WITHDRAWN, may=KEEPERS,
                   requires=["reason"]),
        transition("print", _("print it"), (S.VOTED, *WAITING, *Opinion.ENDED), may=READERS),
    ),
)  # fmt: skip
