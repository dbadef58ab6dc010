"""Meetings of councils: what was called, who came, what was decided, what was written of it. Nothing is deleted."""

from consultations.meetings.models.attendance import Attendance, Proxy
from consultations.meetings.models.convening import Convening, ConveningProof
from consultations.meetings.models.decision import Ballot, Decision, HasVoted, SpeechRequest
from consultations.meetings.models.demand import DemandSignature, MeetingDemand
from consultations.meetings.models.meeting import AgendaDocument, AgendaItem, Meeting
from consultations.meetings.models.minutes import Minutes, MinutesAmendment, MinutesLine, MinutesVersion

__all__ = [
    "AgendaDocument",
    "AgendaItem",
    "Attendance",
    "Ballot",
    "Convening",
    "ConveningProof",
    "Decision",
    "DemandSignature",
    "HasVoted",
    "Meeting",
    "MeetingDemand",
    "Minutes",
    "MinutesAmendment",
    "MinutesLine",
    "MinutesVersion",
    "Proxy",
    "SpeechRequest",
]
