"""Forms of programmes and of agreements."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from consultations.actions.models import ActionSheet, Agreement, Programme
from consultations.actions.organisation_field import OrganisationField, find_organisation
from consultations.actions.selectors.listing import visible_to
from consultations.process.forms import DateInput
from territories.forms import TerritoryField

Area = forms.Textarea
PLAIN = ("title", "summary", "easy_read", "sponsor", "starts_on", "ends_on", "no_news_days", "is_public")


class ProgrammeForm(forms.Form):
    """A programme and its axes, one per line."""

    title = forms.CharField(label=_("Title"), max_length=200)
    summary = forms.CharField(
        label=_("What it is for"), max_length=2000, required=False, widget=Area({"rows": 3})
    )
    easy_read = forms.CharField(
        label=_("The same, easy to read"), max_length=2000, required=False, widget=Area({"rows": 3}),
        help_text=_("Short sentences, one idea per line."),
    )  # fmt: skip
    sponsor = OrganisationField(label=_("Organisation that carries it"))
    territory = TerritoryField(label=_("Territory"))
    starts_on = forms.DateField(label=_("First day"), widget=DateInput)
    ends_on = forms.DateField(label=_("Last day"), widget=DateInput)
    axis_titles = forms.CharField(
        label=_("Axes"), max_length=6000, required=False, widget=Area({"rows": 5}),
        help_text=_("One axis per line, in order, without its number."),
    )  # fmt: skip
    no_news_days = forms.IntegerField(
        label=_("After how many days without news do its sheets say so?"), min_value=14, max_value=730, required=False,
        help_text=_("Leave empty to do as on the rest of the site."),
    )  # fmt: skip
    is_public = forms.BooleanField(label=_("Anyone may read its page"), required=False)

    def __init__(self, data: Any, *, programme: Programme | None) -> None:
        initial: dict[str, Any] = {}
        if programme is not None:
            initial = {name: getattr(programme, name) for name in PLAIN}
            initial["territory"] = programme.territory.name
            initial["axis_titles"] = "\n".join(programme.axes.values_list("title", flat=True))
        super().__init__(data, initial=initial)

    def values(self) -> dict[str, Any]:
        """What the service takes; the axes apart."""
        return {name: value for name, value in self.cleaned_data.items() if name != "axis_titles"}

    def axes(self) -> list[str]:
        """The titles of the axes."""
        return [line.strip()[:200] for line in self.cleaned_data["axis_titles"].splitlines() if line.strip()]


class DateForm(forms.Form):
    """A day of the calendar."""

    day = forms.DateField(label=_("Day"), widget=DateInput)
    title = forms.CharField(label=_("What happens"), max_length=200)


class PartiesField(forms.CharField):
    """Organisations by their names, one per line."""

    widget = Area

    def clean(self, value: Any) -> list[Any]:
        text = super().clean(value)
        found, problems = [], []
        for line in filter(None, (line.strip() for line in text.splitlines()[:50])):
            try:
                found.append(find_organisation(line))
            except forms.ValidationError as error:
                problems += error.messages
        if problems:
            raise forms.ValidationError(problems)
        return found


class AgreementForm(forms.Form):
    """An agreement: its parties, its object, its dates, the sheets it serves."""

    object = forms.CharField(label=_("Object"), max_length=300)
    parties = PartiesField(
        label=_("Parties"), max_length=6000, widget=Area({"rows": 4}), help_text=_("One name per line.")
    )
    territory = TerritoryField(label=_("Territory"))
    signed_on = forms.DateField(label=_("Signed on"), widget=DateInput, required=False)
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

    def __init__(self, data: Any, *, agreement: Agreement | None, user: User) -> None:
        initial: dict[str, Any] = {}
        if agreement is not None:
            initial = {
                name: getattr(agreement, name) for name in ("object", "signed_on", "starts_on", "ends_on")
            }
            initial["territory"] = agreement.territory.name
            initial["parties"] = "\n".join(agreement.parties.values_list("name", flat=True))
            initial["sheets"] = [one.pk for one in agreement.sheets.all()]
        super().__init__(data, initial=initial)
        field: Any = self.fields["sheets"]
        held = agreement.sheets.all() if agreement else ActionSheet.objects.none()
        field.queryset = ActionSheet.objects.filter(
            pk__in=[
                *visible_to(user).values("pk")[:100].values_list("pk", flat=True),
                *held.values_list("pk", flat=True),
            ]
        )

    def values(self) -> dict[str, Any]:
        """What the service takes."""
        return {**self.cleaned_data, "sheets": list(self.cleaned_data["sheets"])}
