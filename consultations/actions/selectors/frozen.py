"""The structured part of a sheet as a version keeps it: JSON, in words that outlive what they name."""

from typing import Any

from django.db.models import Model

from consultations.actions.fields import FIELDS, MANY_FIELDS
from consultations.actions.merging import written
from consultations.actions.models import ActionSheet

LINES = {
    "step": "steps",
    "funding": "funding",
    "staff": "staff",
    "partner": "partners",
    "indicator": "indicators",
    "risk": "risk_list",
}
PLAIN = ("title", "number", "programme", "axis", "territory", "lead", "co_lead", "audiences")


def frozen_details(sheet: ActionSheet) -> dict[str, Any]:
    """Its fields, then its lines by kind; organisations and places by their names."""
    fields: dict[str, Any] = {name: _words(getattr(sheet, name)) for name in PLAIN}
    fields["places"] = sorted(place.name for place in sheet.places.all())
    fields["needs"] = sorted(need.code for need in sheet.needs.all())
    lines = {
        kind: [_line(row, FIELDS[kind]) for row in getattr(sheet, related).all()]
        for kind, related in LINES.items()
    }
    return {**fields, **lines}


def _line(row: Model, names: tuple[str, ...]) -> dict[str, str]:
    return {name: _words(getattr(row, name)) for name in names if name not in MANY_FIELDS}


def _words(value: Any) -> str:
    return str(value) if isinstance(value, Model) else written(value)
