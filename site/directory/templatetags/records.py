"""What a record says, in the words of the page (`directory.words`)."""

import json
import re
from typing import Any

from django.template import Library
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from directory import words as wording
from directory.models import Capacity, Service
from directory.numbers import scheme_label

register = Library()
SAID = {
    name: getattr(wording, name)
    for name in ("modes", "languages", "audiences", "reached_by", "price", "ages", "delay")
}
HOUR = re.compile(r" h (?=\d)")
HTML = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@register.filter
def words(service: Service, name: str) -> str:
    """One thing a service says, ready to be read."""
    return str(SAID[name](service))


@register.filter
def unbroken(hours: str) -> str:
    """Hours that stay on one line each: “13 h 30” is never cut."""
    return HOUR.sub("\u00a0h\u00a0", hours).replace(" h", "\u00a0h").replace(" – ", "\u00a0– ")


@register.filter
def reach_words(service: Service) -> str:
    """The ways to get in touch, on one line."""
    return ", ".join(wording.reach(service))


@register.filter
def places_left(capacity: Capacity) -> str:
    return wording.places_left(capacity)


@register.filter
def phone_href(number: str) -> str:
    """Digits only, as a phone dials them."""
    return re.sub(r"[^0-9+]", "", number)


@register.filter
def unlocalised(number: float) -> str:
    """A coordinate of a drawing: with a point in every language."""
    return f"{number:g}"


@register.filter
def ld_json(data: dict[str, Any]) -> SafeString:
    """Data for search engines: a block no browser runs, where nothing can close the element early."""
    text = json.dumps(data, ensure_ascii=False).translate(HTML)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))


@register.filter
def number_name(scheme: str) -> str:
    """The number of another system, as people call it."""
    return scheme_label(scheme)
