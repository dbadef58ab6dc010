"""One field for each rule of the bylaws, drawn from the catalogue."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.councils.rules.catalogue import RULES, BylawRule, Form
from consultations.councils.selectors import Bylaws, BylawValue
from consultations.process.forms import DateInput

YES, NO = "yes", "no"


class BylawsForm(forms.Form):
    """Every rule at its value in force, from which day it changes, and why."""

    valid_from = forms.DateField(label=_("These rules apply from"), widget=DateInput)
    adopted_on = forms.DateField(label=_("Adopted by the council on"), widget=DateInput, required=False)
    reason = forms.CharField(
        label=_("Why they change"), max_length=300, help_text=_("For example: first meeting, vote of item 3.")
    )

    def __init__(self, *args: Any, rules: Bylaws, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rules = rules
        for rule in RULES:
            line = rules[rule.key]
            self.fields[rule.key] = field_of(rule)
            self.initial.setdefault(rule.key, shown(rule, line.value))

    @property
    def lines(self) -> list[tuple[BylawValue, forms.BoundField]]:
        """Each rule with its box."""
        return [(self.rules[rule.key], self[rule.key]) for rule in RULES]

    @property
    def version_fields(self) -> list[forms.BoundField]:
        return [self["valid_from"], self["adopted_on"], self["reason"]]

    def values(self) -> dict[str, Any]:
        """What the service takes."""
        return {rule.key: stored(rule, self.cleaned_data[rule.key]) for rule in RULES}


def field_of(rule: BylawRule) -> forms.Field:
    """The box that fits the form of the rule; bounds are the service's, which can say their source."""
    if rule.form is Form.YES_NO:
        return forms.ChoiceField(
            label=rule.label, choices=[(YES, _("yes")), (NO, _("no"))], help_text=rule.help
        )
    if rule.form is Form.CHOICE:
        return forms.ChoiceField(label=rule.label, choices=rule.choices, help_text=rule.help)
    units = {
        Form.DAYS: _("In days."),
        Form.MONTHS: _("In months."),
        Form.YEARS: _("In years."),
        Form.SHARE: _("In hundredths: 50 is half."),
    }
    words: Any = rule.help or units.get(rule.form, "")
    kind = forms.FloatField if rule.form is Form.SHARE else forms.IntegerField
    return kind(label=rule.label, help_text=words)


def shown(rule: BylawRule, value: Any) -> Any:
    """The value as the box holds it."""
    if rule.form is Form.YES_NO:
        return YES if value else NO
    return round(float(value) * 100, 2) if rule.form is Form.SHARE else value


def stored(rule: BylawRule, given: Any) -> Any:
    """The value as the service takes it; a share that was not touched stays exactly what it was."""
    if rule.form is Form.YES_NO:
        return given == YES
    return round(float(given) / 100, 4) if rule.form is Form.SHARE else given
