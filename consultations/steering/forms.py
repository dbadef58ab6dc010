"""What narrows the board."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.actions.models import Axis, Programme
from consultations.actions.models.means import FIRST_YEAR, LAST_YEAR
from consultations.steering.selectors.scope import Asked
from territories.forms import TerritoryField


class BoardForm(forms.Form):
    """A programme, its axis, a territory and what it holds, years of the money."""

    programme = forms.ChoiceField(label=_("Programme"), required=False)
    axis = forms.ModelChoiceField(Axis.objects.none(), label=_("Axis"), required=False, empty_label=_("All"))
    territory = TerritoryField(label=_("Territory"), required=False)
    first_year = forms.IntegerField(
        label=_("Money from"), required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR
    )
    last_year = forms.IntegerField(
        label=_("Money until"), required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR
    )

    def __init__(self, data: Any, *, is_inside: bool) -> None:
        super().__init__(data)
        known = Programme.objects.all() if is_inside else Programme.objects.filter(is_public=True)
        self.programmes = {one.slug: one for one in known}
        field: Any = self.fields["programme"]
        field.choices = [("", _("All")), *((slug, one.title) for slug, one in self.programmes.items())]
        asked = self.programmes.get(str(self["programme"].value() or ""))
        if asked is None:
            del self.fields["axis"]
        else:
            axis: Any = self.fields["axis"]
            axis.queryset = asked.axes.all()

    def asked(self) -> Asked:
        """What was chosen; what is not valid narrows nothing, and the form says so."""
        given = self.cleaned_data if self.is_bound and self.is_valid() else {}
        return Asked(
            self.programmes.get(given.get("programme", "")), given.get("axis"), given.get("territory")
        )

    def years(self) -> dict[str, int | None]:
        """The years of the money."""
        given = self.cleaned_data if self.is_bound and self.is_valid() else {}
        return {"first_year": given.get("first_year"), "last_year": given.get("last_year")}
