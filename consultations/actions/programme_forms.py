"""Forms of programmes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.actions.models import Programme
from consultations.actions.organisation_field import OrganisationField
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
