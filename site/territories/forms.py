"""A field where people write the name of their commune; it works without JavaScript.

    class HomeForm(forms.Form):
        commune = CommuneField(label=_("Where do you live?"))

The cleaned value is a `Territory`, or None when nothing was written and the field is not required.
A name that means several communes, or none exactly, comes back with the ones it may mean as choices.
The page should also draw `{{ form.media }}`, which brings the list that opens while one types.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.forms.widgets import Script
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from territories.models import Territory
from territories.names import search_key
from territories.selectors import TerritoryError, TerritoryMatch, resolve_code, search_territories

CANDIDATES = 8


class Written(NamedTuple):
    """What was posted: the words, and `level:code` of the choice made in the list."""

    text: str = ""
    choice: str = ""


class TerritoryWidget(forms.TextInput):
    """A text input, the choices it may mean once posted, and a list while typing where scripts run."""

    template_name = "territories/widgets/territory.html"

    class Media:
        js = [Script("territories/js/territory-picker.js", type="module")]

    def __init__(self, attrs: dict[str, Any] | None = None, *, levels: Sequence[str] = ()) -> None:
        super().__init__({"autocomplete": "off", "maxlength": "100", **(attrs or {})})
        self.levels = tuple(levels)
        self.candidates: list[TerritoryMatch] = []

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Written:
        return Written(str(data.get(name) or "")[:100].strip(), str(data.get(f"{name}_choice") or "")[:40])

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data and f"{name}_choice" not in data

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        written = value if isinstance(value, Written) else Written(str(value or ""))
        context = super().get_context(name, written.text or None, attrs)
        context["widget"] |= {
            "choice": written.choice,
            "candidates": [(choice_value(one.territory), one) for one in self.candidates],
            "search_url": reverse("territories:search"),
            "level": self.levels[0] if len(self.levels) == 1 else "",
        }
        return context


class TerritoryField(forms.Field):
    """A territory of one of `levels`, by its name or its code."""

    widget: type[TerritoryWidget] = TerritoryWidget
    levels: Sequence[str] = ()
    default_error_messages = {
        "required": _("Write the name of the place."),
        "unknown": _(
            "We do not know “%(text)s”. Check the spelling, or write the name of a bigger town nearby."
        ),
        "several": _("Several places may be “%(text)s”. Choose yours below."),
        "near": _("We are not sure about “%(text)s”. Choose yours below, or write the name again."),
    }

    def __init__(self, *, levels: Sequence[str] | None = None, **kwargs: Any) -> None:
        self.levels = tuple(levels) if levels is not None else tuple(self.levels)
        super().__init__(**kwargs)
        self.widget.levels = self.levels

    def prepare_value(self, value: Any) -> Any:
        """Territories and codes kept elsewhere are shown by their name."""
        if isinstance(value, str) and value and self.levels:
            try:
                value = resolve_code(value, level=self.levels[0])
            except TerritoryError:
                return Written(value)
        return Written(value.name, choice_value(value)) if isinstance(value, Territory) else value

    def to_python(self, value: Any) -> Territory | None:
        if isinstance(value, Territory):
            return value
        written = value if isinstance(value, Written) else Written(str(value or "").strip())
        self.widget.candidates = []
        if not written.text and not written.choice:
            return None
        return self._chosen(written) or self._find(written.text)

    def has_changed(self, initial: Any, data: Any) -> bool:
        before, after = self.prepare_value(initial) or Written(), data or Written()
        return (before.text, before.choice) != (after.text, after.choice or before.choice)

    def _chosen(self, written: Written) -> Territory | None:
        """The choice made in the list, unless the words were changed since."""
        level, _colon, code = written.choice.partition(":")
        if not code or (self.levels and level not in self.levels):
            return None
        try:
            territory = resolve_code(code, level=level)
        except TerritoryError:
            return None
        if not written.text or search_key(written.text) == search_key(territory.name):
            return territory
        return territory if any(one.territory == territory for one in self._search(written.text)) else None

    def _find(self, text: str) -> Territory:
        matches = self._search(text)
        exact = [one for one in matches if one.is_exact]
        if len(exact) == 1:
            return exact[0].territory
        self.widget.candidates = exact or matches
        reason = "several" if exact else "near" if matches else "unknown"
        raise ValidationError(self.error_messages[reason], code=reason, params={"text": text})

    def _search(self, text: str) -> list[TerritoryMatch]:
        return search_territories(text, levels=self.levels or None, limit=CANDIDATES)


class CommuneField(TerritoryField):
    """A commune of today, by its name, an old name, its INSEE code or, where known, its postal code."""

    levels = ("commune",)
    default_error_messages = {
        "required": _("Write the name of the commune."),
        "several": _("Several communes may be “%(text)s”. Choose yours below."),
    }


def choice_value(territory: Territory) -> str:
    """`level:code`, which names one territory of today."""
    return f"{territory.level_id}:{territory.code}"
