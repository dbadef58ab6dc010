"""What is typed about meetings. Forms check shapes; services check rules."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consultations.councils.models import Constituency, Mandate
from consultations.meetings.majority import Votes
from consultations.meetings.models import AgendaItem, Attendance, ConveningProof, Decision, Meeting
from consultations.meetings.models.meeting import LONGEST_MINUTES
from consultations.process.forms import DateInput

Textarea = forms.Textarea
MOST_HANDS = 500
CHOICES = ("for", "against", "abstain")


class TimeInput(forms.TimeInput):
    """The browser's own time field."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class MeetingForm(forms.Form):
    """A meeting before it is held."""

    title = forms.CharField(
        label=_("Title"), max_length=120, required=False,
        help_text=_("Leave empty to call it by its number and its day."),
    )  # fmt: skip
    day = forms.DateField(label=_("Day"), widget=DateInput)
    hour = forms.TimeField(label=_("Hour"), widget=TimeInput)
    minutes_planned = forms.IntegerField(
        label=_("Length, in minutes"), min_value=5, max_value=LONGEST_MINUTES, initial=120
    )
    place = forms.CharField(label=_("Place"), max_length=160, required=False)
    access_details = forms.CharField(
        label=_("How to get there, access"), max_length=300, required=False, widget=Textarea({"rows": 2})
    )
    remote_url = forms.URLField(
        label=_("Address to take part from afar"), required=False, assume_scheme="https",
        help_text=_("Sent to members only, never shown publicly."),
    )  # fmt: skip
    message = forms.CharField(
        label=_("Message of the president"), max_length=2000, required=False, widget=Textarea({"rows": 4})
    )
    session_secretary = forms.ModelChoiceField(
        Mandate.objects.none(), label=_("Session secretary"), required=False,
        help_text=_("Chosen by and among supported persons, else their representatives (CASF D311-20)."),
    )  # fmt: skip

    def __init__(self, *args: Any, mandates: list[Mandate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["session_secretary"]
        field.queryset = Mandate.objects.filter(pk__in=[one.pk for one in mandates])

    def fields_for_service(self) -> dict[str, Any]:
        """The same as `MeetingFields`."""
        values = dict(self.cleaned_data)
        day, hour = values.pop("day"), values.pop("hour")
        return {**values, "held_at": timezone.make_aware(datetime.datetime.combine(day, hour))}

    @staticmethod
    def initial_of(meeting: Meeting) -> dict[str, Any]:
        """What the form shows of a meeting."""
        names = (
            "title",
            "minutes_planned",
            "place",
            "access_details",
            "remote_url",
            "message",
            "session_secretary",
        )
        held = timezone.localtime(meeting.held_at)
        return {**{name: getattr(meeting, name) for name in names}, "day": held.date(), "hour": held.time()}


class ItemForm(forms.Form):
    """An item of the agenda."""

    title = forms.CharField(label=_("Title of the item"), max_length=160)
    purpose = forms.ChoiceField(label=_("What is expected"), choices=AgendaItem.Purpose.choices)
    minutes = forms.IntegerField(label=_("Time, in minutes"), min_value=1, max_value=240, initial=15)
    explanation = forms.CharField(
        label=_("What it is about"), max_length=3000, required=False, widget=Textarea({"rows": 3})
    )
    is_confidential = forms.BooleanField(
        label=_("Confidential: never in what is made public"), required=False
    )


class DocumentForm(forms.Form):
    """A file that goes with an item."""

    title = forms.CharField(label=_("Title of the document"), max_length=120)
    file = forms.FileField(label=_("File"), help_text=_("PDF, text, sheet or picture, 20 MB at most."))


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("Why"), max_length=300)


class ConveneForm(forms.Form):
    """What has to be said when the notice is late, or sent for the president."""

    late_reason = forms.CharField(label=_("Why it is sent late"), max_length=300, required=False)
    presidents_order = forms.CharField(
        label=_("How the president asked for it"), max_length=200, required=False,
        help_text=_("For example: order signed on paper on 3 March."),
    )  # fmt: skip

    def __init__(self, *args: Any, is_late: bool, is_president: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_late:
            del self.fields["late_reason"]
        if is_president:
            del self.fields["presidents_order"]


class ProofForm(forms.Form):
    """How a notice went."""

    way = forms.ChoiceField(label=_("Way"), choices=[*ConveningProof.Way.choices[1:], ("bounced", _("the e-mail came back"))])  # fmt: skip
    by_label = forms.CharField(label=_("By whom"), max_length=120, required=False)
    note = forms.CharField(label=_("Note"), max_length=200, required=False)


class GuestForm(forms.Form):
    """Someone invited to advise."""

    name = forms.CharField(label=_("Name"), max_length=120)
    role = forms.CharField(label=_("Why they are invited"), max_length=160, required=False)
    way = forms.ChoiceField(label=_("How"), choices=Attendance.Way.choices[:2])


class ProxyForm(forms.Form):
    """Who is absent, and who votes for them."""

    giver = forms.ModelChoiceField(Mandate.objects.none(), label=_("Who is absent"))
    holder = forms.ModelChoiceField(Mandate.objects.none(), label=_("Who votes for them"))

    def __init__(self, *args: Any, mandates: list[Mandate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Mandate.objects.filter(pk__in=[one.pk for one in mandates])
        givers: Any = self.fields["giver"]
        holders: Any = self.fields["holder"]
        givers.queryset, holders.queryset = rows.filter(rank=Mandate.Rank.FULL), rows


class DemandForm(forms.Form):
    """What a meeting is demanded for."""

    mandate = forms.ModelChoiceField(Mandate.objects.none(), label=_("Who demands it"))
    subjects = forms.CharField(
        label=_("What you want to talk about"), max_length=2000, widget=Textarea({"rows": 4}),
        help_text=_("One subject per line. Each becomes an item of the agenda."),
    )  # fmt: skip

    def __init__(self, *args: Any, mandates: list[Mandate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["mandate"]
        field.queryset = Mandate.objects.filter(pk__in=[one.pk for one in mandates])
        if len(mandates) == 1:
            field.initial, field.widget = mandates[0].pk, forms.HiddenInput()

    def given(self) -> dict[str, Any]:
        """What the service takes."""
        return {**self.cleaned_data, "subjects": self.cleaned_data["subjects"].splitlines()}


class DoorForm(forms.Form):
    """A member says they are there."""

    code = forms.CharField(
        label=_("Your code"), max_length=120, help_text=_("Four words and two figures, on your notice of meeting."),
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )  # fmt: skip
    way = forms.ChoiceField(
        label=_("Where are you?"), choices=[("present", _("In the room")), ("remote", _("Far away"))],
        widget=forms.RadioSelect, initial="present",
    )  # fmt: skip

    def __init__(self, *args: Any, knows_who: bool, allows_remote: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if knows_who:
            del self.fields["code"]
        if not allows_remote:
            del self.fields["way"]


class DecisionForm(forms.Form):
    """A question put to the vote."""

    question = forms.CharField(label=_("Question"), max_length=300)
    kind = forms.ChoiceField(
        label=_("How people vote"), choices=Decision.Kind.choices, widget=forms.RadioSelect
    )


class CountForm(forms.Form):
    """Hands or paper ballots counted: three numbers by constituency, or three in all for a secret vote."""

    ALL = "all"

    def __init__(self, *args: Any, places: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = places or [self.ALL]
        labels = dict(Constituency.choices)
        if self.is_bound:  # what was not written counts nobody
            typed = {name: value for name, value in self.data.items() if value.strip()}
            self.data = {f"{place}-{name}": "0" for place in self.places for name in CHOICES} | typed
        for place in self.places:
            for choice, label in (("for", _("For")), ("against", _("Against")), ("abstain", _("Abstention"))):
                field = forms.IntegerField(label=label, min_value=0, max_value=MOST_HANDS, initial=0)
                field.widget.attrs["inputmode"] = "numeric"
                self.fields[f"{place}-{choice}"] = field
        self.labels = {place: labels.get(place, _("All together")) for place in self.places}

    @property
    def rows(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The fields of each constituency, named."""
        return [(self.labels[place], [self[f"{place}-{name}"] for name in CHOICES]) for place in self.places]

    def counts(self) -> dict[str, Votes]:
        """What the service takes."""
        found = {}
        for place in self.places:
            numbers = [
                self.cleaned_data.get(f"{place}-{name}") or 0 for name in ("for", "against", "abstain")
            ]
            found["" if place == self.ALL else place] = Votes(*numbers)
        return found


class AmendmentForm(forms.Form):
    """A correction asked for."""

    text = forms.CharField(label=_("What should be written"), max_length=3000, widget=Textarea({"rows": 3}))


class ScanForm(forms.Form):
    """The minutes signed on paper."""

    scan = forms.FileField(label=_("Scan of the signed paper"), help_text=_("PDF or picture, 20 MB at most."))


class PassOnForm(forms.Form):
    """When the managing body and the authority received the minutes."""

    to_operator_on = forms.DateField(
        label=_("Passed to the managing body on"), required=False, widget=DateInput
    )
    to_authority_on = forms.DateField(label=_("Passed to the authority on"), required=False, widget=DateInput)
