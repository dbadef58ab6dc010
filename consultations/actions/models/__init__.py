"""Action sheets: what is promised, by whom, when, with what, and what it changed."""

from consultations.actions.models.effects import (
    CRITERIA,
    BeforeAfter,
    EvaluationScore,
    Indicator,
    Measure,
    Risk,
)
from consultations.actions.models.groups import CooperationGroup
from consultations.actions.models.means import Funding, StaffTime
from consultations.actions.models.partners import Agreement, Partner
from consultations.actions.models.programme import Axis, Programme, ProgrammeDate
from consultations.actions.models.reminders import Reminder
from consultations.actions.models.sheet import ActionSheet, State, StateChange
from consultations.actions.models.steps import Step
from consultations.actions.models.updates import Update, UpdatePhoto, UpdateVersion

__all__ = [
    "CRITERIA",
    "ActionSheet",
    "Agreement",
    "Axis",
    "BeforeAfter",
    "CooperationGroup",
    "EvaluationScore",
    "Funding",
    "Indicator",
    "Measure",
    "Partner",
    "Programme",
    "ProgrammeDate",
    "Reminder",
    "Risk",
    "StaffTime",
    "State",
    "StateChange",
    "Step",
    "Update",
    "UpdatePhoto",
    "UpdateVersion",
]
