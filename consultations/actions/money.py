"""Euros and other figures as people type them."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext as _

MOST = Decimal("9999999999.99")
CENTS = Decimal("0.01")
EURO = re.compile(r"(€|euros?|eur)\s*$", re.IGNORECASE)
SPACES = re.compile(r"[\s\u00a0\u202f]")


def parse_euros(text: str) -> Decimal:
    """“12 500,50 €” as a number; raises `ValidationError` for another currency, a negative or an unreadable amount."""
    typed = EURO.sub("", text.strip()).strip()
    bare = SPACES.sub("", typed).replace(",", ".")
    if re.search(r"[$£¥₣]|[A-Za-z]{1,4}", bare):
        raise ValidationError(
            _("Amounts are in euros: write the amount alone, “%(text)s” is not one.") % {"text": text[:40]},
            code="currency",
        )
    try:
        amount = Decimal(bare)
    except InvalidOperation as error:
        raise ValidationError(
            _("“%(text)s” is not an amount: write digits, for example 12 500 or 12 500,50.")
            % {"text": text[:40]},
            code="amount",
        ) from error
    if amount < 0:
        raise ValidationError(_("An amount is not negative."), code="negative")
    if amount > MOST or amount != amount.quantize(CENTS):
        raise ValidationError(
            _("Write an amount with at most two decimals, under ten billion."), code="amount"
        )
    return amount.quantize(CENTS)


class EuroField(forms.CharField):
    """An amount in euros; empty is zero."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput({"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(**{"required": False, "max_length": 40, "widget": widget, **kwargs})

    def prepare_value(self, value: Any) -> Any:
        """Without needless decimals, as people write it."""
        if isinstance(value, Decimal):
            return format(value.quantize(CENTS) if value % 1 else value.quantize(Decimal(1)), "f").replace(
                ".", ","
            )
        return value

    def clean(self, value: Any) -> Decimal:
        text = super().clean(value)
        return parse_euros(text) if text else Decimal(0)


class FigureField(forms.DecimalField):
    """A figure; shown again without the zeros that only the column has: 14, not 14,000."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(localize=True, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Without needless decimals, as people write it."""
        return Decimal(format(value.normalize(), "f")) if isinstance(value, Decimal) else value


def in_euros(amount: Decimal) -> str:
    """“12 500 €”, cents only when there are some."""
    decimals = 2 if amount % 1 else 0
    return f"{number_format(amount, decimals, force_grouping=True)}\u00a0€"
