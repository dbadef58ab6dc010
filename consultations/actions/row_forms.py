"""Forms of the lines of a sheet, made from their models, with only the fields the state opens."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.db.models import DateField, DecimalField, ForeignKey, Model
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from consultations.actions.fields import FIELDS, kind_of
from consultations.actions.models import CRITERIA, Agreement, EvaluationScore, Step
from consultations.actions.money import EuroField, FigureField, in_euros
from consultations.actions.organisation_field import OrganisationField
from consultations.process.forms import DateInput
from organisations.models import Organisation

EUROS = frozenset({"sought", "secured", "spent"})
HINTS: dict[tuple[str, str], Any] = {
    ("step", "owner"): _("The name of an organisation. Or write who does it, below."),
    ("step", "depends_on"): _("Steps that must be done first."),
    ("step", "order"): _("The lowest number comes first."),
    ("funding", "funder"): _("The name of an organisation. Or write it below, when it is not in the list."),
    ("funding", "sought"): _("In euros, for example 12 500."),
    ("staff", "fte"): _("For example 0.5 for half a post."),
    ("indicator", "observed"): _("When the observatory already publishes this figure."),
    ("comparison", "why"): _("For example: not the same people, not the same question."),
}


class RowForm(forms.Form):
    """One line: a field per open column, and `base`, what its writer started from."""

    def __init__(self, data: Any, *, row: Any, allowed: set[str], base: str) -> None:
        kind = kind_of(row)
        names = [name for name in FIELDS[kind] if name in allowed]
        super().__init__(data, initial={**_initial(row, names), "base": base})
        for name in names:
            self.fields[name] = _field(row, kind, name)
        self.fields["base"] = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20_000)

    def values(self) -> dict[str, Any]:
        """What the service takes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "base"}


def _initial(row: Any, names: Sequence[str]) -> dict[str, Any]:
    if row.pk is None:
        return {"year": timezone.localdate().year} if "year" in names else {}
    return {
        name: [one.pk for one in row.depends_on.all()] if name == "depends_on" else getattr(row, name)
        for name in names
    }


def _field(row: Any, kind: str, name: str) -> forms.Field:
    column = row._meta.get_field(name)
    hint, label = HINTS.get((kind, name), ""), _capitalised(column.verbose_name)
    common: dict[str, Any] = {"label": label, "help_text": hint}
    if name in EUROS:
        return EuroField(**common)
    if name == "depends_on":
        return forms.ModelMultipleChoiceField(
            Step.objects.filter(sheet=row.sheet).exclude(pk=row.pk), required=False,
            widget=forms.CheckboxSelectMultiple, **common,
        )  # fmt: skip
    if isinstance(column, ForeignKey) and column.related_model is Organisation:
        return OrganisationField(required=not column.null, **common)
    if isinstance(column, DateField):
        return forms.DateField(required=not column.null, widget=DateInput, **common)
    if isinstance(column, DecimalField):
        digits = {"max_digits": column.max_digits, "decimal_places": column.decimal_places}
        return FigureField(required=not column.null, **digits, **common)
    field: Any = column.formfield(label=label, help_text=hint)
    if name == "agreement":
        field.queryset = Agreement.objects.order_by("object")
    if name == "order":
        field.required = False
        field.empty_value = 0
    return field


def _capitalised(words: Any) -> str:
    text = str(words)
    return text[:1].upper() + text[1:]


def in_words(subject: Model, name: str) -> str:
    """A stored value as a person reads it, to be compared with what they typed."""
    column = subject._meta.get_field(name)
    if column.many_to_many:
        return ", ".join(str(one) for one in getattr(subject, name).all()) or "–"
    value = getattr(subject, name)
    if value in (None, ""):
        return "–"
    if name in EUROS:
        return in_euros(value)
    if isinstance(column, DateField):
        return date_format(value, "j F Y")
    return str(getattr(subject, f"get_{name}_display")() if getattr(column, "choices", None) else value)


class ScoreForm(forms.Form):
    """A mark out of five and its words, for each criterion."""

    def __init__(self, data: Any, *, scores: Iterable[EvaluationScore]) -> None:
        known = {score.criterion: score for score in scores}
        super().__init__(data)
        for code, label in CRITERIA.choices:
            score = known.get(code)
            self.fields[f"{code}_mark"] = forms.TypedChoiceField(
                label=_capitalised(label), coerce=int, widget=forms.RadioSelect, initial=score.mark if score else None,
                choices=[(mark, f"{mark} / 5") for mark in range(6)],
            )  # fmt: skip
            self.fields[f"{code}_words"] = forms.CharField(
                label=_("Why this mark"), max_length=1000, widget=forms.Textarea({"rows": 2}),
                initial=score.words if score else "",
            )  # fmt: skip

    def marks(self) -> dict[str, tuple[int, str]]:
        """What the service takes."""
        return {
            code: (self.cleaned_data[f"{code}_mark"], self.cleaned_data[f"{code}_words"])
            for code in CRITERIA.values
        }
