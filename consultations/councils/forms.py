"""What is typed about a council. Forms check shapes; services check rules."""

import datetime
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import active_memberships, is_administrator
from consultations.councils.models import (
    Constituency,
    Council,
    CouncilKind,
    EndReason,
    Mandate,
    Office,
)
from consultations.councils.permissions import CLERKS
from consultations.councils.rules.seating import SeatCount
from consultations.process.forms import DateInput
from consultations.process.permissions import covered_territory_ids
from core.widgets import DateParts
from organisations.models import Organisation
from territories.forms import TerritoryField

Area = forms.Textarea
OFFICE_HINT = _("The office, never the person's name. For example: the director.")


class CouncilFilterForm(forms.Form):
    """Words, a kind and a place: each narrows the list."""

    q = forms.CharField(label=_("Words of the name or of the establishment"), max_length=80, required=False)
    kind = forms.ChoiceField(
        label=_("Kind of council"), required=False, choices=[("", _("all")), *CouncilKind.choices]
    )
    territory = TerritoryField(label=_("Place"), required=False)


class CouncilTextsForm(forms.Form):
    """What is said of a council."""

    name = forms.CharField(label=_("Name"), max_length=160)
    summary = forms.CharField(
        label=_("What it is for"), max_length=1000, required=False, widget=Area({"rows": 3}),
        help_text=_("One or two sentences, for anyone."),
    )  # fmt: skip
    easy_read_summary = forms.CharField(
        label=_("The same, easy to read"), max_length=1000, required=False, widget=Area({"rows": 3}),
        help_text=_("Short sentences, one idea per line."),
    )  # fmt: skip
    contact = forms.CharField(
        label=_("Contact for questions"), max_length=200, required=False,
        help_text=_("A phone number is best."),
    )  # fmt: skip
    is_public = forms.BooleanField(label=_("Anyone may read its page"), required=False, initial=True)
    shows_names = forms.BooleanField(
        label=_("Show the names of members to anyone"), required=False,
        help_text=_("Only once they have all agreed. Otherwise the page says roles and constituencies."),
    )  # fmt: skip


class CouncilForm(CouncilTextsForm):
    """A new council: its kind, its establishments and its place too."""

    kind = forms.ChoiceField(
        label=_("Kind of council"), choices=CouncilKind.choices, widget=forms.RadioSelect
    )
    organisations = forms.ModelMultipleChoiceField(
        Organisation.objects.none(), label=_("Establishments or bodies"), required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("One for a CVS, several for a common council."),
    )  # fmt: skip
    territory = TerritoryField(
        label=_("Place"), required=False, help_text=_("Leave empty when it is that of the establishment.")
    )
    created_on = forms.DateField(label=_("Created on"), widget=DateInput)
    field_order = ["kind", "name", "organisations", "territory", "created_on"]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["organisations"]
        field.queryset = establishments_for(user)

    def clean(self) -> dict[str, Any]:
        """A council is of a place: the one written, else its establishment's."""
        given = super().clean() or self.cleaned_data
        chosen = list(given.get("organisations") or ())
        if not given.get("territory") and "territory" not in self.errors:
            if chosen:
                given["territory"] = chosen[0].territory
            else:
                self.add_error("territory", _("Write the name of the place, or choose an establishment."))
        return given


def establishments_for(user: User) -> Any:
    """Those the person keeps the papers of."""
    if is_administrator(user):
        return Organisation.objects.all()
    held = {one.organisation_id for one in active_memberships(user) if one.role in CLERKS}
    covered = covered_territory_ids(user, *CLERKS)
    by_place = Organisation.objects.filter(territory__in=covered)
    return (Organisation.objects.filter(pk__in=[pk for pk in held if pk]) | by_place).distinct()


class FoundingActForm(forms.Form):
    """The act, and two numbers for each constituency."""

    signed_on = forms.DateField(label=_("Signed on"), widget=DateInput)
    signed_by_title = forms.CharField(label=_("Signed by"), max_length=120, help_text=OFFICE_HINT)
    valid_from = forms.DateField(
        label=_("Applies from"), widget=DateInput, required=False,
        help_text=_("Leave empty when it applies from the day it is signed."),
    )  # fmt: skip
    sent_to_authority_on = forms.DateField(
        label=_("Sent to the authority on"), widget=DateInput, required=False,
        help_text=_("The authority that authorised the establishment. You may say it later."),
    )  # fmt: skip
    document = forms.FileField(label=_("Signed document"), required=False, help_text=_("PDF or picture."))

    def __init__(self, *args: Any, codes: Iterable[str] = Constituency.values, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = list(codes)
        for code in self.codes:
            label = Constituency(code).label
            for rank, words in (("full", _("full members")), ("substitute", _("substitutes"))):
                self.fields[f"{code}_{rank}"] = forms.IntegerField(
                    label=f"{str(label).capitalize()} : {words}",
                    min_value=0,
                    max_value=99,
                    required=False,
                )

    @property
    def act_fields(self) -> list[forms.BoundField]:
        names = ("signed_on", "signed_by_title", "valid_from", "sent_to_authority_on", "document")
        return [self[name] for name in names]

    @property
    def seat_rows(self) -> list[tuple[str, forms.BoundField, forms.BoundField]]:
        """Each constituency with its two boxes."""
        return [
            (str(Constituency(code).label), self[f"{code}_full"], self[f"{code}_substitute"])
            for code in self.codes
        ]

    def fields_for_service(self) -> dict[str, Any]:
        given = self.cleaned_data
        seats = {
            code: SeatCount(given.get(f"{code}_full") or 0, given.get(f"{code}_substitute") or 0)
            for code in self.codes
        }
        plain = ("signed_on", "signed_by_title", "valid_from", "sent_to_authority_on", "document")
        return {"seats": seats, **{name: given[name] for name in plain}}


class MandateForm(forms.Form):
    """A seat for a person."""

    constituency = forms.ChoiceField(label=_("Constituency"))
    rank = forms.ChoiceField(
        label=_("Seat"), choices=Mandate.Rank.choices, widget=forms.RadioSelect, initial=Mandate.Rank.FULL
    )
    person_name = forms.CharField(label=_("Name of the person"), max_length=120)
    designation = forms.ChoiceField(label=_("How the person was chosen"), choices=Mandate.Designation.choices)
    delegated_by = forms.ModelChoiceField(
        Council.objects.none(), label=_("Sent by the council"), required=False
    )
    starts_on = forms.DateField(label=_("First day"), widget=DateInput)
    ends_on = forms.DateField(
        label=_("Last day"), widget=DateInput, required=False,
        help_text=_("Leave empty for the usual length, set by the bylaws."),
    )  # fmt: skip
    late_reason = forms.CharField(
        label=_("Why it is recorded late"), max_length=300, required=False,
        help_text=_("Only when the first day is past."),
    )  # fmt: skip
    born_on = forms.DateField(
        label=_("Date of birth"), widget=DateParts, required=False,
        help_text=_("For young members, and where the oldest is elected when votes are equal."),
    )  # fmt: skip
    seniority_from = forms.DateField(
        label=_("In the establishment since"), widget=DateParts, required=False,
        help_text=_("For the staff."),
    )  # fmt: skip
    guardian_name = forms.CharField(label=_("Parent or guardian of a minor"), max_length=120, required=False)
    guardian_consented_on = forms.DateField(
        label=_("The parent or guardian agreed on"), widget=DateInput, required=False
    )

    def __init__(self, *args: Any, council: Council, codes: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        constituency: Any = self.fields["constituency"]
        constituency.choices = [(code, Constituency(code).label) for code in codes]
        if council.is_federation:
            sent: Any = self.fields["delegated_by"]
            today = timezone.localdate()
            links = council.federated.in_force(today).values("member")
            sent.queryset = Council.objects.filter(pk__in=links)
        else:
            del self.fields["delegated_by"]


class EndMandateForm(forms.Form):
    ended_on = forms.DateField(label=_("Last day in office"), widget=DateInput)
    reason = forms.ChoiceField(label=_("Why"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["reason"]
        field.choices = [one for one in EndReason.choices if one[0] not in {"promoted", "dissolved"}]


class PromoteForm(forms.Form):
    """Which substitute takes over, from when."""

    substitute = forms.ModelChoiceField(
        Mandate.objects.none(), label=_("Who takes over"), widget=forms.RadioSelect, empty_label=None
    )
    starts_on = forms.DateField(label=_("From"), widget=DateInput)

    def __init__(self, *args: Any, replaced: Mandate, **kwargs: Any) -> None:
        first = replaced.last_day + datetime.timedelta(days=1)
        super().__init__(*args, **kwargs)
        self.initial.setdefault("starts_on", max(first, timezone.localdate()))
        field: Any = self.fields["substitute"]
        today = timezone.localdate()
        same = replaced.council.mandates.substitutes().in_force(today)
        field.queryset = same.filter(constituency=replaced.constituency)
        field.label_from_instance = lambda one: one.name

    @property
    def has_substitutes(self) -> bool:
        field: Any = self.fields["substitute"]
        return bool(field.queryset)


class OfficeForm(forms.Form):
    office = forms.ChoiceField(label=_("Office"), choices=Office.choices)
    starts_on = forms.DateField(label=_("From"), widget=DateInput)


class InviteForm(forms.Form):
    email = forms.EmailField(label=_("E-mail address of the person"))


class VacancyForm(forms.Form):
    constituency = forms.ChoiceField(label=_("Constituency"))
    recorded_on = forms.DateField(label=_("Recorded on"), widget=DateInput)
    reason = forms.CharField(label=_("Why nobody was found"), max_length=300, widget=Area({"rows": 2}))
    signed_by_title = forms.CharField(label=_("Signed by"), max_length=120, help_text=OFFICE_HINT)

    def __init__(self, *args: Any, codes: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["constituency"]
        field.choices = [(code, Constituency(code).label) for code in codes]


class DayForm(forms.Form):
    """One day: sent, lifted, left, ended, dissolved."""

    day = forms.DateField(label=_("Day"), widget=DateInput)


class CouncilDocumentForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=120)
    file = forms.FileField(label=_("File"), help_text=_("PDF, office document or picture, 20 MB at most."))
    is_public = forms.BooleanField(
        label=_("Anyone may read it"), required=False, help_text=_("Otherwise its members only.")
    )


class JoinForm(forms.Form):
    member = forms.ModelChoiceField(Council.objects.none(), label=_("Council"))
    joined_on = forms.DateField(label=_("From"), widget=DateInput)

    def __init__(self, *args: Any, federation: Council, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["member"]
        today = timezone.localdate()
        inside = federation.federated.in_force(today).values("member")
        others = Council.objects.alive_on(today).exclude(pk=federation.pk)
        field.queryset = others.exclude(pk__in=inside)
