"""When a question is shown: rows about earlier questions, or the expression itself."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.process.forms import DateInput
from consultations.surveys.expressions import ExpressionError, parse
from consultations.surveys.structure import Question, QuestionType
from consultations.surveys.workspace import conditions
from consultations.surveys.workspace.conditions import NUMERIC, WITHOUT_VALUE, Row, Rows


class RowForm(forms.Form):
    """One condition about one earlier question."""

    code = forms.CharField(widget=forms.HiddenInput)
    operator = forms.ChoiceField(label=_("Condition"))

    def __init__(self, *args: Any, question: Question, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.question = question
        self.fields["operator"].choices = conditions.operator_labels(question.type)  # type: ignore[attr-defined]
        field = _value_field(question)
        if field:
            self.fields["values"] = field

    def clean(self) -> dict[str, Any]:
        """An operator that compares needs something to compare with."""
        cleaned: dict[str, Any] = super().clean() or {}
        given = cleaned.get("values")
        if (
            cleaned.get("operator") not in WITHOUT_VALUE
            and given in (None, "", [])
            and "values" in self.fields
        ):
            self.add_error("values", _("Give a value, or remove this condition."))
        return cleaned

    @property
    def row(self) -> Row:
        given = self.cleaned_data.get("values") or []
        values = tuple(given) if isinstance(given, list) else (_plain(given),)
        if self.cleaned_data["operator"] in WITHOUT_VALUE:
            values = ()
        return Row(self.question.code, self.cleaned_data["operator"], values)


def _plain(value: Any) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _value_field(question: Question) -> forms.Field | None:
    if question.choices:
        offered = [(choice.code, choice.label.say() or choice.code) for choice in question.choices]
        return forms.MultipleChoiceField(
            label=_("Answers"), choices=offered, required=False, widget=forms.CheckboxSelectMultiple
        )
    if question.type in NUMERIC:
        return forms.FloatField(label=_("Value"), required=False)
    if question.type == QuestionType.DATE:
        return forms.DateField(label=_("Day"), required=False, widget=DateInput)
    return None


class ConditionForm(forms.Form):
    """How rows are joined, the question of the next row, and the expression for whoever prefers it."""

    join = forms.ChoiceField(
        label=_("The question is shown when"), widget=forms.RadioSelect, initial=conditions.ALL,
        choices=[(conditions.ALL, _("all conditions are met")), (conditions.ANY, _("at least one is met"))],
    )  # fmt: skip
    about = forms.ChoiceField(label=_("Add a condition about"), required=False)
    expression = forms.CharField(
        label=_("The condition as an expression"), max_length=1000, required=False,
        widget=forms.Textarea({"rows": 2, "spellcheck": "false"}),
    )  # fmt: skip
    base = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def __init__(self, *args: Any, earlier: Iterable[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(q.code, f"{n}. {q.label.say() or q.code}"[:100]) for n, q in enumerate(earlier, start=1)]
        self.fields["about"].choices = [("", _("choose a question")), *offered]  # type: ignore[attr-defined]

    def clean_expression(self) -> str:
        """A text that can be read; which questions it may name is checked before publication."""
        text = str(self.cleaned_data["expression"]).strip()
        try:
            if text:
                parse(text)
        except ExpressionError as error:
            raise forms.ValidationError(
                _("This condition cannot be read from character %(position)s on."),
                params={"position": error.position + 1},
            ) from error
        return text


def row_initial(row: Row) -> dict[str, Any]:
    """A row as its form shows it: several values for choices, one otherwise."""
    return {"code": row.code, "operator": row.operator, "values": list(row.values)}


def row_forms(
    rows: Rows, by_code: Mapping[str, Question], data: Mapping[str, Any] | None = None
) -> list[RowForm]:
    """A form for each row about a known question, numbered in order."""
    made = []
    for index, row in enumerate(rows.rows):
        question = by_code.get(row.code)
        if question is None:
            continue
        initial = row_initial(row)
        if not question.choices:
            initial["values"] = row.values[0] if row.values else ""
        made.append(RowForm(data, prefix=f"row{index}", question=question, initial=initial))
    return made
