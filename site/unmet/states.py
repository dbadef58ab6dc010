"""The life of a signal as data. `who` is the set of parts a person has in it (`permissions.parts_of`)."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from core.states import StateMachine, any_of, transition
from unmet.models import Signal


class Part(StrEnum):
    """What somebody is to a signal."""

    READER = "reader"
    ANSWERER = "answerer"


S = Signal.State
ANSWERERS = any_of(Part.ANSWERER)
LIFE = StateMachine(
    "signal",
    dict(S.choices),
    (
        transition("read", _("read it"), tuple(S), may=any_of(Part.READER, Part.ANSWERER)),
        transition("answer", _("say what will be done"), (S.OPEN, S.ANSWERED), S.ANSWERED, may=ANSWERERS,
                   requires=["text", "by"]),
        transition("act", _("say what was done"), (S.OPEN, S.ANSWERED), S.ACTED, may=ANSWERERS,
                   requires=["text", "by"]),
        transition("close", _("say why nothing is done"), (S.OPEN, S.ANSWERED), S.CLOSED, may=ANSWERERS,
                   requires=["text"]),
        transition("reopen", _("open it again"), (S.ANSWERED, S.ACTED, S.CLOSED), S.OPEN, may=ANSWERERS,
                   requires=["text"]),
    ),
)  # fmt: skip
VERBS = ("answer", "act", "close", "reopen")
