"""What is typed to find, create and move sheets. Forms check shapes; services check rules."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import is_administrator
from consultations.actions.models import ActionSheet, Axis, Programme, State
from consultations.actions.organisation_field import OrganisationField
from consultations.actions.permissions import WRITING_ROLES, organisations_held
from consultations.process.forms import DateInput, _pks
from consultations.process.models import Consultation
from consultations.process.search import found_needs
from consultations.process.selectors import visible_to
from needs.models import Need
from territories.forms import TerritoryField, Written

Area = forms.Textarea
MAX_SHEETS = 100


class PublicFilterForm(forms.Form):
    """Words, a programme, a place and a state: each narrows the list."""

    q = forms.CharField(label=_("Words or number"), max_length=80, required=False)
    programme = forms.ModelChoiceField(
        Programme.objects.filter(is_public=True), label=_("Programme"), required=False, empty_label=_("All"),
        to_field_name="slug",
    )  # fmt: skip
    axis = forms.ModelChoiceField(Axis.objects.none(), label=_("Axis"), required=False, empty_label=_("All"))
    need = forms.ChoiceField(label=_("Need"), required=False)
    territory = TerritoryField(label=_("Place"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("All")), *State.choices])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = Programme.objects.filter(
            is_public=True, slug=str(self["programme"].value() or "")[:80]
        ).first()
        field: Any = self.fields["axis"]
        if asked:
            field.queryset = asked.axes.all()
        else:
            del self.fields["axis"]
        answered = Need.objects.filter(action_sheets__announced_on__isnull=False).distinct()
        self.fields["need"].choices = [  # type: ignore[attr-defined]
            ("", _("All")), *((one.code, one.plain_label) for one in answered),
        ]  # fmt: skip


class WorkspaceFilterForm(forms.Form):
    """Which sheets a person wants to work on."""

    q = forms.CharField(label=_("Words or number"), max_length=80, required=False)
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("All")), *State.choices])


class PlacesField(forms.CharField):
    """Several places, one per line, each by its name or its code."""

    widget = Area

    def clean(self, value: Any) -> list[Any]:
        text = super().clean(value)
        one = TerritoryField(required=True)
        found, problems = [], []
        for line in filter(None, (line.strip() for line in text.splitlines()[:50])):
            try:
                found.append(one.clean(Written(line)))
            except forms.ValidationError as error:
                problems += [f"{line} : {message}" for message in error.messages]
        if problems:
            raise forms.ValidationError(problems)
        return found


class SheetFields(forms.Form):
    """What stands before the texts, whoever writes it."""

    title = forms.CharField(
        label=_("Title"), max_length=200, help_text=_("What will be done, as a neighbour would say it.")
    )
    programme = forms.ModelChoiceField(
        Programme.objects.all(), label=_("Programme"), required=False, empty_label=_("None")
    )
    axis = forms.ModelChoiceField(
        Axis.objects.select_related("programme"), label=_("Axis"), required=False, empty_label=_("None")
    )
    territory = TerritoryField(label=_("Territory"), help_text=_("The place that answers for the sheet."))
    consultation = forms.ModelChoiceField(
        Consultation.objects.none(), label=_("Consultation"), required=False, empty_label=_("None"),
        help_text=_("Its page will show the sheet."),
    )  # fmt: skip

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        axis: Any = self.fields["axis"]
        axis.label_from_instance = lambda one: f"{one.programme.title} – {one}"
        consultation: Any = self.fields["consultation"]
        consultation.queryset = visible_to(user)


class NewSheetForm(SheetFields):
    """A new sheet: what it is, where, and who leads."""

    lead = OrganisationField(
        label=_("Lead organisation"), required=False,
        help_text=_("Write its name. Leave empty when it is not known yet."),
    )  # fmt: skip
    field_order = ["title", "lead", "territory", "programme", "axis", "consultation"]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        mine = organisations_held(user, *WRITING_ROLES)
        if len(mine) == 1 and not is_administrator(user):
            lead: Any = self.fields["lead"]
            lead.initial = lead.queryset.get(pk__in=mine).name


class DetailsForm(SheetFields):
    """The structured fields of a sheet; `base` is what the writer started from."""

    number = forms.IntegerField(label=_("Number"), min_value=1, max_value=999, required=False)
    places = PlacesField(
        label=_("Where it acts"), required=False, max_length=3000, widget=Area({"rows": 3}),
        help_text=_("One place per line. Leave empty when it is the whole territory."),
    )  # fmt: skip
    audiences = forms.MultipleChoiceField(
        label=_("People concerned"), choices=Consultation.Audience.choices, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    needs_query = forms.CharField(label=_("Find a need"), max_length=80, required=False)
    needs = forms.ModelMultipleChoiceField(
        Need.objects.none(), label=_("Needs it answers"), required=False, widget=forms.CheckboxSelectMultiple
    )
    depends_on = forms.ModelMultipleChoiceField(
        ActionSheet.objects.none(), label=_("Sheets it needs first"), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    base = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20_000)
    field_order = [
        "number", "title", "programme", "axis", "territory", "places", "audiences", "needs_query", "needs",
        "depends_on", "consultation", "base",
    ]  # fmt: skip

    def __init__(self, *args: Any, user: User, sheet: ActionSheet, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self._offer_needs()
        others = ActionSheet.objects.exclude(pk=sheet.pk)
        near = (
            others.filter(programme=sheet.programme)
            if sheet.programme_id
            else others.filter(territory=sheet.territory)
        )
        field: Any = self.fields["depends_on"]
        field.queryset = near
        if not near.exists():
            del self.fields["depends_on"]

    def _offer_needs(self) -> None:
        field: Any = self.fields["needs"]
        field.queryset = Need.objects.filter(valid_to=None)
        chosen = list(Need.objects.filter(pk__in=_pks(self["needs"].value() or [])))
        found = found_needs(self["needs_query"].value() or "")
        known = {need.pk: need for need in [*chosen, *found]}
        field.choices = [(pk, need.plain_label) for pk, need in known.items()]

    def values(self) -> dict[str, Any]:
        """What the service takes."""
        left_out = {"needs_query", "base"}
        cleaned = {name: value for name, value in self.cleaned_data.items() if name not in left_out}
        return {name: list(v) if name in {"needs", "depends_on"} else v for name, v in cleaned.items()}


class AssignForm(forms.Form):
    """Which organisations lead, and who is in charge."""

    lead = OrganisationField(label=_("Lead organisation"), required=False)
    co_lead = OrganisationField(label=_("Co-lead organisation"), required=False)
    email = forms.EmailField(
        label=_("E-mail address of the person in charge"), required=False,
        help_text=_("Someone who has an account and works for one of them. The address is not shown."),
    )  # fmt: skip


class MoveForm(forms.Form):
    """A step of the life of a sheet: its day, and the words it asks for."""

    words = forms.CharField(label=_("Reason"), max_length=1000, required=False, widget=Area({"rows": 3}))
    on = forms.DateField(
        label=_("Day"), widget=DateInput, required=False, help_text=_("Leave empty when it is today.")
    )

    def __init__(self, *args: Any, asks: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = self.fields["words"]
        if asks == "decision":
            words.label = _("Who adopted it, and by what decision")
            words.help_text = _("For example: standing committee of 12 March.")
            words.widget = forms.TextInput({"maxlength": 400})
            words.max_length = 400  # type: ignore[attr-defined]
        elif asks == "reason":
            words.label, words.help_text = _("Reason"), _("Everyone will read it, on the page of the sheet.")
        else:
            del self.fields["words"]
        if asks:
            words.required = True
