"""The editor of a stage: its words, and its settings drawn from their one definition (`kinds`)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from pydantic.fields import FieldInfo

from consultations.workshops.kinds import SETTINGS, TARGET_LABELS, TargetKind, Words
from consultations.workshops.models import Stage

PREFIX = "setting-"


class StageForm(forms.Form):
    """One stage. Settings have a prefix, so that no name of theirs hides one of ours."""

    title = forms.CharField(label=_("The question, or what we do"), max_length=120)
    instruction = forms.CharField(
        label=_("Instruction"), max_length=600, required=False, widget=forms.Textarea({"rows": 3}),
        help_text=_("One or two sentences, read on every phone."),
    )  # fmt: skip
    easy_read = forms.CharField(
        label=_("Instruction, easy to read"), max_length=600, required=False,
        widget=forms.Textarea({"rows": 3}),
    )  # fmt: skip
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=240)

    def __init__(self, *args: Any, stage: Stage, earlier: list[Stage], **kwargs: Any) -> None:
        names = ("title", "instruction", "easy_read", "minutes")
        initial = {name: getattr(stage, name) for name in names}
        initial |= {PREFIX + name: value for name, value in stage.settings.items()}
        kwargs["initial"] = {**initial, "source": str(stage.source_id or "")}
        super().__init__(*args, **kwargs)
        self.stage, self.earlier = stage, {str(one.pk): one for one in earlier}
        if earlier and stage.kind not in {*Stage.WRITING, Stage.Kind.POLL, Stage.Kind.TALK}:
            everything = ("", _("everything written before"))
            choices = [everything, *((str(one.pk), f"{one.order}. {one.title}") for one in earlier)]
            self.fields["source"] = forms.ChoiceField(label=_("It works on"), required=False, choices=choices)
        for name, info in SETTINGS[stage.kind].model_fields.items():
            field = setting_field(info)
            if field is not None:
                self.fields[PREFIX + name] = field

    def fields_for_service(self) -> dict[str, Any]:
        """What `update_stage` takes."""
        given = self.cleaned_data
        settings = {
            name: given[PREFIX + name]
            for name in SETTINGS[self.stage.kind].model_fields
            if PREFIX + name in given
        }
        fields = {name: given[name] for name in ("title", "instruction", "easy_read", "minutes")}
        if "source" in self.fields:
            fields["source"] = self.earlier.get(given["source"])
        return {**fields, "settings": settings}


def setting_field(info: FieldInfo) -> forms.Field | None:
    """The field of a setting, by its type; None for one the editor does not show."""
    words = next((one for one in info.metadata if isinstance(one, Words)), None)
    if words is None:
        return None
    named: dict[str, Any] = {"label": words.label, "help_text": words.hint}
    if info.annotation is bool:
        return forms.BooleanField(required=False, **named)
    if info.annotation is TargetKind:
        return forms.ChoiceField(choices=list(TARGET_LABELS.items()), widget=forms.RadioSelect, **named)
    limits = {
        name: value
        for bound, name in (("ge", "min_value"), ("le", "max_value"))
        for one in info.metadata
        if (value := getattr(one, bound, None)) is not None
    }
    return forms.IntegerField(**limits, **named)


class AddStageForm(forms.Form):
    """Which kind of stage to add."""

    kind = forms.ChoiceField(label=_("Add a stage"), choices=Stage.Kind.choices)
