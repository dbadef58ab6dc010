"""Reads shared by every app."""

from core.models import Receipt
from core.receipts import hash_code


def find_receipt(code: str) -> Receipt | None:
    """The receipt of a canonical code (`core.receipts.normalise_code`), or None."""
    return Receipt.objects.filter(code_hash=hash_code("receipt", code)).first()
