"""The choices of a question, one row each, reordered and added to without JavaScript."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.surveys.structure import MAX_CHOICES
from consultations.surveys.workspace.document import free_choice_code, texts
from consultations.surveys.workspace.pictograms import PICTOGRAMS
from needs.models import Need

EMPTY_ROWS = 2
LANGUAGES = {"label": "fr", "label_easy": "fr-easy", "label_en": "en"}


class ChoiceForm(forms.Form):
    """One choice; its code is made from its first words and never changes."""

    code = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)
    label = forms.CharField(label=_("Choice"), max_length=200, required=False)
    label_easy = forms.CharField(label=_("Easy to read"), max_length=200, required=False)
    label_en = forms.CharField(label=_("In English"), max_length=200, required=False)
    icon = forms.ChoiceField(
        label=_("Pictogram"), required=False, choices=[("", _("none")), *PICTOGRAMS.items()]
    )
    need = forms.ChoiceField(label=_("Need it tells of"), required=False)
    exclusive = forms.BooleanField(label=_("Unticks the others"), required=False)

    def __init__(self, *args: Any, needs: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [("", _("none")), *needs]
        held = self["need"].value()
        if held and held not in dict(offered):
            offered.append((held, held))
        self.fields["need"].choices = offered  # type: ignore[attr-defined]


ChoiceFormSet = forms.formset_factory(ChoiceForm, extra=0, max_num=MAX_CHOICES, validate_max=True)


def need_options() -> list[tuple[str, str]]:
    """The needs people voice, by their plain wording."""
    found = Need.objects.voiced().filter(valid_to=None)
    return sorted(((need.code, need.plain_label) for need in found), key=lambda pair: pair[1].lower())


def rows_of(choices: Iterable[Any]) -> list[dict[str, Any]]:
    """The choices of a document as rows of the form."""
    rows = []
    for choice in choices:
        if not isinstance(choice, Mapping):
            continue
        words = texts(choice.get("label"))
        needs = choice.get("needs") or [""]
        row = {name: words.get(language, "") for name, language in LANGUAGES.items()}
        rows.append(
            {
                **row,
                "code": choice.get("code", ""),
                "icon": choice.get("icon", ""),
                "need": needs[0],
                "exclusive": bool(choice.get("exclusive")),
            }
        )
    return rows


def typed_rows(formset: Any) -> list[dict[str, Any]]:
    """What was typed in each row, without judging it."""
    return [{name: form[name].value() for name in form.fields} for form in formset.forms]


def rearranged(rows: list[dict[str, Any]], operation: str) -> list[dict[str, Any]]:
    """The rows after `add`, `up:N`, `down:N` or `remove:N`; anything else leaves them as they are."""
    verb, _colon, position = operation.partition(":")
    rows = list(rows)
    if verb == "add":
        return [*rows, {}][:MAX_CHOICES]
    if not position.isdecimal() or int(position) >= len(rows):
        return rows
    index = int(position)
    row = rows.pop(index)
    if verb == "up":
        rows.insert(max(0, index - 1), row)
    elif verb == "down":
        rows.insert(index + 1, row)
    elif verb != "remove":
        rows.insert(index, row)
    return rows


def choices_from(rows: Iterable[Mapping[str, Any]], old: Iterable[Any]) -> list[dict[str, Any]]:
    """The choices of the document from the rows that have words; what a row does not show is kept."""
    known = {each["code"]: each for each in old if isinstance(each, Mapping) and each.get("code")}
    kept = [row for row in rows if (row.get("label") or "").strip() or row.get("code")]
    taken = {str(row["code"]) for row in kept if row.get("code")} | set(known)
    made = []
    for row in kept:
        code = row.get("code") or free_choice_code(row["label"], taken)
        taken.add(code)
        made.append(_choice(code, row, known.get(code, {})))
    return made


def _choice(code: str, row: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    words = texts(before.get("label"))
    words |= {language: (row.get(name) or "").strip() for name, language in LANGUAGES.items()}
    others = list(before.get("needs") or [])[1:]
    needs = [code for code in [row.get("need"), *others] if code]
    choice = {
        "code": code,
        "label": {language: text for language, text in words.items() if text},
        "icon": row.get("icon") or "",
        "needs": needs,
        "exclusive": bool(row.get("exclusive")),
    }
    return {key: value for key, value in choice.items() if value not in ("", [], False)}
