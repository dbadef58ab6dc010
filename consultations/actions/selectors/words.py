"""Figures as people read them."""

from decimal import Decimal

from django.utils.formats import number_format


def figure(value: Decimal | None, unit: str = "") -> str:
    """A number as people read it, with its unit."""
    if value is None:
        return ""
    plain = value.normalize()
    decimals = max(-int(plain.as_tuple().exponent), 0)
    return f"{number_format(plain, decimals, force_grouping=True)}\u00a0{unit}".strip()
