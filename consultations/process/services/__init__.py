"""Writes of consultations: one door, one transaction, audited."""

from consultations.process.services.consultations import (
    close_consultation,
    create_consultation,
    duplicate_consultation,
    publish_consultation,
    reasons_to_wait,
    update_consultation,
)
from consultations.process.services.stages import set_stage

__all__ = [
    "close_consultation",
    "create_consultation",
    "duplicate_consultation",
    "publish_consultation",
    "reasons_to_wait",
    "set_stage",
    "update_consultation",
]
