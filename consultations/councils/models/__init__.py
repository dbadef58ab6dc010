"""Councils and what gives them legal life: nothing here is deleted, it is closed."""

from consultations.councils.models.council import (
    DOCUMENT_FORMATS,
    Council,
    CouncilDocument,
    CouncilEstablishment,
    CouncilKind,
    FederationMembership,
)
from consultations.councils.models.mandates import EndReason, Mandate, Office, OfficeTerm, VacancyRecord
from consultations.councils.models.rules import BylawVersion
from consultations.councils.models.seats import (
    CONSTITUENCIES_OF_USERS,
    Constituency,
    FoundingAct,
    SeatAllocation,
)

__all__ = [
    "CONSTITUENCIES_OF_USERS",
    "DOCUMENT_FORMATS",
    "BylawVersion",
    "Constituency",
    "Council",
    "CouncilDocument",
    "CouncilEstablishment",
    "CouncilKind",
    "EndReason",
    "FederationMembership",
    "FoundingAct",
    "Mandate",
    "Office",
    "OfficeTerm",
    "SeatAllocation",
    "VacancyRecord",
]
