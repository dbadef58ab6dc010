"""The records of the directory and what keeps them true."""

from directory.models.care import Capacity, Contact, Report
from directory.models.exchange import DirectoryImport, ImportedLine, SourceRecord
from directory.models.history import Change, LikelyPair, Merge
from directory.models.hours import WEEKDAYS, ClosedDays, OpeningHours
from directory.models.keeping import (
    Campaign,
    CampaignAsk,
    Claim,
    Experience,
    ExperienceAnswer,
    Proposal,
)
from directory.models.offer import REVIEW_MONTHS, Service, ServiceAtLocation
from directory.models.place import Location
from directory.models.record import OrganisationRecord, RecordIdentifier, Scheme, Source

__all__ = [
    "REVIEW_MONTHS",
    "WEEKDAYS",
    "Campaign",
    "CampaignAsk",
    "Capacity",
    "Change",
    "Claim",
    "ClosedDays",
    "Contact",
    "DirectoryImport",
    "Experience",
    "ExperienceAnswer",
    "ImportedLine",
    "LikelyPair",
    "Location",
    "Merge",
    "OpeningHours",
    "OrganisationRecord",
    "Proposal",
    "RecordIdentifier",
    "Report",
    "Scheme",
    "Service",
    "ServiceAtLocation",
    "Source",
    "SourceRecord",
]
