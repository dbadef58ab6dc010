"""What is typed about elections. Forms check shapes; services check rules."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from consultations.councils.models import Constituency, Council, Mandate, Office
from consultations.councils.selectors import seats_on
from consultations.elections.eligibility import electors_of_office
from consultations.elections.models import MOST_SEATS, Election
from consultations.process.forms import DateInput

BLANK, VOID, MOST_LINES = "B", "N", 3000


class ElectionForm(forms.Form):
    """A draft: for whom, how, when."""

    title = forms.CharField(label=_("Title"), max_length=160)
    what = forms.ChoiceField(label=_("Who is elected"))
    method = forms.ChoiceField(label=_("How people vote"), choices=Election.Method, initial="both")
    opens_on = forms.DateField(label=_("First day of the vote"), widget=DateInput)
    opens_hour = forms.IntegerField(label=_("Opening hour"), min_value=0, max_value=23, initial=9)
    closes_on = forms.DateField(label=_("Last day of the vote"), widget=DateInput)
    closes_hour = forms.IntegerField(label=_("Closing hour"), min_value=0, max_value=23, initial=18)
    seats = forms.IntegerField(label=_("Seats to fill"), min_value=1, max_value=MOST_SEATS, initial=1)
    substitute_seats = forms.IntegerField(
        label=_("Seats of substitutes"), min_value=0, max_value=MOST_SEATS, initial=0
    )
    term_starts_on = forms.DateField(label=_("First day of the mandates"), widget=DateInput)

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seats = seats_on(council, timezone.localdate())
        field: Any = self.fields["what"]
        field.choices = [
            *(("c:" + code, Constituency(code).label) for code in seats),
            *(("o:" + code, label) for code, label in Office.choices),
        ]

    def values(self) -> dict[str, Any]:
        """As the service takes them."""
        given = dict(self.cleaned_data)
        kind, _colon, code = given.pop("what").partition(":")
        for name in ("opens", "closes"):
            day, hour = given.pop(f"{name}_on"), given.pop(f"{name}_hour")
            given[f"{name}_at"] = timezone.make_aware(datetime.datetime.combine(day, datetime.time(hour)))
        return {**given, "constituency": code if kind == "c" else "", "office": code if kind == "o" else ""}


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
    """Someone who stands in a constituency."""

    name = forms.CharField(label=_("Name"), max_length=120)
    statement = forms.CharField(
        label=_("What they say to those who vote"),
        max_length=1500,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    born_on = forms.DateField(label=_("Born on"), required=False, widget=DateInput)
    seniority_from = forms.DateField(label=_("In the establishment since"), required=False, widget=DateInput)
    guardian_name = forms.CharField(label=_("Parent or guardian of a minor"), max_length=120, required=False)
    guardian_consented_on = forms.DateField(
        label=_("Parent or guardian agreed on"), required=False, widget=DateInput
    )


class OfficeCandidateForm(forms.Form):
    """A member who stands for an office."""

    mandate = forms.ModelChoiceField(Mandate.objects.none(), label=_("Member who stands"))
    born_on = forms.DateField(
        label=_("Born on"), required=False, widget=DateInput, help_text=_("Decides between equal votes.")
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
                text = _now("Line %(number)d cannot be read: write numbers of candidates, B or N.")
                raise forms.ValidationError(text % {"number": number})
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
