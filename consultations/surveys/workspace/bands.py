"""Bands as an organiser types them: `1; 4; 8`."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.surveys.bands import MAX_BANDS, bands_of
from consultations.surveys.flow import plain, to_number
from consultations.surveys.structure import Question

BETWEEN = re.compile(r",\s+|[;\s]+")


class BandsField(forms.CharField):
    """Numbers between semicolons or spaces, `0,5` being a half; a list of numbers in the document."""

    def clean(self, value: Any) -> list[float]:
        """In order; anything else is refused naming what is wrong."""
        text = str(super().clean(value))
        found: list[float] = []
        for typed in (each for each in BETWEEN.split(text.strip()) if each):
            number = to_number(typed)
            if number is None:
                raise forms.ValidationError(
                    _("“%(typed)s” is not a number. Write for example: 1; 5; 10."), params={"typed": typed}
                )
            if found and number <= found[-1]:
                raise forms.ValidationError(_("Write each number once, the smallest first."))
            found.append(number)
        if len(found) >= MAX_BANDS:
            raise forms.ValidationError(
                _("At most %(count)d bands: write fewer numbers."), params={"count": MAX_BANDS}
            )
        return found

    def prepare_value(self, value: Any) -> Any:
        """The numbers of the document as they are typed; what was just typed as it is."""
        if isinstance(value, list):
            return "; ".join(plain(each) for each in value if isinstance(each, int | float))
        return value


def bands_in_words(question: Question) -> str:
    """How a saved question will be counted in figures; empty when it will not."""
    return " · ".join(band.label for band in bands_of(question))
