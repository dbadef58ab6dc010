"""Hours line by line, days of closing, public holidays."""

import datetime
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.widgets import DateInput
from directory.codes import Holidays
from directory.models import WEEKDAYS
from directory.models.base import LINE, validate_plain_text
from directory.models.hours import NTHS


class OpeningForm(forms.Form):
    """One line of hours; what is rare is folded away unless it is said."""

    MAIN, MORE = ("weekday", "opens", "closes"), ("next_day", "nth", "valid_from", "valid_to", "note")

    weekday = forms.TypedChoiceField(
        label=gettext_lazy("Day"), choices=[("", "—"), *WEEKDAYS], coerce=int, required=False
    )
    opens = forms.TimeField(
        label=gettext_lazy("Opens"), required=False, widget=forms.TimeInput({"type": "time"}, format="%H:%M")
    )
    closes = forms.TimeField(
        label=gettext_lazy("Closes"), required=False, widget=forms.TimeInput({"type": "time"}, format="%H:%M")
    )
    nth = forms.TypedChoiceField(
        label=gettext_lazy("How often"),
        choices=[("", gettext_lazy("every week")), *NTHS],
        coerce=int,
        required=False,
        empty_value=None,
    )
    next_day = forms.BooleanField(label=gettext_lazy("Ends the next day"), required=False)
    valid_from = forms.DateField(label=gettext_lazy("From"), required=False, widget=DateInput)
    valid_to = forms.DateField(label=gettext_lazy("To (included)"), required=False, widget=DateInput)
    note = forms.CharField(
        label=gettext_lazy("Note"), max_length=LINE, required=False, validators=[validate_plain_text]
    )

    @property
    def is_filled(self) -> bool:
        data = self.cleaned_data
        return data.get("opens") is not None or data.get("closes") is not None

    @property
    def main_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.MAIN]

    @property
    def more_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.MORE]

    @property
    def has_more(self) -> bool:
        """True when something of the folded part is said or wrong."""
        return bool(self.errors) or any(self[name].value() for name in self.MORE)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        opens, closes = data.get("opens"), data.get("closes")
        if self.errors or (opens is None and closes is None):
            return data
        for name, message in (
            ("weekday", _("Choose the day.")),
            ("opens", _("Write when it opens.")),
            ("closes", _("Write when it closes.")),
        ):
            if data.get(name) in (None, ""):
                self.add_error(name, message)
        if opens is not None and closes is not None:
            self._check_order(opens, closes, says_next_day=bool(data.get("next_day")))
        if data.get("valid_from") and data.get("valid_to") and data["valid_to"] < data["valid_from"]:
            self.add_error("valid_to", _("The last day must not come before the first."))
        return data

    def _check_order(self, opens: datetime.time, closes: datetime.time, *, says_next_day: bool) -> None:
        """Crossing midnight is said, never guessed from a slip of the finger."""
        if closes <= opens and not says_next_day:
            self.add_error(
                "closes", _("It closes before it opens: correct it, or tick “Ends the next day” if it is so.")
            )
        if closes > opens and says_next_day:
            self.add_error("next_day", _("It would be open more than a day: leave this unticked."))


class ClosingForm(forms.Form):
    """Days of closing."""

    starts_on = forms.DateField(label=gettext_lazy("First day closed"), widget=DateInput, required=False)
    ends_on = forms.DateField(label=gettext_lazy("Last day closed"), widget=DateInput, required=False)
    reason = forms.CharField(
        label=gettext_lazy("Why"), max_length=LINE, required=False, validators=[validate_plain_text]
    )

    @property
    def is_filled(self) -> bool:
        return bool(self.cleaned_data.get("starts_on"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("ends_on") and not data.get("starts_on"):
            self.add_error("starts_on", _("Write the first day too."))
        if data.get("reason") and not data.get("starts_on") and not self.initial:
            self.add_error("starts_on", _("Write the first day too."))
        if data.get("starts_on") and not data.get("ends_on") and "ends_on" not in self.errors:
            data["ends_on"] = data["starts_on"]
        if data.get("starts_on") and data.get("ends_on") and data["ends_on"] < data["starts_on"]:
            self.add_error("ends_on", _("The last day must not come before the first."))
        return data


class HolidaysForm(forms.Form):
    holidays = forms.ChoiceField(label=gettext_lazy("Public holidays"), choices=Holidays.choices)


OpeningFormSet: type[BaseFormSet[OpeningForm]] = formset_factory(
    OpeningForm, extra=3, max_num=60, absolute_max=61
)
ClosingFormSet: type[BaseFormSet[ClosingForm]] = formset_factory(
    ClosingForm, extra=2, max_num=40, absolute_max=41
)
