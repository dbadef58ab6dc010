"""A service in sections: what is shown at once stays short, and an error never hides in another page."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from directory.codes import Audience, Language, Mode, Reach, ReachedBy
from directory.forms.fields import LinesField, NeedGroup, NeedsField, TerritoriesField, need_groups
from directory.models import Location, Scheme, Service
from needs.models import Need
from organisations.models import Organisation

CODES = {"modes": Mode, "audiences": Audience, "languages": Language, "reach": Reach, "reached_by": ReachedBy}
PARAGRAPHS = {
    "description": 8,
    "easy_read": 5,
    "situations": 3,
    "eligibility": 3,
    "fee_words": 2,
    "remaining_words": 3,
}
HINTS = {
    "name": _("As people say it, not as the law names it."),
    "description": _(
        "What happens there, with whom, how it goes. Plain words: an 82-year-old person reads it."
    ),
    "easy_read": _("Short sentences, one idea per line. It is also read aloud."),
    "situations": _("For example: after a stay in hospital, when a relative can no longer help."),
    "eligibility": _("Everything that is asked before helping."),
    "remaining_words": _("What people pay in the end, once all help is deducted."),
    "phone": _("The number people should call first."),
    "email": _("A mailbox of the team, never a person’s own."),
    "average_delay_days": _("Between the request and the first help."),
    "review_months": _("We remind you when it is time to read the record again."),
}


@dataclass(frozen=True)
class Section:
    """One page of the form."""

    slug: str
    label: str | Promise
    fields: tuple[str, ...]


SECTIONS = (
    Section("essentiel", _("What it is"), ("name", "kind", "description", "easy_read", "modes", "published")),
    Section("besoins", _("The needs it meets"), ("needs", "schemes")),
    Section(
        "public",
        _("For whom"),
        ("audiences", "age_min", "age_max", "situations", "eligibility", "eligible_territories", "coverage", "languages"),
    ),
    Section("contact", _("How to get in touch"), ("reach", "reached_by", "phone", "email", "link", "takes_requests")),
    Section("prix", _("Price, papers, waiting"), ("fee", "amount_min", "amount_max", "fee_words", "remaining_words", "documents", "average_delay_days")),
    Section("lieux", _("Places and checks"), ("locations", "holidays", "review_months")),
)  # fmt: skip


def section_of(slug: str) -> Section | None:
    return next((one for one in SECTIONS if one.slug == slug), None)


class SectionForm(forms.Form):
    """The fields of one section; checks the shape, the service checks the rest."""

    def __init__(self, *args: Any, section: Section, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.section = section
        for name in section.fields:
            self.fields[name] = _field(name, organisation)
        if "needs" in self.fields:
            field: Any = self.fields["needs"]
            field.queryset = Need.objects.offered(self.initial.get("needs", ()))

    @property
    def groups(self) -> list[NeedGroup]:
        """The needs under their headings, where the section has some."""
        return need_groups(self["needs"]) if "needs" in self.fields else []


def initial_of(service: Service, section: Section) -> dict[str, Any]:
    """What the form shows before anything is changed."""
    many = {one.name for one in Service._meta.many_to_many}
    return {
        name: list(getattr(service, name).all()) if name in many else getattr(service, name)
        for name in section.fields
    }


def _field(name: str, organisation: Organisation) -> forms.Field:
    stored = Service._meta.get_field(name)
    label = str(getattr(stored, "verbose_name", name))
    label = label[:1].upper() + label[1:]
    hint = HINTS.get(name, "")
    if name in CODES:
        return forms.MultipleChoiceField(
            label=label, choices=CODES[name].choices, required=False, widget=forms.CheckboxSelectMultiple
        )
    if name == "documents":
        return LinesField(label=label, required=False, help_text=_("One per line."))
    if name in {"coverage", "eligible_territories"}:
        return TerritoriesField(
            label=label,
            required=False,
            help_text=_("One per line: a commune, a group of communes, a département."),
        )
    if name in {"needs", "schemes", "locations"}:
        return _rows(name, label, organisation)
    return _plain(stored, label, hint)


def _rows(name: str, label: str, organisation: Organisation) -> forms.Field:
    offered: Any = {
        "needs": Need.objects.none(),
        "schemes": Scheme.objects.all(),
        "locations": Location.objects.filter(organisation=organisation),
    }[name]
    made = NeedsField if name == "needs" else forms.ModelMultipleChoiceField
    return made(offered, label=label, required=False, widget=forms.CheckboxSelectMultiple)


def _plain(stored: Any, label: str, hint: Any) -> forms.Field:
    """The field Django would make of the column, with our words and sizes."""
    field: forms.Field = stored.formfield()
    field.label = label
    field.help_text = hint or field.help_text
    if stored.name in PARAGRAPHS:
        field.widget = forms.Textarea({"rows": PARAGRAPHS[stored.name]})
    if isinstance(stored, models.DecimalField):
        field.localize = True
        field.widget = forms.TextInput({"inputmode": "decimal"})
    return field


class NewServiceForm(forms.Form):
    """The least a record needs; the other sections come next."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Organisation"), empty_label=_("Choose")
    )
    name = forms.CharField(label=_("Name"), max_length=150, help_text=HINTS["name"])
    description = forms.CharField(
        label=_("Description"),
        max_length=10_000,
        widget=forms.Textarea({"rows": 6}),
        help_text=HINTS["description"],
    )

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["organisation"]
        field.queryset = organisations
        offered = list(organisations[:2])
        if len(offered) == 1:
            field.initial = offered[0].pk
