"""An organisation typed by its name, with the known names offered; an unknown one is refused with the near ones."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.text import fold
from organisations.models import Organisation

MOST_OFFERED, MOST_NEAR = 400, 5


class NamedInput(forms.TextInput):
    """A text box with a list of names under it."""

    template_name = "actions/widgets/named.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        listed = f"{context['widget']['attrs'].get('id', name)}_names"
        context["widget"]["attrs"] |= {"list": listed, "autocomplete": "off"}
        names = Organisation.objects.values_list("name", flat=True)[:MOST_OFFERED]
        context["widget"] |= {"list_id": listed, "names": list(names)}
        return context


class OrganisationField(forms.Field):
    """The cleaned value is an `Organisation`, or None when nothing was written."""

    widget = NamedInput

    @property
    def queryset(self) -> Any:
        """Every organisation known here."""
        return Organisation.objects.all()

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Organisation):
            return value.name
        if isinstance(value, int):
            return self.queryset.filter(pk=value).values_list("name", flat=True).first() or ""
        return value

    def to_python(self, value: Any) -> Organisation | None:
        text = str(value or "").strip()[:200]
        return find_organisation(text) if text else None


def find_organisation(text: str) -> Organisation:
    """The organisation of this name or short name, capitals and accents aside; refused when unknown or unclear."""
    exact = Organisation.objects.filter(name=text).first() or Organisation.objects.filter(slug=text).first()
    if exact is not None:
        return exact
    wanted = fold(text)
    rows = [(fold(name), name, pk) for pk, name in Organisation.objects.values_list("pk", "name")]
    same = [pk for folded, _name, pk in rows if folded == wanted]
    if len(same) == 1:
        return Organisation.objects.get(pk=same[0])
    near = [name for folded, name, _pk in rows if wanted and (wanted in folded or folded in wanted)]
    if near:
        raise ValidationError(
            _("We do not know “%(text)s”. Is it one of these? %(near)s")
            % {"text": text, "near": " ; ".join(near[:MOST_NEAR])}
        )
    raise ValidationError(
        _(
            "We do not know “%(text)s”. Choose a name of the list, or ask an administrator to add the organisation."
        )
        % {"text": text}
    )
