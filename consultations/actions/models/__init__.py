"""Action sheets: what is promised, by whom, when, with what, and what it changed."""

from consultations.actions.models.effects import (
    CRITERIA,
    BeforeAfter,
    EvaluationScore,
    Indicator,
    Measure,
    Risk,
)
from consultations.actions.models.means import Funding, StaffTime
from consultations.actions.models.partners import Agreement, Partner
from consultations.actions.models.programme import Axis, Programme, ProgrammeDate
from consultations.actions.models.sheet import ActionSheet, State, StateChange
from consultations.actions.models.steps import Step

__all__ = [
    "CRITERIA",
    "ActionSheet",
    "Agreement",
    "Axis",
    "BeforeAfter",
    "EvaluationScore",
    "Funding",
    "Indicator",
    "Measure",
    "Partner",
    "Programme",
    "ProgrammeDate",
    "Risk",
    "StaffTime",
    "State",
    "StateChange",
    "Step",
]
