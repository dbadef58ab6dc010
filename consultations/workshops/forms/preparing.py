"""What a facilitator writes about a workshop. Forms check shapes; services check rules."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consultations.process.forms import DateInput
from consultations.workshops.models import College, Document, Workshop
from consultations.workshops.models.workshop import MAX_CAPACITY
from needs.models import Need
from observatory.indicators.selectors import figure_cards, latest_releases
from territories.models import Territory

Textarea = forms.Textarea


class TimeInput(forms.TimeInput):
    """The browser's own time field."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class WorkshopForm(forms.Form):
    """A workshop in five parts."""

    title = forms.CharField(
        label=_("Title"), max_length=120, help_text=_("For example: Workshop 2, staying at home.")
    )
    theme = forms.CharField(label=_("Theme"), max_length=120, required=False)
    summary = forms.CharField(
        label=_("What will be talked about"), max_length=1000, required=False, widget=Textarea({"rows": 3}),
        help_text=_("One or two sentences."),
    )  # fmt: skip
    easy_read_summary = forms.CharField(
        label=_("The same, easy to read"), max_length=1000, required=False, widget=Textarea({"rows": 3}),
        help_text=_("Short sentences, one idea per line."),
    )  # fmt: skip
    needs = forms.ModelMultipleChoiceField(
        Need.objects.none(), label=_("Needs concerned"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Those of the consultation. They are offered on the cards."),
    )  # fmt: skip
    territory = forms.ModelChoiceField(Territory.objects.none(), label=_("Territory"), empty_label=None)
    day = forms.DateField(label=_("Day"), widget=DateInput)
    starts = forms.TimeField(label=_("Starts at"), widget=TimeInput)
    ends = forms.TimeField(label=_("Ends at"), widget=TimeInput)
    venue = forms.CharField(label=_("Place"), max_length=120, required=False)
    address = forms.CharField(label=_("Postal address"), max_length=200, required=False)
    access = forms.MultipleChoiceField(
        label=_("What is there"), choices=Workshop.Access.choices, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    access_details = forms.CharField(
        label=_("How to come in"), max_length=1000, required=False, widget=Textarea({"rows": 3}),
        help_text=_("Entrance, floor, nearest bus stop, who helps on the spot."),
    )  # fmt: skip
    colleges = forms.MultipleChoiceField(
        label=_("Colleges invited"), choices=College.choices, initial=list(College.values),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one college.")},
    )  # fmt: skip
    capacity = forms.IntegerField(
        label=_("Number of places"), min_value=1, max_value=MAX_CAPACITY, required=False,
        help_text=_("Leave empty when places are not counted. Beyond it, people are on a waiting list."),
    )  # fmt: skip
    facilitators = forms.CharField(
        label=_("Who runs it"), max_length=200, required=False,
        help_text=_("Shown to everyone: the role, and names if these people agree."),
    )  # fmt: skip
    contact = forms.CharField(
        label=_("Contact for questions"), max_length=200, required=False,
        help_text=_("A phone number is best: it is also how people cancel without e-mail."),
    )  # fmt: skip

    def __init__(self, *args: Any, needs: list[Need], territories: list[Territory], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer("needs", [(need.pk, need.plain_label) for need in needs], Need)
        self._offer("territory", by_level(territories), Territory)
        if not needs:
            del self.fields["needs"]

    def _offer(self, name: str, choices: list[Any], model: Any) -> None:
        """Every row offered may be chosen, and no other."""
        field: Any = self.fields[name]
        flat = [
            pk
            for key, label in choices
            for pk in ([one for one, _name in label] if isinstance(label, list) else [key])
        ]
        field.queryset = model.objects.filter(pk__in=flat)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("starts") and cleaned.get("ends") and cleaned["ends"] <= cleaned["starts"]:
            self.add_error("ends", _("It must end after it starts."))
        return cleaned

    @classmethod
    def initial_of(cls, workshop: Workshop) -> dict[str, Any]:
        """What the form shows of a workshop."""
        starts, ends = timezone.localtime(workshop.starts_at), timezone.localtime(workshop.ends_at)
        plain = set(cls.base_fields) - {"day", "starts", "ends", "needs", "territory"}
        return {
            **{name: getattr(workshop, name) for name in plain},
            "needs": [need.pk for need in workshop.needs.all()],
            "territory": workshop.territory_id,
            "day": starts.date(),
            "starts": starts.time(),
            "ends": ends.time(),
        }

    def fields_for_service(self) -> dict[str, Any]:
        """What the services take: instants rather than a day and hours."""
        given = dict(self.cleaned_data)
        day, starts, ends = given.pop("day"), given.pop("starts"), given.pop("ends")
        given["starts_at"], given["ends_at"] = _instant(day, starts), _instant(day, ends)
        if "needs" in given:
            given["needs"] = list(given["needs"])
        return given

    @property
    def parts(self) -> list[tuple[str, Any, list[forms.BoundField]]]:
        """The sections in order: anchor, heading, fields."""
        sections = [
            ("quoi", _("What it is about"), ["title", "theme", "summary", "easy_read_summary", "needs"]),
            ("quand", _("When"), ["day", "starts", "ends"]),
            ("ou", _("Where, and how people come in"), ["territory", "venue", "address", "access", "access_details"]),
            ("qui", _("Who comes"), ["colleges", "capacity", "facilitators", "contact"]),
        ]  # fmt: skip
        return [
            (anchor, title, [self[name] for name in names if name in self.fields])
            for anchor, title, names in sections
        ]


def by_level(territories: list[Territory]) -> list[Any]:
    """The first one alone, then the others grouped by level."""
    first, *others = territories
    groups: dict[str, list[tuple[int, str]]] = {}
    for one in others:
        groups.setdefault(one.level.name_plural, []).append((one.pk, one.name))
    named = [(name.capitalize(), rows) for name, rows in groups.items()]
    return [(first.pk, str(first)), *named]


def _instant(day: datetime.date, hour: datetime.time) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, hour))


class DocumentForm(forms.Form):
    """One thing to read before."""

    title = forms.CharField(label=_("Title"), max_length=120)
    kind = forms.ChoiceField(
        label=_("What it is"),
        choices=Document.Kind.choices,
        widget=forms.RadioSelect,
        initial=Document.Kind.LINK,
    )
    file = forms.FileField(
        label=_("File"), required=False, help_text=_("PDF, office document or picture, 20 MB at most.")
    )
    url = forms.URLField(
        label=_("Address"), max_length=500, required=False, assume_scheme="https",
        help_text=_("For example https://www.exemple.fr/."),
    )  # fmt: skip
    figure = forms.ChoiceField(label=_("Figure of the observatory"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        figures = [(card.code, card.title) for card in figure_cards(latest_releases())]
        field: Any = self.fields["figure"]
        field.choices = [("", _("Choose")), *figures]


class TemplateNameForm(forms.Form):
    """How a scenario is kept for other workshops."""

    title = forms.CharField(label=_("Name of the template"), max_length=80)
    about = forms.CharField(label=_("What it is for"), max_length=200, required=False)


class AddressesForm(forms.Form):
    """A list of addresses, as it is pasted."""

    text = forms.CharField(
        label=_("E-mail addresses"), max_length=300_000, widget=Textarea({"rows": 8}),
        help_text=_("One per line. You may paste a column of a spreadsheet."),
    )  # fmt: skip
    college = forms.ChoiceField(
        label=_("These people are"), required=False, choices=[("", _("not said")), *College.choices],
        help_text=_("Ticked in advance when they register."),
    )  # fmt: skip
