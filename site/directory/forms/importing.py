"""The form of the import page: which file, what it is, who publishes it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.forms import WhenAsked
from core.imports.kinds import import_kinds
from directory.models.base import SHORT

STANDARDS = [
    ("hsds", _("HSDS 3.1 (JSON, or CSV data package in a zip)")),
    ("data-inclusion", _("data·inclusion v1 (JSON or CSV)")),
]
PREFIX = "directory-"


def table_choices() -> list[tuple[str, Any]]:
    """Our own tables."""
    return [(slug, kind.label) for slug, kind in import_kinds.items() if slug.startswith(PREFIX)]


class PublisherField(WhenAsked, forms.CharField):
    """Who publishes a file of a standard; our tables have no publisher."""


class ImportForm(forms.Form):
    """Standards are offered to those who may take them in; tables to all who keep records."""

    use_required_attribute = False
    form = forms.ChoiceField(
        label=_("What is it?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what the file is.")},
    )
    file = forms.FileField(
        label=_("File"),
        help_text=_("Nothing is written before you confirm."),
        widget=forms.FileInput({"accept": ".json,.ndjson,.jsonl,.csv,.zip,.xlsx,.ods"}),
    )
    source = PublisherField(
        label=_("Who publishes it"),
        max_length=SHORT,
        help_text=_("Not for our tables. Write the same name each time: it tells what that source changed."),
    )
    is_partial = forms.BooleanField(
        label=_("The file is a part only: what it does not name goes on."), required=False
    )

    def __init__(self, *args: Any, standards: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = [*(STANDARDS if standards else []), *table_choices()]
        self.fields["form"].choices = choices  # type: ignore[attr-defined]
        if not standards:
            del self.fields["source"], self.fields["is_partial"]

    @property
    def is_table(self) -> bool:
        return str(self.cleaned_data["form"]).startswith(PREFIX)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        asked = str(data.get("form", ""))
        if asked and not asked.startswith(PREFIX) and not data.get("source", "").strip():
            self.add_error("source", ValidationError(_("Say who publishes these records.")))
        return data
