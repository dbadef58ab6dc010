"""The long texts of a sheet: what they are, and the only door through which they are read and written."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.actions.merging import Merged, merge_fields, written
from consultations.actions.models import ActionSheet, SheetText


@dataclass(frozen=True)
class TextField:
    """One long text: its name, what it is called, what to write there, and how long it may be."""

    name: str
    label: Any
    help: Any
    most: int = 5000
    rows: int = 5


TEXTS = (
    TextField("context", gettext_lazy("Context"), gettext_lazy("Where this comes from, in a few sentences.")),
    TextField(
        "finding",
        gettext_lazy("What was found"),
        gettext_lazy("What people said and what figures show."),
    ),
    TextField(
        "objective",
        gettext_lazy("Objective"),
        gettext_lazy("What will have changed, for whom, by when."),
        rows=3,
    ),
    TextField(
        "target_group_words", gettext_lazy("Who it is for"), gettext_lazy("The people concerned."), rows=3
    ),
    TextField(
        "users_part",
        gettext_lazy("How the people concerned take part"),
        gettext_lazy("In deciding, in following, in judging."),
    ),
    TextField(
        "means_words", gettext_lazy("Means"), gettext_lazy("Staff, premises, money, in words."), rows=3
    ),
    TextField(
        "evaluation_words",
        gettext_lazy("Evaluation"),
        gettext_lazy("How we will know whether it works."),
        rows=3,
    ),
    TextField(
        "easy_read",
        gettext_lazy("The sheet, easy to read"),
        gettext_lazy("Short sentences, one idea per line."),
        3000,
        8,
    ),
)
NAMES = tuple(field.name for field in TEXTS)


def texts_of(sheet: ActionSheet) -> dict[str, str]:
    """Every text as it is written now; empty when nobody wrote it."""
    stored = dict(sheet.texts.values_list("name", "text"))
    return {name: stored.get(name, "") for name in NAMES}


def approved_texts(sheet: ActionSheet) -> dict[str, str]:
    """Every text as it was last approved."""
    stored = dict(sheet.texts.values_list("name", "approved"))
    return {name: stored.get(name, "") for name in NAMES}


@transaction.atomic
def write_texts(*, sheet: ActionSheet, texts: Mapping[str, str], base: Mapping[str, str]) -> Merged:
    """Write what only this person changed; the caller has checked that they may."""
    _check_texts(texts)
    merged = merge_fields(
        current={name: written(text) for name, text in texts_of(sheet).items()},
        base={name: written(text) for name, text in base.items()},
        mine={name: written(text) for name, text in texts.items()},
    )
    for name in merged.changed:
        SheetText.objects.update_or_create(sheet=sheet, name=name, defaults={"text": written(texts[name])})
    return merged


@transaction.atomic
def approve_texts(*, sheet: ActionSheet) -> None:
    """What is written now is what the public page shows."""
    for text in sheet.texts.all():
        text.approved = text.text
        text.save(update_fields=["approved"])


def _check_texts(texts: Mapping[str, str]) -> None:
    fields = {field.name: field for field in TEXTS}
    errors = {}
    for name, text in texts.items():
        if name not in fields:
            raise ValueError(f"Not a text of a sheet: {name}")
        if len(text) > fields[name].most:
            errors[name] = _("This text is too long: %(most)s characters at most, %(count)s written.") % {
                "most": fields[name].most,
                "count": len(text),
            }
    if errors:
        raise ValidationError(errors)
