"""The records of the directory and what keeps them true."""

from directory.models.care import Capacity, Contact, Report
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
]
