"""Fields that point to an object of another app by its public address.

An address, not a foreign key: the object may be deleted or replaced by its own app without asking the pages,
and revisions keep meaning what they meant.
"""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms import lookups


class _ReferenceField(models.CharField):
    """A text column whose form is a list of what exists, plus what is stored."""

    def formfield(self, **kwargs: Any) -> Any:
        kwargs.pop("choices_form_class", None)
        kwargs |= {"form_class": _ReferenceFormField, "read": self.read}
        return models.Field.formfield(self, **kwargs)

    @staticmethod
    def read() -> list[tuple[str, str]]:
        raise NotImplementedError

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, _path, arguments, options = super().deconstruct()
        return name, "django.db.models.CharField", arguments, options


class _ReferenceFormField(forms.ChoiceField):
    def __init__(self, *, read: Any, **kwargs: Any) -> None:
        kwargs.pop("max_length", None)
        super().__init__(choices=lambda: [("", "---------"), *read()], **kwargs)


class ConsultationSlugField(_ReferenceField):
    """The address of a public consultation."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        defaults: dict[str, Any] = {"verbose_name": _("consultation"), "max_length": 80, "blank": True}
        super().__init__(*args, **(defaults | kwargs))

    @staticmethod
    def read() -> list[tuple[str, str]]:
        return lookups.consultation_choices()


class IndicatorCodeField(_ReferenceField):
    """The code of an indicator of the observatory."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        defaults: dict[str, Any] = {"verbose_name": _("indicator"), "max_length": 120, "blank": True}
        super().__init__(*args, **(defaults | kwargs))

    @staticmethod
    def read() -> list[tuple[str, str]]:
        return lookups.indicator_choices()
