"""Widgets that Django lacks."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class DateParts(forms.MultiWidget):
    """A date as three labelled boxes: easier to type than a calendar for a day long past."""

    template_name = "core/widgets/date_parts.html"
    use_fieldset = True
    parts = (("day", _("Day"), 2), ("month", _("Month"), 2), ("year", _("Year"), 4))

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        boxes: dict[str, forms.Widget | type[forms.Widget]] = {
            name: forms.TextInput(
                {"inputmode": "numeric", "maxlength": size, "size": size, "autocomplete": "off"}
            )
            for name, _label, size in self.parts
        }
        super().__init__(boxes, attrs)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        for box, (_name, label, _size) in zip(context["widget"]["subwidgets"], self.parts, strict=True):
            box["label"] = label
        return context

    def decompress(self, value: Any) -> list[str]:
        if isinstance(value, str):  # typed, perhaps no date at all: given back box by box
            year, month, day = [*value.split("-"), "", ""][:3]
            return [day, month, year]
        return [str(value.day), str(value.month), str(value.year)] if value else ["", "", ""]

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> str:  # type: ignore[override]
        """An ISO date; what is not one is given as typed, for the field to refuse."""
        day, month, year = (part or "" for part in super().value_from_datadict(data, files, name))
        if not any((day, month, year)):
            return ""
        return f"{year}-{month.zfill(2)}-{day.zfill(2)}"


class DateInput(forms.DateInput):
    """The browser's own date field, in the one format it understands."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")
