"""Reading, checking and wording the values of bylaws."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.councils.models import Council
from consultations.councils.rules.catalogue import BYLAW_RULES, BylawRule, Form


def check_values(council: Council, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values that differ from the council's defaults; refuses, by key, what is unknown or out of bounds."""
    errors: dict[str, str] = {}
    kept: dict[str, Any] = {}
    for key, value in values.items():
        rule = BYLAW_RULES.get(key)
        if rule is None:
            errors[key] = _("This rule does not exist.")
            continue
        problem = _problem(rule, value, council)
        if problem:
            errors[key] = problem
        elif value != rule.default_for(council):
            kept[key] = value
    _check_together(council, values, errors)
    if errors:
        raise ValidationError(errors)
    return kept


def _problem(rule: BylawRule, value: Any, council: Council) -> str:
    """Why the value is refused; empty when it is fine."""
    if rule.form is Form.YES_NO:
        return "" if isinstance(value, bool) else _("Answer yes or no.")
    if rule.form is Form.CHOICE:
        return "" if value in dict(rule.choices) else _("Choose one of the answers offered.")
    wanted = (int, float) if rule.form is Form.SHARE else (int,)
    if isinstance(value, bool) or not isinstance(value, wanted):
        return _("Give a number.")
    low, high = rule.bounds_for(council)
    if low is not None and value < low:
        return _("At least %(value)s (%(source)s)") % {
            "value": value_in_words(rule, low),
            "source": rule.source_for(council),
        }
    if high is not None and value > high:
        return _("At most %(value)s (%(source)s)") % {
            "value": value_in_words(rule, high),
            "source": rule.source_for(council),
        }
    return ""


def _check_together(council: Council, values: Mapping[str, Any], errors: dict[str, str]) -> None:
    def value(key: str) -> Any:
        return values.get(key, BYLAW_RULES[key].default_for(council))

    if not {"term_months", "max_term_months"} & set(errors) and value("term_months") > value(
        "max_term_months"
    ):
        errors["term_months"] = _("A mandate may not last longer than the longest mandate.")


def value_in_words(rule: BylawRule, value: Any) -> str:
    """The value as the page says it: “15 days”, “50 %”, “yes”."""
    if rule.form is Form.YES_NO:
        return _("yes") if value else _("no")
    if rule.form is Form.CHOICE:
        return str(dict(rule.choices).get(value, value))
    if rule.form is Form.SHARE:
        return share_in_words(float(value))
    count = int(value)
    words = {
        Form.DAYS: ngettext("%(count)s day", "%(count)s days", count),
        Form.MONTHS: ngettext("%(count)s month", "%(count)s months", count),
        Form.YEARS: ngettext("%(count)s year", "%(count)s years", count),
    }
    return words.get(rule.form, "%(count)s") % {"count": count}


def share_in_words(share: float) -> str:
    """“half”, “two thirds”, or a percentage."""
    for known, words in ((0.5, _("half")), (2 / 3, _("two thirds")), (1 / 3, _("one third"))):
        if abs(share - known) < 0.001:
            return words
    return _("%(share)s %%") % {"share": number_format(round(share * 100, 1))}
