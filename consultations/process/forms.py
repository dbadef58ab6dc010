"""What an organiser fills in. Forms check shapes; services check rules."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import active_memberships
from consultations.process.models import Consultation, Stage
from consultations.process.permissions import ORGANISING, covered_territory_ids
from consultations.process.search import found_needs, found_territories
from core.widgets import DateInput as DateInput
from needs.models import Need
from organisations.models import Organisation
from territories.asked import address_of
from territories.models import Territory


def organisations_of(user: User) -> QuerySet[Organisation]:
    """The organisations in whose name the person may ask."""
    if user.is_superuser:
        return Organisation.objects.all()
    held = [m.organisation_id for m in active_memberships(user) if m.role in ORGANISING and m.organisation_id]
    return Organisation.objects.filter(
        Q(pk__in=held) | Q(territory__in=covered_territory_ids(user, *ORGANISING))
    )


class ConsultationForm(forms.Form):
    """A consultation in four parts; places and needs are found by search, with or without JavaScript."""

    title = forms.CharField(
        label=_("Title"), max_length=120, help_text=_("A sentence a neighbour would say.")
    )
    summary = forms.CharField(
        label=_("Summary"), max_length=400, required=False, widget=forms.Textarea({"rows": 3}),
        help_text=_("One or two sentences, shown in lists."),
    )  # fmt: skip
    purpose = forms.CharField(
        label=_("What the answers will be used for"), max_length=2000, required=False,
        widget=forms.Textarea({"rows": 5}),
    )  # fmt: skip
    easy_read_summary = forms.CharField(
        label=_("Summary, easy to read"), max_length=1000, required=False, widget=forms.Textarea({"rows": 4}),
        help_text=_("Short sentences, one idea per line."),
    )  # fmt: skip
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Who asks"), empty_label=_("Choose")
    )
    territory_query = forms.CharField(label=_("Find a territory"), max_length=80, required=False)
    territory = forms.ModelChoiceField(
        Territory.objects.none(), label=_("Territory"), widget=forms.RadioSelect, empty_label=None,
        error_messages={
            "required": _("Find a territory by its name, then choose it."),
            "invalid_choice": _("This territory is unknown or is not yours: choose one in the list."),
        },
    )  # fmt: skip
    audiences = forms.MultipleChoiceField(
        label=_("Who may answer"), choices=Consultation.Audience.choices, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    needs_query = forms.CharField(label=_("Find a need"), max_length=80, required=False)
    needs = forms.ModelMultipleChoiceField(
        Need.objects.none(), label=_("Needs concerned"), required=False, widget=forms.CheckboxSelectMultiple
    )
    starts_on = forms.DateField(label=_("First day"), widget=DateInput)
    ends_on = forms.DateField(
        label=_("Last day"),
        widget=DateInput,
        required=False,
        help_text=_("Leave empty when it is not known."),
    )
    legal_basis = forms.ChoiceField(label=_("Legal basis"), choices=Consultation.LegalBasis.choices)
    retention_months = forms.IntegerField(
        label=_("Months the answers are kept"), min_value=1, max_value=120, initial=12
    )
    erases_cards = forms.BooleanField(
        label=_("Erase the words of workshop cards after the synthesis"), required=False,
        help_text=_(
            "Cards are then counted and no longer read, 30 days after the synthesis is published. Once the "
            "consultation is published, this promise stays."
        ),
    )  # fmt: skip
    data_categories = forms.CharField(
        label=_("What is collected"), max_length=400, required=False, widget=forms.Textarea({"rows": 2}),
        help_text=_("For the register of processings."),
    )  # fmt: skip
    recipients = forms.CharField(
        label=_("Who sees the answers"), max_length=400, required=False, widget=forms.Textarea({"rows": 2}),
        help_text=_("For the register of processings."),
    )  # fmt: skip
    contact = forms.CharField(
        label=_("Contact for questions"), max_length=200, required=False,
        help_text=_("A phone number is best; it is printed on posters."),
    )  # fmt: skip

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer_organisations(user)
        self._offer_territories(user)
        self._offer_needs()

    def _offer_organisations(self, user: User) -> None:
        field = self.fields["organisation"]
        field.queryset = organisations_of(user)  # type: ignore[attr-defined]
        offered = list(field.queryset[:2])  # type: ignore[attr-defined]
        if len(offered) == 1:
            field.initial = offered[0].pk

    def _value(self, name: str) -> Any:
        return self[name].value()

    def _offer_territories(self, user: User) -> None:
        field = self.fields["territory"]
        field.queryset = Territory.objects.select_related("level")  # type: ignore[attr-defined]
        offered = list(_pks([self._value("territory")]))
        chosen = list(Territory.objects.filter(pk__in=offered).select_related("level"))
        found = found_territories(user, self._value("territory_query") or "")
        known = {territory.pk: territory for territory in [*chosen, *found]}
        field.choices = [(pk, territory_label(t)) for pk, t in known.items()]  # type: ignore[attr-defined]

    def _offer_needs(self) -> None:
        field = self.fields["needs"]
        field.queryset = Need.objects.filter(valid_to=None)  # type: ignore[attr-defined]
        chosen = list(Need.objects.filter(pk__in=_pks(self._value("needs") or [])))
        found = found_needs(self._value("needs_query") or "")
        known = {need.pk: need for need in [*chosen, *found]}
        field.choices = [(pk, need.plain_label) for pk, need in known.items()]  # type: ignore[attr-defined]

    def fields_for_service(self) -> dict[str, Any]:
        """What the services take: everything but the search boxes."""
        cleaned = {**self.cleaned_data, "needs": list(self.cleaned_data["needs"])}
        return {name: value for name, value in cleaned.items() if not name.endswith("_query")}

    @property
    def parts(self) -> list[tuple[str, str, list[forms.BoundField]]]:
        """The sections in order: anchor, heading, fields."""
        sections = [
            ("quoi", _("What for"), ["title", "summary", "purpose", "easy_read_summary"]),
            ("qui", _("Where and with whom"), ["organisation", "territory", "audiences", "needs"]),
            ("quand", _("When"), ["starts_on", "ends_on"]),
            (
                "droits",
                _("People's rights"),
                [
                    "legal_basis",
                    "retention_months",
                    "erases_cards",
                    "data_categories",
                    "recipients",
                    "contact",
                ],
            ),
        ]
        return [(anchor, str(title), [self[name] for name in names]) for anchor, title, names in sections]


def _pks(values: Iterable[Any]) -> Iterable[int]:
    """Numbers among what was posted; a model's own value is its key."""
    for value in values:
        raw = getattr(value, "pk", value)
        if str(raw or "").isdecimal() and len(str(raw)) <= 18:
            yield int(str(raw))


def territory_label(territory: Territory) -> str:
    """Name and level: `Agen` is a commune, an EPCI, cantons and an arrondissement."""
    return f"{territory.name} ({territory.level.name}, {territory.code})"


class StageForm(forms.Form):
    """Where a stage stands."""

    status = forms.ChoiceField(label=_("Where it stands"), choices=Stage.Status.choices)
    figure = forms.CharField(
        label=_("Figure or date shown"), max_length=20, required=False,
        help_text=_("A number or a word, for example 14 or May. Never about fewer than 11 people."),
    )  # fmt: skip
    note = forms.CharField(label=_("Note"), max_length=200, required=False)
    planned_on = forms.DateField(label=_("Planned for"), widget=DateInput, required=False)


class ClosingForm(forms.Form):
    """What became of it, before closing."""

    restitution = forms.CharField(
        label=_("What became of what people said"), max_length=5000, widget=forms.Textarea({"rows": 8}),
        help_text=_("What was heard, what was decided, what was not and why. Everyone will read it."),
        error_messages={"required": _("Write what became of it: those who spoke will read it.")},
    )  # fmt: skip


class PublicFilterForm(forms.Form):
    """Which consultations a visitor wants to see."""

    territory = forms.ChoiceField(label=_("Territory"), required=False)
    audience = forms.ChoiceField(
        label=_("I am one of the"), required=False,
        choices=[("", _("Everyone")), *Consultation.Audience.choices],
    )  # fmt: skip

    def __init__(self, data: Mapping[str, Any], *, territory: Territory | None = None) -> None:
        """`territory` is the one asked for, however its code was written."""
        super().__init__({**data, "territory": address_of(territory) if territory else ""})
        public = Consultation.objects.public().values("territory")
        offered = list(Territory.objects.filter(pk__in=public).order_by("search_name"))
        if territory and territory not in offered:
            offered.append(territory)
        places = [(address_of(each), each.name) for each in offered]
        self.fields["territory"].choices = [("", _("All territories")), *places]  # type: ignore[attr-defined]


OWING = "owing"


class WorkspaceFilterForm(forms.Form):
    """Which of their consultations an organiser wants to see."""

    q = forms.CharField(label=_("Words of the title"), required=False, max_length=80)
    status = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("All")),
            *Consultation.Status.choices,
            (OWING, _("over, and have not said what became of it")),
        ],
    )
