"""What a workshop is made of; import from here, whichever module holds it."""

from consultations.workshops.models.board import (
    BoardOperation,
    Card,
    Group,
    Rank,
    Reaction,
    Signal,
    Vote,
)
from consultations.workshops.models.people import AccessNeed, Invitation, Registration
from consultations.workshops.models.scenario import ScenarioTemplate, Stage
from consultations.workshops.models.workshop import College, Document, Workshop

__all__ = [
    "AccessNeed",
    "BoardOperation",
    "Card",
    "College",
    "Document",
    "Group",
    "Invitation",
    "Rank",
    "Reaction",
    "Registration",
    "ScenarioTemplate",
    "Signal",
    "Stage",
    "Vote",
    "Workshop",
]
