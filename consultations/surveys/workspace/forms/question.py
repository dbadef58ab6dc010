"""One question: its words in each language, what its type needs, the needs it is about."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.process.search import found_needs
from consultations.surveys.bands import Grouping
from consultations.surveys.expressions import ExpressionError, parse
from consultations.surveys.structure import MEASURES, QuestionRole, QuestionType
from consultations.surveys.workspace.bands import BandsField
from consultations.surveys.workspace.document import TYPE_KEYS, cleaned_question, texts
from needs.models import Need

TYPE_LABELS = {
    QuestionType.SINGLE: _("one choice"),
    QuestionType.MULTIPLE: _("several choices"),
    QuestionType.SCALE: _("scale"),
    QuestionType.NUMBER: _("number"),
    QuestionType.TEXT: _("free text"),
    QuestionType.COMMUNE: _("commune"),
    QuestionType.DATE: _("date"),
}
MEASURE_LABELS = {
    "four_levels": _("satisfaction, four levels"),
    "csat": _("satisfaction, from 1 to 5 (CSAT)"),
    "nps": _("recommendation, from 0 to 10 (NPS)"),
    "ces": _("ease, from 1 to 7 (CES)"),
}
ROLE_LABELS = {
    QuestionRole.TERRITORY: _("gives the territory of the response"),
    QuestionRole.MODE: _("says whether the person answers alone"),
    QuestionRole.HELPER: _("says who helps"),
    QuestionRole.AUDIENCE: _("says which audience the person is of"),
}
SUFFIXES = {"fr": "fr", "easy": "fr-easy", "en": "en"}
GROUPINGS = {
    "": _("as fits the two days"),
    Grouping.MONTH: _("by month"),
    Grouping.YEAR: _("by year"),
    Grouping.DECADE: _("by ten years"),
}
PLAIN = (
    "required", "min", "max", "step", "max_length", "rows", "role", "needs", "constraint", "bands", "first_day",
    "last_day", "group_by", "measure",
)  # fmt: skip
TRANSLATED = ("label", "help", "why", "min_label", "max_label", "unit", "constraint_message")


def _words(label: Any, *, rows: int = 2, limit: int = 1000, hint: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=limit,
        required=False,
        widget=forms.Textarea({"rows": rows}) if rows > 1 else None,
        help_text=hint,
    )


class NewQuestionForm(forms.Form):
    """The type and the words: enough to start."""

    type = forms.ChoiceField(
        label=_("Kind of question"),
        choices=[*TYPE_LABELS.items(), *MEASURE_LABELS.items()],
        widget=forms.RadioSelect,
    )
    label = forms.CharField(
        label=_("The question"), max_length=500, help_text=_("One idea, asked directly, in everyday words.")
    )


class QuestionForm(forms.Form):
    """A question; fields its type does not use are left out."""

    label_fr = _words(_("The question"), limit=500)
    label_easy = _words(_("The question, easy to read"), limit=500)
    label_en = _words(_("The question, in English"), limit=500)
    help_fr = _words(_("Help"), hint=_("One short sentence under the question."))
    help_easy = _words(_("Help, easy to read"))
    help_en = _words(_("Help, in English"))
    why_fr = _words(_("Why we ask"), hint=_("Shown to whoever wonders."))
    why_easy = _words(_("Why we ask, easy to read"))
    why_en = _words(_("Why we ask, in English"))
    required = forms.BooleanField(label=_("An answer is required"), required=False)
    min = forms.FloatField(label=_("Lowest value"), required=False)
    max = forms.FloatField(label=_("Highest value"), required=False)
    step = forms.FloatField(label=_("Step"), required=False)
    min_label_fr = _words(_("Words at the low end"), rows=1, limit=60)
    max_label_fr = _words(_("Words at the high end"), rows=1, limit=60)
    unit_fr = _words(_("Unit, shown after the field"), rows=1, limit=30)
    max_length = forms.IntegerField(
        label=_("Most characters"), min_value=10, max_value=2000, required=False, initial=500
    )
    rows = forms.IntegerField(label=_("Lines shown"), min_value=1, max_value=20, required=False, initial=4)
    role = forms.ChoiceField(label=_("What the answer also does"), required=False)
    measure = forms.ChoiceField(
        label=_("What it measures"), required=False,
        help_text=_(
            "The answers are then those of the measure, the same everywhere, and one figure sums them up in the "
            "results: people satisfied, or a score."
        ),
    )  # fmt: skip
    bands = BandsField(
        label=_("Bands of the published figure"), max_length=200, required=False,
        help_text=_(
            "Write where each band begins: “1; 4; 8” gives less than 1, 1 to 3, 4 to 7, 8 and more. Left empty, "
            "even bands are made between the lowest and the highest value. Once published, they stay."
        ),
    )  # fmt: skip
    first_day = forms.DateField(
        label=_("First day that can be answered"), required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Without a first and a last day, no figure is published."),
    )  # fmt: skip
    last_day = forms.DateField(
        label=_("Last day that can be answered"), required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip
    group_by = forms.ChoiceField(
        label=_("In figures, count"), choices=list(GROUPINGS.items()), required=False,
        help_text=_("An exact day is never published. Once published, this stays."),
    )  # fmt: skip
    needs_query = forms.CharField(label=_("Find a need"), max_length=80, required=False)
    needs = forms.MultipleChoiceField(
        label=_("Needs it tells of"), required=False, widget=forms.CheckboxSelectMultiple
    )
    constraint = forms.CharField(
        label=_("Condition an answer must meet"), max_length=1000, required=False,
        help_text=_("For example: visites <= 21. Leave empty when any answer will do."),
    )  # fmt: skip
    constraint_message_fr = _words(_("What to say when it is not met"), rows=1, limit=200)
    base = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        used = TYPE_KEYS.get(kind, ())
        for key in {key for keys in TYPE_KEYS.values() for key in keys} - set(used):
            for name in (key, f"{key}_fr"):
                self.fields.pop(name, None)
        self.fields["label_fr"].required = True
        if "measure" in self.fields:
            measures = [(code, MEASURE_LABELS[code]) for code in MEASURES[QuestionType(kind)]]
            self.fields["measure"].choices = [("", _("nothing of this kind")), *measures]  # type: ignore[attr-defined]
        self._offer_roles(kind)
        self._offer_needs()

    def _offer_roles(self, kind: str) -> None:
        fitting = {
            QuestionType.COMMUNE: [QuestionRole.TERRITORY],
            QuestionType.SINGLE: [QuestionRole.MODE, QuestionRole.HELPER, QuestionRole.AUDIENCE],
        }.get(QuestionType(kind), [])
        if not fitting:
            self.fields.pop("role")
            return
        offered = [("", _("nothing else")), *((role, ROLE_LABELS[role]) for role in fitting)]
        self.fields["role"].choices = offered  # type: ignore[attr-defined]

    def _offer_needs(self) -> None:
        current = list(Need.objects.filter(valid_to=None))
        held = set(self["needs"].value() or [])
        found = {need.code for need in found_needs(self["needs_query"].value() or "")}
        offered = [(n.code, n.plain_label) for n in current if n.code in held | found]
        unknown = sorted(held - {code for code, _label in offered})
        self.fields["needs"].choices = [*offered, *((code, code) for code in unknown)]  # type: ignore[attr-defined]

    def clean_constraint(self) -> str:
        """An expression that can be read; what it names is checked before publication."""
        text = str(self.cleaned_data["constraint"]).strip()
        try:
            if text:
                parse(text)
        except ExpressionError as error:
            raise forms.ValidationError(
                _("This condition cannot be read from character %(position)s on."),
                params={"position": error.position + 1},
            ) from error
        return text

    def bound(self, names: Iterable[str]) -> list[forms.BoundField]:
        """Those of the named fields that this type has, in order."""
        return [self[name] for name in names if name in self.fields]

    @property
    def main_fields(self) -> list[forms.BoundField]:
        return self.bound(["label_fr", "help_fr", "why_fr", "required"])

    @property
    def type_fields(self) -> list[forms.BoundField]:
        names = [
            "measure",
            "min",
            "max",
            "step",
            "min_label_fr",
            "max_label_fr",
            "unit_fr",
            "max_length",
            "rows",
            "role",
            "bands",
            "first_day",
            "last_day",
            "group_by",
        ]
        return self.bound(names)

    @property
    def easy_fields(self) -> list[forms.BoundField]:
        return self.bound(["label_easy", "help_easy", "why_easy"])

    @property
    def english_fields(self) -> list[forms.BoundField]:
        return self.bound(["label_en", "help_en", "why_en"])

    @property
    def rule_fields(self) -> list[forms.BoundField]:
        return self.bound(["constraint", "constraint_message_fr"])


def initial_of(question: Mapping[str, Any]) -> dict[str, Any]:
    """A question of the document as the form shows it."""
    initial = {name: question.get(name) for name in PLAIN if question.get(name) is not None}
    for key in TRANSLATED:
        words = texts(question.get(key))
        initial |= {f"{key}_{suffix}": words.get(language, "") for suffix, language in SUFFIXES.items()}
    return initial


def merged(question: Mapping[str, Any], cleaned: Mapping[str, Any]) -> dict[str, Any]:
    """The question with what the form says; what the form does not show is kept."""
    result = dict(question)
    for name in PLAIN:
        if name in cleaned:
            result[name] = _compact(cleaned[name])
    for key in TRANSLATED:
        words = texts(question.get(key))
        for suffix, language in SUFFIXES.items():
            if f"{key}_{suffix}" in cleaned:
                words[language] = cleaned[f"{key}_{suffix}"].strip()
        result[key] = words
    return cleaned_question(result)


def _compact(value: Any) -> Any:
    """Whole numbers without a decimal part, as they were typed; days as they are written in the document."""
    if isinstance(value, list):
        return [_compact(each) for each in value]
    if isinstance(value, datetime.date):
        return value.isoformat()
    return int(value) if isinstance(value, float) and value.is_integer() else value
