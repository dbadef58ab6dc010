"""Forms of the registers: agreements, cooperation groups."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from consultations.actions.models import ActionSheet, Agreement, CooperationGroup
from consultations.actions.organisation_field import OrganisationField, find_organisation
from consultations.actions.selectors.listing import visible_to
from consultations.process.forms import DateInput
from territories.forms import TerritoryField

Area = forms.Textarea
MOST_BODIES, MOST_SHEETS = 50, 100


class BodiesField(forms.CharField):
    """Organisations by their names, one per line."""

    widget = Area

    def clean(self, value: Any) -> list[Any]:
        text = super().clean(value)
        found, problems = [], []
        for line in filter(None, (line.strip() for line in text.splitlines()[:MOST_BODIES])):
            try:
                found.append(find_organisation(line))
            except forms.ValidationError as error:
                problems += error.messages
        if problems:
            raise forms.ValidationError(problems)
        return found


class EntryForm(forms.Form):
    """What an agreement and a group share: where, from when to when, the sheets they serve."""

    territory = TerritoryField(label=_("Territory"))
    starts_on = forms.DateField(label=_("First day"), widget=DateInput)
    ends_on = forms.DateField(
        label=_("Last day"), widget=DateInput, required=False, help_text=_("Leave empty when it has no end.")
    )
    sheets = forms.ModelMultipleChoiceField(
        ActionSheet.objects.none(),
        label=_("Action sheets"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    plain: tuple[str, ...] = ()
    bodies = ""

    def __init__(self, data: Any, *, entry: Any, user: User) -> None:
        initial: dict[str, Any] = {}
        if entry is not None:
            initial = {name: getattr(entry, name) for name in (*self.plain, "starts_on", "ends_on")}
            initial["territory"] = entry.territory.name
            initial[self.bodies] = "\n".join(getattr(entry, self.bodies).values_list("name", flat=True))
            initial["sheets"] = [one.pk for one in entry.sheets.all()]
        super().__init__(data, initial=initial)
        held = entry.sheets.values_list("pk", flat=True) if entry else ()
        offered = visible_to(user).values_list("pk", flat=True)[:MOST_SHEETS]
        field: Any = self.fields["sheets"]
        field.queryset = ActionSheet.objects.filter(pk__in=[*offered, *held])

    def values(self) -> dict[str, Any]:
        """What the service takes."""
        return {**self.cleaned_data, "sheets": list(self.cleaned_data["sheets"])}


class AgreementForm(EntryForm):
    """An agreement: its parties, its object, its dates, the sheets it serves."""

    object = forms.CharField(label=_("Object"), max_length=300)
    parties = BodiesField(
        label=_("Parties"), max_length=6000, widget=Area({"rows": 4}), help_text=_("One name per line.")
    )
    signed_on = forms.DateField(label=_("Signed on"), widget=DateInput, required=False)
    field_order = ["object", "parties", "territory", "signed_on", "starts_on", "ends_on", "sheets"]
    plain, bodies = ("object", "signed_on"), "parties"

    def __init__(self, data: Any, *, entry: Agreement | None, user: User) -> None:
        super().__init__(data, entry=entry, user=user)


class GroupForm(EntryForm):
    """A cooperation group: what it is, who is in it, who convenes it, for what."""

    name = forms.CharField(label=_("Name"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=CooperationGroup.Kind.choices)
    object = forms.CharField(
        label=_("Object"), max_length=400, widget=Area({"rows": 2}), help_text=_("What they do together.")
    )
    members = BodiesField(
        label=_("Members"), max_length=6000, widget=Area({"rows": 4}), help_text=_("One name per line.")
    )
    convener = OrganisationField(label=_("Organisation that convenes it"), required=False)
    field_order = [
        "name", "kind", "object", "members", "convener", "territory", "starts_on", "ends_on", "sheets",
    ]  # fmt: skip
    plain, bodies = ("name", "kind", "object", "convener"), "members"

    def __init__(self, data: Any, *, entry: CooperationGroup | None, user: User) -> None:
        super().__init__(data, entry=entry, user=user)
