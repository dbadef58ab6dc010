"""What a record says, in the words of the page (`directory.words`)."""

import json
import re
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.template import Library
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory import words as wording
from directory.models import Capacity, Change, Location, OrganisationRecord, Scheme, Service

register = Library()
SAID = {
    name: getattr(wording, name)
    for name in ("modes", "languages", "audiences", "reached_by", "price", "ages", "delay")
}
TARGET_OF = {
    Service: Change.Target.SERVICE,
    Location: Change.Target.LOCATION,
    OrganisationRecord: Change.Target.ORGANISATION,
    Scheme: Change.Target.SCHEME,
}
OTHER_FIELDS = {
    "created": gettext_lazy("record created"),
    "identifiers": gettext_lazy("numbers in other systems"),
    "opening_hours": gettext_lazy("opening hours"),
    "closed_days": gettext_lazy("closed days"),
    "capacity": gettext_lazy("places left"),
    "merged": gettext_lazy("merged with another record"),
}
HTML = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@register.filter
def words(service: Service, name: str) -> str:
    """One thing a service says, ready to be read."""
    return str(SAID[name](service))


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
def field_label(change: Change) -> str:
    """The field of a change, as on its form."""
    if change.field in OTHER_FIELDS:
        return str(OTHER_FIELDS[change.field])
    for model in (Service, Location, OrganisationRecord, Scheme):
        if change.target == TARGET_OF[model]:
            try:
                return str(getattr(model._meta.get_field(change.field), "verbose_name", change.field))
            except FieldDoesNotExist:
                break
    return change.field


@register.filter
def said(value: Any) -> str:
    """A value of the history on one line."""
    if value in (None, "", [], {}):
        return "—"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, dict):
        return ", ".join(f"{key}: {said(one)}" for key, one in value.items())
    return str(value)
