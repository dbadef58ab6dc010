"""Numbers by which other systems know a record: their shapes and their keys. Pure.

SIRET and SIREN carry a Luhn key (the offices of La Poste but one: the sum of their digits is a multiple of five);
FINESS carries one too, but in Corsica where it has letters. A data·inclusion number is `source--number`.
"""

import re
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

LA_POSTE = "356000000"
SPACES = re.compile(r"[\s\u00a0\u202f.-]+")
SCHEME_NAME = re.compile(r"[a-z0-9][a-z0-9_.-]{0,29}")


class Scheme(TextChoices):
    """The systems we know; others keep the name an import gave."""

    SIRET = "siret", gettext_lazy("SIRET (14 digits)")
    SIREN = "siren", gettext_lazy("SIREN (9 digits)")
    FINESS = "finess", gettext_lazy("FINESS (9 characters)")
    RNA = "rna", gettext_lazy("RNA (W and 9 digits)")
    DATA_INCLUSION = "data-inclusion", gettext_lazy("data·inclusion (source--number)")


def has_luhn_key(digits: str) -> bool:
    """Every second digit from the right doubled, the sum of all a multiple of ten."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def check_number(scheme: str, value: str) -> str:
    """The number as it is kept; raises ValidationError in words, with the remedy."""
    check = CHECKS.get(scheme)
    return check(value.strip()) if check else value.strip()


def _digits(value: str, length: int, message: str) -> str:
    digits = SPACES.sub("", value)
    if not (digits.isascii() and digits.isdigit() and len(digits) == length):
        raise ValidationError(message)
    return digits


def _siret(value: str) -> str:
    digits = _digits(value, 14, _("A SIRET has 14 digits: read it again on a letter of the organisation."))
    la_poste = digits.startswith(LA_POSTE) and sum(map(int, digits)) % 5 == 0
    if not (has_luhn_key(digits) or la_poste):
        raise ValidationError(_("This SIRET cannot exist: one of its digits is wrong. Read it again."))
    return digits


def _siren(value: str) -> str:
    digits = _digits(value, 9, _("A SIREN has 9 digits: the first nine of the SIRET."))
    if not has_luhn_key(digits):
        raise ValidationError(_("This SIREN cannot exist: one of its digits is wrong. Read it again."))
    return digits


def _finess(value: str) -> str:
    number = SPACES.sub("", value).upper()
    if not re.fullmatch(r"(?:[0-9]{2}|2[AB])[0-9]{7}", number):
        raise ValidationError(_("A FINESS number has 9 characters, and starts with the département."))
    if number.isdigit() and not has_luhn_key(number):
        raise ValidationError(
            _("This FINESS number cannot exist: one of its digits is wrong. Read it again.")
        )
    return number


def _rna(value: str) -> str:
    number = SPACES.sub("", value).upper()
    if not re.fullmatch(r"W[0-9][0-9A-Z][0-9]{7}", number):
        raise ValidationError(_("An RNA number is a W and 9 digits, for example W471234567."))
    return number


def _data_inclusion(value: str) -> str:
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*--\S{1,150}", value):
        raise ValidationError(_("Write the source, two dashes and the number, for example dora--1234."))
    return value


CHECKS: dict[str, Callable[[str], str]] = {
    Scheme.SIRET: _siret,
    Scheme.SIREN: _siren,
    Scheme.FINESS: _finess,
    Scheme.RNA: _rna,
    Scheme.DATA_INCLUSION: _data_inclusion,
}


def scheme_label(scheme: str) -> str:
    """The short name of a system, without the shape of its numbers."""
    known = dict(Scheme.choices).get(scheme)
    return str(known).partition(" (")[0] if known else scheme
