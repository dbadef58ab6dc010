"""What is typed about elections. Forms check shapes; services check rules."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from consultations.councils.models import Constituency, Council, Mandate, Office
from consultations.councils.rules.seating import SeatCount
from consultations.councils.selectors import seats_on
from consultations.elections.eligibility import electors_of_office
from consultations.elections.models import MOST_SEATS, Election
from consultations.elections.services import Drawing, open_ties
from consultations.process.forms import DateInput
from core.widgets import DateParts

BLANK, VOID, MOST_LINES = "B", "N", 3000
TYPED_AS = {"opens_at": "opens_on", "closes_at": "closes_on", "constituency": "what", "office": "what"}


class TimeInput(forms.TimeInput):
    """The browser's own time field."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class ElectionForm(forms.Form):
    """A draft: for whom, how many seats, how and when."""

    title = forms.CharField(
        label=_("Title"), max_length=160,
        help_text=_("As people will read it on their letter. For example: who speaks for the residents?"),
    )  # fmt: skip
    what = forms.ChoiceField(label=_("Who is elected"))
    seats = forms.IntegerField(
        label=_("Seats to fill"), min_value=0, max_value=MOST_SEATS, initial=1,
        help_text=_("As many names may be chosen as there are seats. Write 0 to elect substitutes only."),
    )  # fmt: skip
    substitute_seats = forms.IntegerField(
        label=_("Seats of substitutes"), min_value=0, max_value=MOST_SEATS, initial=0,
        help_text=_("They go to those who come next. Write 0 if there are none."),
    )  # fmt: skip
    method = forms.ChoiceField(
        label=_("How people vote"), choices=Election.Method, initial="both", widget=forms.RadioSelect
    )
    opens_on = forms.DateField(label=_("First day of the vote"), widget=DateInput)
    opens_hour = forms.TimeField(label=_("The vote opens at"), initial="09:00", widget=TimeInput)
    closes_on = forms.DateField(label=_("Last day of the vote"), widget=DateInput)
    closes_hour = forms.TimeField(label=_("The vote closes at"), initial="18:00", widget=TimeInput)
    term_starts_on = forms.DateField(
        label=_("First day of the mandates"), widget=DateInput,
        help_text=_("The day those elected take their seats: the day of the close, or later."),
    )  # fmt: skip

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seats = seats_on(council, timezone.localdate())
        field: Any = self.fields["what"]
        field.choices = [
            (_("Representatives"), [("c:" + code, _seats_words(code, seats[code])) for code in seats]),
            (_("Offices, elected by the members"), [("o:" + code, label) for code, label in Office.choices]),
        ]

    def values(self) -> dict[str, Any]:
        """As the service takes them."""
        given = dict(self.cleaned_data)
        kind, _colon, code = given.pop("what").partition(":")
        for name in ("opens", "closes"):
            day, hour = given.pop(f"{name}_on"), given.pop(f"{name}_hour")
            given[f"{name}_at"] = timezone.make_aware(datetime.datetime.combine(day, hour))
        return {**given, "constituency": code if kind == "c" else "", "office": code if kind == "o" else ""}

    def take(self, error: ValidationError) -> None:
        """Put what the service refused at the field where it was typed."""
        if not hasattr(error, "error_dict"):
            self.add_error(None, error)
            return
        for name, errors in error.error_dict.items():
            place = TYPED_AS.get(name, name)
            self.add_error(place if place in self.fields else None, errors)


def initial_of(election: Election) -> dict[str, Any]:
    """A draft as its form shows it."""
    opens, closes = timezone.localtime(election.opens_at), timezone.localtime(election.closes_at)
    names = ("title", "seats", "substitute_seats", "method", "term_starts_on")
    return {name: getattr(election, name) for name in names} | {
        "what": f"c:{election.constituency}" if election.constituency else f"o:{election.office}",
        "opens_on": opens.date(), "opens_hour": opens.time(),
        "closes_on": closes.date(), "closes_hour": closes.time(),
    }  # fmt: skip


def _seats_words(code: str, count: SeatCount) -> str:
    text = gettext("%(who)s (%(full)d seats, %(substitute)d of substitutes)")
    values = {
        "who": str(Constituency(code).label).capitalize(),
        "full": count.full,
        "substitute": count.substitute,
    }
    return text % values


class RollForm(forms.Form):
    """The roll, a name on each line."""

    names = forms.CharField(
        label=_("Names of those who vote"), max_length=200_000, widget=forms.Textarea({"rows": 10}),
        help_text=_("One name on each line. Writing the roll again replaces it."),
    )  # fmt: skip

    def electors(self) -> list[tuple[str, None]]:
        """Lines that say something."""
        return [(line.strip(), None) for line in self.cleaned_data["names"].splitlines() if line.strip()]


class CandidateForm(forms.Form):
    """Someone who stands in a constituency; what the rules do not ask there is not asked here."""

    name = forms.CharField(label=_("Name"), max_length=120)
    statement = forms.CharField(
        label=_("What they say to those who vote"),
        max_length=1500,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    born_on = forms.DateField(
        label=_("Born on"), required=False, widget=DateParts,
        help_text=_("Decides between equal votes when the rule is age. Needed for a minor."),
    )  # fmt: skip
    seniority_from = forms.DateField(
        label=_("In the establishment since"), required=False, widget=DateInput,
        help_text=_("Staff must have been there for some months; it may also decide between equal votes."),
    )  # fmt: skip
    guardian_name = forms.CharField(
        label=_("Parent or guardian of a minor"),
        max_length=120,
        required=False,
        help_text=_("For a minor only."),
    )
    guardian_consented_on = forms.DateField(
        label=_("Parent or guardian agreed on"), required=False, widget=DateInput
    )

    def __init__(self, *args: Any, election: Election, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if election.constituency != Constituency.STAFF and election.tie_rule != Election.TieRule.SENIORITY:
            del self.fields["seniority_from"]
        if election.constituency != Constituency.SUPPORTED_PERSONS:
            del self.fields["guardian_name"], self.fields["guardian_consented_on"]


class OfficeCandidateForm(forms.Form):
    """A member who stands for an office."""

    mandate = forms.ModelChoiceField(Mandate.objects.none(), label=_("Member who stands"))
    born_on = forms.DateField(
        label=_("Born on"), required=False, widget=DateParts, help_text=_("Decides between equal votes.")
    )
    statement = forms.CharField(
        label=_("What they say to those who vote"),
        max_length=1500,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, *args: Any, election: Election, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["mandate"]
        keys = [one.pk for one in electors_of_office(election)]
        field.queryset = Mandate.objects.filter(pk__in=keys)


class PaperForm(forms.Form):
    """Paper ballots, one on each line: numbers of candidates, B when blank, N when void."""

    ballots = forms.CharField(
        label=_("Paper ballots, one on each line"), required=False, max_length=100_000,
        widget=forms.Textarea({"rows": 8}),
        help_text=_("The numbers of the candidates, for example: 1 3. B when blank, N when void."),
    )  # fmt: skip

    def __init__(self, *args: Any, election: Election, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(one) for one in election.candidates.values_list("number", flat=True)}

    def clean_ballots(self) -> list[list[str] | None]:
        """Each line as a ballot; a line that cannot be read says its number."""
        found: list[list[str] | None] = []
        lines = [line.strip().upper() for line in self.cleaned_data["ballots"].splitlines() if line.strip()]
        for number, line in enumerate(lines[:MOST_LINES], start=1):
            marks = line.replace(",", " ").split()
            if line not in {BLANK, VOID} and not set(marks) <= self.known:
                text = gettext("Line %(number)d cannot be read: write numbers of candidates, B or N.")
                raise ValidationError(text % {"number": number})
            found.append(None if line == VOID else [] if line == BLANK else marks)
        return found


class CountForm(forms.Form):
    """Counting, with the reason of a difference when there is one."""

    discrepancy_reason = forms.CharField(
        label=_("If paper ballots and paper voters differ, why"), max_length=400, required=False
    )


class ReasonForm(forms.Form):
    """A reason that the record keeps."""

    reason = forms.CharField(label=_("Reason"), max_length=400)


class OfficialForm(forms.Form):
    """Making the result official, with the first day of the mandates."""

    term_starts_on = forms.DateField(
        label=_("First day of the mandates"), widget=DateInput,
        help_text=_("The day announced, or a later one if a seat is free only then."),
    )  # fmt: skip

    def __init__(self, *args: Any, election: Election, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["term_starts_on"].initial = election.term_starts_on


class LotsForm(forms.Form):
    """Lots drawn in the room: a place for each name, who drew, before whom; or the computer draws before them."""

    drawn_by = forms.CharField(
        label=_("Who drew the lots"), max_length=120,
        help_text=_("For example: the youngest resident in the room."),
    )  # fmt: skip
    witnesses = forms.CharField(
        label=_("Before whom"),
        max_length=300,
        help_text=_("Two witnesses at least; the candidates may be there."),
    )
    drawn_on = forms.DateField(label=_("On which day"), widget=DateInput, initial=timezone.localdate)

    def __init__(self, *args: Any, election: Election, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = {str(one.number): one.name for one in election.candidates.all()}
        self.is_machine = bool(self.data.get("machine"))
        for group in open_ties(election):
            for key in group:
                self.fields[f"place_{key}"] = forms.IntegerField(
                    label=_("Place drawn by %(name)s") % {"name": people[key]},
                    min_value=1, max_value=len(group), required=not self.is_machine,
                    help_text=_("1 for the first name drawn."),
                )  # fmt: skip
        self.order_fields([name for name in self.fields if name.startswith("place_")])

    def drawing(self) -> Drawing:
        """As the service takes it."""
        given = dict(self.cleaned_data)
        places = {
            name.removeprefix("place_"): given.pop(name) for name in list(given) if name.startswith("place_")
        }
        return Drawing(**given, places=None if self.is_machine else places)


class ReceiptForm(forms.Form):
    """The receipt, as it was shown after the vote."""

    code = forms.CharField(
        label=_("Your receipt"), max_length=200,
        help_text=_("Four words and two digits, for example: lilas cerise canard pinson 42."),
    )  # fmt: skip
