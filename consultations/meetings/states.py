"""The life of a meeting and of an agenda item as data: who may do what, in which state, and what follows.

`who` is the set of parts a person has in the meeting (`permissions.parts_of`). Nothing here deletes: a meeting is
cancelled, an item is refused or carried, minutes are corrected by another version.
"""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from consultations.meetings.models import AgendaItem, Meeting, MeetingDemand
from core.states import StateMachine, any_of, transition


class Part(StrEnum):
    """What a person is to a meeting today; one may be several."""

    PRESIDENT = "president"
    SECRETARY = "secretary"
    CLERK = "clerk"
    MEMBER = "member"
    ATTENDEE = "attendee"


S = Meeting.State
EVERY = tuple(S)
COMING = (S.DRAFT, S.CONVENED)
LIVE = (S.OPEN, S.SUSPENDED)
AFTER = (S.CLOSED, S.MINUTES_DRAFT, S.MINUTES_SIGNED, S.MINUTES_ADOPTED)
PRESIDENTS = any_of(Part.PRESIDENT)
CONVENERS = any_of(Part.PRESIDENT, Part.CLERK)
KEEPERS = any_of(Part.PRESIDENT, Part.SECRETARY, Part.CLERK)
MEMBERS = any_of(Part.PRESIDENT, Part.MEMBER, Part.CLERK)
MEMBERS_OR_KEEPERS = any_of(Part.PRESIDENT, Part.SECRETARY, Part.CLERK, Part.MEMBER)
READERS = any_of(*Part)
WITNESSES = any_of(Part.ATTENDEE)

LIFE = StateMachine(
    "meeting",
    dict(S.choices),
    (
        transition("read", _("read it"), EVERY, may=READERS),
        transition("edit", _("change the day, the place, the texts"), COMING, may=KEEPERS),
        transition("propose", _("propose an item"), COMING, may=MEMBERS),
        transition("arrange", _("build the agenda"), COMING, may=KEEPERS),
        transition("convene", _("send the notice"), S.DRAFT, S.CONVENED, may=CONVENERS),
        transition("convene", _("send the notice again"), S.CONVENED, S.CONVENED, may=CONVENERS),
        transition("prove", _("record how a notice was sent"), (S.CONVENED, *LIVE), may=KEEPERS),
        transition("cancel", _("cancel it"), COMING, S.CANCELLED, may=CONVENERS, requires=["reason"]),
        transition("open_doors", _("open the doors"), S.CONVENED, may=KEEPERS),
        transition("attend", _("record who is there"), (S.CONVENED, *LIVE), may=KEEPERS),
        transition("project", _("show it on the big screen"), (S.CONVENED, *LIVE, S.CLOSED), may=MEMBERS_OR_KEEPERS),
        transition("open", _("open the meeting"), S.CONVENED, S.OPEN, may=KEEPERS),
        transition("lead", _("lead the meeting"), S.OPEN, may=KEEPERS),
        transition("suspend", _("suspend it"), S.OPEN, S.SUSPENDED, may=KEEPERS),
        transition("resume", _("resume it"), S.SUSPENDED, S.OPEN, may=KEEPERS),
        transition("close", _("close the meeting"), LIVE, S.CLOSED, may=KEEPERS),
        transition("write", _("write the minutes"), (*LIVE, S.CLOSED, S.MINUTES_DRAFT), may=KEEPERS),
        transition("share_minutes", _("show the draft minutes to those who came"), S.CLOSED, S.MINUTES_DRAFT,
                   may=KEEPERS),
        transition("amend", _("ask for a correction"), S.MINUTES_DRAFT, may=WITNESSES),
        transition("answer_amendment", _("answer a correction"), S.MINUTES_DRAFT, may=KEEPERS),
        transition("sign", _("sign the minutes"), S.MINUTES_DRAFT, S.MINUTES_SIGNED, may=PRESIDENTS),
        transition("attach_signed", _("attach the minutes signed on paper"), S.MINUTES_DRAFT, S.MINUTES_SIGNED,
                   may=KEEPERS, requires=["scan"]),
        transition("correct", _("correct signed minutes"), S.MINUTES_SIGNED, S.MINUTES_DRAFT, may=CONVENERS,
                   requires=["reason"]),
        transition("adopt", _("record the adoption of the minutes"), S.MINUTES_SIGNED, S.MINUTES_ADOPTED,
                   may=KEEPERS),
        transition("pass_on", _("record that the minutes were passed on"), (S.MINUTES_SIGNED, S.MINUTES_ADOPTED),
                   may=KEEPERS),
        transition("write_easy", _("write the easy-read version"), AFTER, may=KEEPERS),
        transition("redact", _("prepare what is made public"), S.MINUTES_ADOPTED, may=KEEPERS),
        transition("publish", _("publish the minutes"), S.MINUTES_ADOPTED, may=CONVENERS),
        transition("reconvene", _("call the second meeting"), AFTER, may=KEEPERS),
    ),
)  # fmt: skip

T = AgendaItem.State
ITEM_LIFE = StateMachine(
    "agenda_item",
    dict(T.choices),
    (
        transition("accept", _("put it on the agenda"), (T.PROPOSED, T.REFUSED), T.ACCEPTED, may=KEEPERS),
        transition("refuse", _("not keep it"), (T.PROPOSED, T.ACCEPTED), T.REFUSED, may=KEEPERS,
                   requires=["reason"]),
        transition("finish", _("mark it as treated"), T.ACCEPTED, T.DONE, may=KEEPERS),
        transition("take_up", _("take it up again"), T.DONE, T.ACCEPTED, may=KEEPERS),
        transition("carry", _("carry it to a later meeting"), (T.ACCEPTED, T.DONE), T.CARRIED, may=KEEPERS,
                   requires=["reason"]),
    ),
)  # fmt: skip

D = MeetingDemand.State
DEMAND_LIFE = StateMachine(
    "meeting_demand",
    dict(D.choices),
    (
        transition("sign", _("sign it"), D.OPEN),
        transition("unsign", _("take one's signature back"), D.OPEN),
        transition("reach", _("owe the meeting"), D.OPEN, D.REACHED),
        transition("withdraw", _("withdraw it"), D.OPEN, D.WITHDRAWN),
    ),
)
