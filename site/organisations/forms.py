"""How an administrator writes an organisation."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from organisations.models import Organisation
from territories.forms import TerritoryField


class OrganisationForm(forms.ModelForm):
    """The territory by its name or code; identifiers one a line, as `siret: 12345678900011`."""

    territory = TerritoryField(label=_("Territory"))
    identifiers = forms.CharField(
        label=_("Identifiers"),
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("One a line: siret: 12345678900011"),
    )

    class Meta:
        model = Organisation
        fields = ("name", "slug", "kind", "territory", "identifiers", "is_demo")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        instance: Organisation | None = kwargs.get("instance")
        if instance and instance.pk:
            numbers = "\n".join(f"{one.scheme}: {one.value}" for one in instance.identifiers.all())
            initial = {"identifiers": numbers, "territory": instance.territory}
            kwargs["initial"] = {**initial, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.fields["slug"].disabled = bool(instance and instance.pk)

    def clean_identifiers(self) -> dict[str, str]:
        return parse_identifiers(self.cleaned_data["identifiers"].replace("\n", "|"))


def parse_identifiers(text: str) -> dict[str, str]:
    """`siret: 123 | finess: 456` as a mapping; raises ValidationError on a part without a colon."""
    pairs = {}
    for part in (part.strip() for part in text.split("|")):
        scheme, colon, value = (piece.strip() for piece in part.partition(":"))
        if part and not (colon and scheme and value):
            raise forms.ValidationError(
                _("Write “%(text)s” as a name, a colon and a number: siret: 12345678900011.") % {"text": part}
            )
        if part:
            pairs[scheme.lower()] = value.replace(" ", "")
    return pairs
