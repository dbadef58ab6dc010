"""Which addresses an editor may link to."""

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

SCHEMES = frozenset({"http", "https", "mailto", "tel"})


def is_safe_address(address: str) -> bool:
    """True for a path of this site or a web, mail or phone address; never for a script or a foreign `//host`."""
    if any(ord(character) <= 32 for character in address) or "\\" in address:
        return False
    if address.startswith(("/", "#")):
        return not address.startswith("//")
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in SCHEMES and bool(parts.netloc or parts.scheme in {"mailto", "tel"})


def validate_address(address: str) -> None:
    """Refuse what `is_safe_address` refuses, saying what to write."""
    if address and not is_safe_address(address):
        raise ValidationError(_("Start with / for this site, or with https://, mailto: or tel:."))
