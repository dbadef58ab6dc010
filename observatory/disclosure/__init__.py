"""Disclosure control: what may be published about how many people. Pure Python, imports nothing of ours."""

from observatory.disclosure.control import Earlier, LevelDecision, Protection, Reason, Status, protect
from observatory.disclosure.rules import INTERNAL, OPEN, PUBLIC, SERVICES, Rule
from observatory.disclosure.tables import TOTAL, Area, Counts, Group, Key, Quantity, Table

__all__ = [
    "INTERNAL",
    "OPEN",
    "PUBLIC",
    "SERVICES",
    "TOTAL",
    "Area",
    "Counts",
    "Earlier",
    "Group",
    "Key",
    "LevelDecision",
    "Protection",
    "Quantity",
    "Reason",
    "Rule",
    "Status",
    "Table",
    "protect",
]
