"""What counts as this machine."""

import ipaddress
from urllib.parse import urlsplit


def is_loopback_address(address: str) -> bool:
    """True for an address, or a name, that only this machine answers to."""
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return address == "localhost"


def is_loopback_url(url: str) -> bool:
    """True when the site is only meant for this machine."""
    return is_loopback_address(urlsplit(url).hostname or "")
