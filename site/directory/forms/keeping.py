"""Forms of those who keep records: lists, closing, places left, hours, places, answers."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.widgets import DateInput
from directory.codes import Access, Holidays, Network
from directory.forms.fields import OrganisationField, YesNoField, territory_of, written
from directory.models import Capacity, Location, Report
from directory.models.base import LINE, PARAGRAPH

STANDINGS = (
    ("", gettext_lazy("All")),
    ("late", gettext_lazy("to check again")),
    ("weak", gettext_lazy("incomplete (under 70 %)")),
    ("closed", gettext_lazy("closed for a time")),
    ("draft", gettext_lazy("not published")),
    ("reported", gettext_lazy("with a mistake reported")),
    ("ended", gettext_lazy("ended")),
)


class OrganisationFilterForm(forms.Form):
    """Which organisations to see."""

    q = forms.CharField(label=gettext_lazy("Words of the name"), required=False, max_length=80)


class RecordFilterForm(forms.Form):
    """Which records to see."""

    q = forms.CharField(label=gettext_lazy("Words of the name"), required=False, max_length=80)
    standing = forms.ChoiceField(label=gettext_lazy("Standing"), choices=STANDINGS, required=False)


class CloseForm(forms.Form):
    """Until when, and why; both may be unknown."""

    until = forms.DateField(
        label=gettext_lazy("Closed until (included)"),
        widget=DateInput,
        required=False,
        help_text=gettext_lazy("Leave empty when it is not known."),
    )
    reason = forms.CharField(label=gettext_lazy("Why"), max_length=LINE, required=False)
    for_good = forms.BooleanField(label=gettext_lazy("It has ended for good"), required=False)


class CapacityForm(forms.Form):
    """Places left, in two clicks; what is counted is the key of a line."""

    unit = forms.CharField(
        label=gettext_lazy("What is counted"),
        max_length=60,
        initial=gettext_lazy("places"),
        help_text=gettext_lazy("Places, rooms, hours a week…"),
    )
    state = forms.ChoiceField(
        label=gettext_lazy("State"), choices=Capacity.State.choices, widget=forms.RadioSelect
    )
    places = forms.IntegerField(
        label=gettext_lazy("Places in all"), min_value=0, max_value=100_000, required=False
    )
    available = forms.IntegerField(
        label=gettext_lazy("Places left"), min_value=0, max_value=100_000, required=False
    )
    waiting = forms.IntegerField(
        label=gettext_lazy("People who wait"), min_value=0, max_value=100_000, required=False
    )


class AnswerForm(forms.Form):
    """What became of a report."""

    state = forms.ChoiceField(
        label=gettext_lazy("What became of it"),
        choices=[one for one in Report.State.choices if one[0] != Report.State.NEW],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=gettext_lazy("Your answer"),
        max_length=PARAGRAPH,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("It is read on the public page, unless the message was not about the record."),
    )


class LocationForm(forms.Form):
    """A place, its address, its access."""

    name = forms.CharField(label=gettext_lazy("Name of the place"), max_length=120)
    kind = forms.ChoiceField(label=gettext_lazy("Kind of place"), choices=Location.Kind.choices)
    address_1 = forms.CharField(label=gettext_lazy("Number and street"), max_length=LINE, required=False)
    address_2 = forms.CharField(label=gettext_lazy("Building, floor…"), max_length=LINE, required=False)
    postal_code = forms.CharField(label=gettext_lazy("Postal code"), max_length=5, required=False)
    commune = forms.CharField(label=gettext_lazy("Commune"), max_length=120, required=False)
    latitude = forms.FloatField(
        label=gettext_lazy("Latitude"),
        required=False,
        help_text=gettext_lazy("For example 44.203."),
        widget=forms.TextInput({"inputmode": "decimal"}),
    )
    longitude = forms.FloatField(
        label=gettext_lazy("Longitude"),
        required=False,
        help_text=gettext_lazy("For example 0.618."),
        widget=forms.TextInput({"inputmode": "decimal"}),
    )
    address_hidden = forms.BooleanField(
        label=gettext_lazy("Keep the address secret"),
        required=False,
        help_text=gettext_lazy("It is then shown nowhere: neither page, nor map, nor search, nor export."),
    )
    hidden_reason = forms.CharField(
        label=gettext_lazy("Why it is secret, as visitors will read it"), max_length=LINE, required=False
    )
    phone = forms.CharField(label=gettext_lazy("Phone"), max_length=30, required=False)
    transport = forms.CharField(
        label=gettext_lazy("How to get there"),
        max_length=PARAGRAPH,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )
    access_words = forms.CharField(
        label=gettext_lazy("Access in words"),
        max_length=PARAGRAPH,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )
    accessibility_url = forms.CharField(
        label=gettext_lazy("Page on Acceslibre"), max_length=500, required=False
    )

    def __init__(self, *args: Any, location: Location | None = None, **kwargs: Any) -> None:
        if location:
            kwargs["initial"] = self._initial(location)
        super().__init__(*args, **kwargs)
        access = location.access if location else {}
        for code, label in Access.choices:
            text = str(label)
            self.fields[f"access_{code}"] = YesNoField(
                label=text[:1].upper() + text[1:], initial=access.get(code)
            )

    def _initial(self, location: Location) -> dict[str, Any]:
        initial = {name: getattr(location, name) for name in self.base_fields}
        return {**initial, "commune": written(location.commune) if location.commune else ""}

    def clean_commune(self) -> Any:
        text = self.cleaned_data["commune"].strip()
        if not text:
            return None
        found = territory_of(text)
        if found.level_id != "commune":
            raise ValidationError(_("Choose a commune, not a wider place."))
        return found

    def values(self) -> dict[str, Any]:
        """What the service takes."""
        data = self.cleaned_data
        access = {
            code: data[f"access_{code}"] for code in Access.values if data[f"access_{code}"] is not None
        }
        return {**{name: data[name] for name in self.base_fields}, "access": access}

    @property
    def access_fields(self) -> list[Any]:
        return [self[f"access_{code}"] for code in Access.values]

    @property
    def address_fields(self) -> list[Any]:
        return [self[name] for name in list(self.base_fields)[:11]]

    @property
    def way_fields(self) -> list[Any]:
        return [self[name] for name in list(self.base_fields)[11:]]


class OrganisationRecordForm(forms.Form):
    """What the directory says of an organisation."""

    description = forms.CharField(
        label=gettext_lazy("Description"),
        max_length=10_000,
        required=False,
        widget=forms.Textarea({"rows": 6}),
    )
    easy_read = forms.CharField(
        label=gettext_lazy("Easy-read text"),
        max_length=PARAGRAPH,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    phone = forms.CharField(label=gettext_lazy("Phone"), max_length=30, required=False)
    email = forms.EmailField(
        label=gettext_lazy("Generic e-mail address"),
        required=False,
        help_text=gettext_lazy(
            "A mailbox of the team: it is also where we check who asks to keep these records."
        ),
    )
    website = forms.CharField(label=gettext_lazy("Website"), max_length=500, required=False)
    parent = OrganisationField(
        label=gettext_lazy("Part of"),
        help_text=gettext_lazy("The name of the organisation it belongs to, if it is not on its own."),
    )
    networks = forms.MultipleChoiceField(
        label=gettext_lazy("Networks"),
        choices=Network.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class BulkForm(forms.Form):
    """The same gesture on several records."""

    ACTIONS = (
        ("confirm", gettext_lazy("Say that everything is still right")),
        ("review", gettext_lazy("Change how often they are checked")),
        ("holidays", gettext_lazy("Say what happens on public holidays")),
        ("publish", gettext_lazy("Publish")),
        ("withdraw", gettext_lazy("Take off the public site")),
    )
    action = forms.ChoiceField(label=gettext_lazy("What to do with the ticked records"), choices=ACTIONS)
    review_months = forms.TypedChoiceField(
        label=gettext_lazy("Check every (months)"),
        choices=[(one, one) for one in (1, 3, 6, 12, 18)],
        coerce=int,
        required=False,
        initial=6,
    )
    holidays = forms.ChoiceField(
        label=gettext_lazy("Public holidays"), choices=Holidays.choices, required=False
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("action") == "review" and not data.get("review_months"):
            self.add_error("review_months", _("Choose how often."))
        return data
