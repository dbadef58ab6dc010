"""Contacts of desks and numbers in other systems, line by line."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.models.base import LINE, SHORT, validate_phone, validate_plain_text
from directory.numbers import SCHEME_NAME, Scheme, check_number, scheme_label
from directory.services.contacts import MOST_CONTACTS, MOST_NUMBERS, Desk, check_desk


class LineForm(forms.Form):
    """A line of a formset: one left empty says nothing."""

    asked: tuple[str, ...] = ()

    @property
    def is_filled(self) -> bool:
        return any(str(self.cleaned_data.get(name) or "").strip() for name in self.asked)


class ContactForm(LineForm):
    """One desk."""

    asked = ("label", "phone", "email", "hours")
    label = forms.CharField(
        label=gettext_lazy("Desk or team"),
        max_length=SHORT,
        required=False,
        validators=[validate_plain_text],
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    phone = forms.CharField(
        label=gettext_lazy("Phone"),
        max_length=30,
        required=False,
        validators=[validate_phone],
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "off"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("Mailbox of the team"),
        required=False,
        widget=forms.EmailInput({"autocomplete": "off"}),
    )
    hours = forms.CharField(
        label=gettext_lazy("When to call"), max_length=LINE, required=False, validators=[validate_plain_text]
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.errors or not self.is_filled:
            return data
        if not data.get("label"):
            self.add_error("label", _("Write the name of the desk or of the team."))
        elif self.has_changed():
            try:
                check_desk(self.desk)
            except ValidationError as error:
                self.add_error(None, error)
        return data

    @property
    def desk(self) -> Desk:
        return Desk(**{name: self.cleaned_data.get(name, "").strip() for name in self.asked})


class NumberForm(LineForm):
    """One number, and the system that gave it."""

    asked = ("scheme", "value")
    scheme = forms.ChoiceField(
        label=gettext_lazy("Which number"), choices=[("", "—"), *Scheme.choices], required=False
    )
    value = forms.CharField(
        label=gettext_lazy("Number"),
        max_length=60,
        required=False,
        validators=[validate_plain_text],
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = self.initial.get("scheme")
        if known and known not in Scheme.values:  # a name an import gave: kept, never lost by saving
            field: Any = self.fields["scheme"]
            field.choices = [*field.choices, (known, scheme_label(known))]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.errors or not self.is_filled or (self.initial and not data.get("value")):
            return data
        if not data.get("scheme") or not SCHEME_NAME.fullmatch(data["scheme"]):
            self.add_error("scheme", _("Choose which number it is."))
        elif not data.get("value"):
            self.add_error("value", _("Write the number, or empty the line."))
        elif self.has_changed():
            try:
                data["value"] = check_number(data["scheme"], data["value"])
            except ValidationError as error:
                self.add_error("value", error)
        return data

    @property
    def is_kept(self) -> bool:
        """True for a line with a number; emptying the number takes the line away."""
        return bool(self.cleaned_data.get("scheme") and self.cleaned_data.get("value"))


class BaseNumberFormSet(BaseFormSet[NumberForm]):
    """One number for each system."""

    def clean(self) -> None:
        seen: set[str] = set()
        for line in self.forms:
            scheme = line.cleaned_data.get("scheme") if hasattr(line, "cleaned_data") else None
            if scheme and line.is_kept:
                if scheme in seen:
                    message = _("%(scheme)s is given twice: keep one of the two.")
                    line.add_error("scheme", message % {"scheme": scheme_label(scheme)})
                seen.add(scheme)

    def is_valid(self) -> bool:
        """Also what `clean` found across the lines."""
        return super().is_valid() and not any(line.errors for line in self.forms)

    @property
    def numbers(self) -> dict[str, str]:
        kept = (line.cleaned_data for line in self.forms if line.is_kept)
        return {data["scheme"]: data["value"].strip() for data in kept}


ContactFormSet: type[BaseFormSet[ContactForm]] = formset_factory(
    ContactForm, extra=2, max_num=MOST_CONTACTS, absolute_max=MOST_CONTACTS + 1
)
NumberFormSet: Any = formset_factory(
    NumberForm, formset=BaseNumberFormSet, extra=2, max_num=MOST_NUMBERS, absolute_max=MOST_NUMBERS + 1
)
