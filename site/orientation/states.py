"""The life of a request sent to a service, and of a coordination, as data.

`who` is the set of parts a person has in it (`permissions.parts_of`). The link sent to a service gives the part of the
service, the receipt code the part of the person; the tick follows lines by itself.
"""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from core.states import StateMachine, any_of, transition
from orientation.models import Coordination, Sending


class Part(StrEnum):
    """What somebody is to a request; one may be several."""

    SERVICE = "service"
    PERSON = "person"
    COUNTER = "counter"
    COORDINATOR = "coordinator"
    PLATFORM = "platform"


S = Sending.State
SERVICE = any_of(Part.SERVICE)
ASKERS = any_of(Part.PERSON, Part.COUNTER)
PLATFORM = any_of(Part.PLATFORM)
READERS = any_of(Part.SERVICE, Part.PERSON, Part.COUNTER, Part.COORDINATOR)
FOLLOWERS = any_of(Part.PERSON, Part.COUNTER, Part.COORDINATOR)
OPENED = (S.SENT, S.SEEN, S.STUDYING)

LIFE = StateMachine(
    "sending",
    dict(S.choices),
    (
        transition("read", _("read it"), tuple(one for one in S if one != S.WITHDRAWN), may=READERS),
        transition("read", _("read it"), S.WITHDRAWN, may=FOLLOWERS),
        transition("open", _("open the request"), S.SENT, S.SEEN, may=SERVICE),
        transition("study", _("take it under study"), (S.SENT, S.SEEN), S.STUDYING, may=SERVICE),
        transition("accept", _("accept"), OPENED, S.ACCEPTED, may=SERVICE),
        transition("refuse", _("refuse"), OPENED, S.REFUSED, may=SERVICE, requires=["refusal"]),
        transition("fill", _("say that there is no place left"), OPENED, S.FULL, may=SERVICE),
        transition("withdraw", _("withdraw"), (*OPENED, S.ACCEPTED), S.WITHDRAWN, may=ASKERS),
        transition("remind", _("remind the service"), (S.SENT, S.SEEN), may=PLATFORM),
        transition("expire", _("end it without an answer"), OPENED, S.EXPIRED, may=PLATFORM),
        transition("close", _("end it because the service has closed"), OPENED, S.CLOSED, may=PLATFORM),
    ),
)  # fmt: skip

C = Coordination.State
LEADERS = any_of(Part.COORDINATOR)
COORDINATION = StateMachine(
    "coordination",
    dict(C.choices),
    (
        transition("read", _("read it"), tuple(C), may=any_of(Part.COORDINATOR, Part.COUNTER, Part.PERSON)),
        transition("name", _("name the coordinator"), (C.ASKED, C.NAMED), C.NAMED, may=LEADERS,
                   requires=["coordinator"]),
        transition("finish", _("finish"), C.NAMED, C.DONE, may=LEADERS, requires=["outcome"]),
        transition("stop", _("stop"), (C.ASKED, C.NAMED), C.STOPPED,
                   may=any_of(Part.COORDINATOR, Part.PERSON, Part.COUNTER)),
    ),
)  # fmt: skip

ANSWERS = {"study": S.STUDYING, "accept": S.ACCEPTED, "refuse": S.REFUSED, "fill": S.FULL}
"""What a service may answer, and the state that follows."""
