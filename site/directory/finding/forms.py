"""The search as a form: words, place, facets. What is forged is named and left out; the rest is still answered."""

from dataclasses import replace
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from directory.codes import Access, Audience, Fee, Language, Mode
from directory.finding.asked import Facets
from directory.finding.facet_counts import Counts
from directory.finding.places import communes_of_postal_code
from directory.models import Scheme
from needs.models import Need
from territories.forms import CommuneField
from territories.models import Territory
from territories.selectors import TerritoryMatch

POSTAL_LENGTH = 5
MAYBE = 90.0
"""Score of a commune that is offered and not taken."""
MOST_CHOSEN = 10
ANY = ("", _("All"))


class PlaceField(CommuneField):
    """A commune by its name or by a postal code; one code may be several communes, then one chooses.

    Five digits are a postal code before they are an INSEE code: the latter is only offered, never taken unasked.
    """

    def _search(self, text: str) -> list[TerritoryMatch]:
        if not _is_postal(text):
            return super()._search(text)
        posted = [TerritoryMatch(place, MAYBE, text) for place in communes_of_postal_code(text)]
        return posted or [replace(one, score=MAYBE) for one in super()._search(text)]

    def _find(self, text: str) -> Territory:
        if _is_postal(text) and len(found := communes_of_postal_code(text)) == 1:
            return found[0]
        return super()._find(text)


def _counted(label: object, count: int) -> str:
    return gettext("%(choice)s (%(count)d)") % {"choice": label, "count": count}


def _is_postal(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) == POSTAL_LENGTH


class SearchForm(forms.Form):
    """Bound to the query string; `facets()` and `cleaned_data` hold only what exists."""

    q = forms.CharField(
        label=_("What do you need?"),
        help_text=_("Write it as you would say it."),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "enterkeyhint": "search"}),
    )
    lieu = PlaceField(
        label=_("Where?"), help_text=_("A commune or a postal code. You can leave it empty."), required=False
    )
    besoin = forms.MultipleChoiceField(label=_("Need"), required=False, widget=forms.MultipleHiddenInput)
    public = forms.ChoiceField(label=_("For whom"), required=False, choices=[ANY, *Audience.choices])
    mode = forms.MultipleChoiceField(
        label=_("How"), required=False, choices=Mode.choices, widget=forms.CheckboxSelectMultiple
    )
    prix = forms.ChoiceField(
        label=_("Price"),
        required=False,
        choices=[ANY, *(one for one in Fee.choices if one[0] != Fee.UNKNOWN)],
    )
    langue = forms.ChoiceField(label=_("Language spoken"), required=False, choices=[ANY, *Language.choices])
    acces = forms.MultipleChoiceField(
        label=_("Accessibility"), required=False, choices=Access.choices, widget=forms.CheckboxSelectMultiple
    )
    dispositif = forms.ChoiceField(label=_("Scheme or right"), required=False)
    ouvert = forms.BooleanField(label=_("Open now"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        needs = Need.objects.current().exclude(family=Need.Family.INDIRECT)
        chosen = self.data.getlist("besoin")[:MOST_CHOSEN] if isinstance(self.data, QueryDict) else []
        self.needs = {need.code: need for need in needs.filter(code__in=chosen)} if chosen else {}
        self._choose("besoin", [(code, need.plain_label) for code, need in self.needs.items()])
        schemes = list(Scheme.objects.order_by("name", "slug").values_list("slug", "name"))
        self.schemes = [slug for slug, _name in schemes]
        self._choose("dispositif", [ANY, *schemes])

    def _choose(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type
        field.choices = choices

    def facets(self) -> Facets:
        """The choices that exist; call it after `is_valid`."""
        said = self.cleaned_data
        return Facets(
            needs=tuple(said.get("besoin") or ()),
            audience=said.get("public", ""),
            modes=tuple(said.get("mode") or ()),
            fee=said.get("prix", ""),
            language=said.get("langue", ""),
            access=tuple(said.get("acces") or ()),
            scheme=said.get("dispositif", ""),
            open_now=bool(said.get("ouvert")),
        )

    def tell(self, counts: Counts) -> None:
        """Say after each choice how many services it would leave; leave out those that would leave none."""
        for name, said in counts.items():
            chosen = self.data.getlist(name) if isinstance(self.data, QueryDict) else []
            field = self.fields[name]
            if not isinstance(field, forms.ChoiceField):
                self[name].label = _counted(field.label, said.get("on", 0))
                continue
            choices: Any = field.choices
            kept = [
                (code, _counted(label, said.get(code, 0)) if code else label)
                for code, label in choices
                if not code or said.get(code) or code in chosen
            ]
            if any(code for code, _label in kept):
                self._choose(name, kept)

    @property
    def forged(self) -> list[str]:
        """The labels of the facets that were asked for something that does not exist."""
        return [str(self.fields[name].label) for name in self.errors if name not in {"q", "lieu"}]

    @property
    def place_is_to_choose(self) -> bool:
        """True when the place may be several, and false when nobody knows it."""
        errors = self.errors.as_data().get("lieu", [])
        return any(error.code in {"several", "near"} for error in errors)
