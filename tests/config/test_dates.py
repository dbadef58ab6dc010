"""A date is typed day first in both languages, or as ISO writes it."""

from datetime import date, datetime

import pytest
from django import forms
from django.utils import translation


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("typed", ["05/06/2027", "2027-06-05"])
def test_day_first_in_every_language(language: str, typed: str) -> None:
    with translation.override(language):
        assert forms.DateField().clean(typed) == date(2027, 6, 5)
        hour = forms.DateTimeField().clean(f"{typed} 08:30")
        assert isinstance(hour, datetime) and (hour.month, hour.day, hour.hour) == (6, 5, 8)
