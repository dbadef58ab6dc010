"""The records of the directory and what keeps them true."""

from directory.models.care import Capacity, Contact, Report
from directory.models.exchange import DirectoryImport, ImportedLine, SourceRecord
from directory.models.history import Change, Merge
from directory.models.hours import WEEKDAYS, ClosedDays, OpeningHours
from directory.models.offer import REVIEW_MONTHS, Service, ServiceAtLocation
from directory.models.place import Location
from directory.models.record import OrganisationRecord, RecordIdentifier, Scheme, Source

__all__ = [
    "REVIEW_MONTHS",
    "WEEKDAYS",
    "Capacity",
    "Change",
    "ClosedDays",
    "Contact",
    "DirectoryImport",
    "ImportedLine",
    "Location",
    "Merge",
    "OpeningHours",
    "OrganisationRecord",
    "RecordIdentifier",
    "Report",
    "Scheme",
    "Service",
    "ServiceAtLocation",
    "Source",
    "SourceRecord",
]
