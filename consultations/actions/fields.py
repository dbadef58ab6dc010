"""The kinds of lines of a sheet, their fields, and the verb of `states.LIFE` that opens each field."""

from typing import Any

from django.db.models import Model

from consultations.actions.models import (
    BeforeAfter,
    Funding,
    Indicator,
    Measure,
    Partner,
    Risk,
    StaffTime,
    Step,
)

KINDS: dict[str, type[Model]] = {
    "step": Step,
    "funding": Funding,
    "staff": StaffTime,
    "partner": Partner,
    "indicator": Indicator,
    "measure": Measure,
    "risk": Risk,
    "comparison": BeforeAfter,
}
FIELDS: dict[str, tuple[str, ...]] = {
    "step": ("title", "starts_on", "ends_on", "owner", "owner_words", "done_on", "depends_on", "order"),
    "funding": ("funder", "funder_words", "year", "sought", "secured", "spent"),
    "staff": ("year", "fte", "words"),
    "partner": ("organisation", "role", "agreement"),
    "indicator": (
        "title", "unit", "baseline", "baseline_on", "target", "target_on", "source", "observed",
    ),
    "measure": ("value", "on", "source"),
    "risk": ("title", "answer"),
    "comparison": (
        "before_survey", "after_survey", "question", "before", "after", "unit", "is_comparable", "why",
    ),
}  # fmt: skip
MANY_FIELDS = frozenset({"depends_on"})
# What is promised is written while the sheet is a draft; what happens is written while the work goes on.
OPENED_BY: dict[str, dict[str, tuple[str, ...]]] = {
    "step": {"edit": FIELDS["step"], "carry": ("done_on",)},
    "funding": {"edit": FIELDS["funding"], "carry": ("secured", "spent")},
    "staff": {"edit": FIELDS["staff"]},
    "partner": {"edit": FIELDS["partner"], "carry": ("agreement",)},
    "indicator": {"edit": FIELDS["indicator"]},
    "measure": {"edit": FIELDS["measure"], "carry": FIELDS["measure"]},
    "risk": {"edit": FIELDS["risk"]},
    "comparison": dict.fromkeys(("edit", "carry", "score"), FIELDS["comparison"]),
}


def kind_of(row: Any) -> str:
    """The kind of a line."""
    return next(kind for kind, model in KINDS.items() if isinstance(row, model))
