"""What a field of a record said, in words: histories, mergers and proposals never show a code.

Values come from the columns (a merger) or from the history, where they are JSON: codes, slugs, `level:code`, lines of
hours. `names` gives the words of what only the database knows (needs, territories, places…).
"""

import datetime
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import TextChoices
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.codes import Access, Audience, Fee, Holidays, Language, Mode, Network, Reach, ReachedBy, Status
from directory.codes import ServiceKind as Kind
from directory.hours import Frequency, Rule
from directory.hours_words import period_words, rule_words
from directory.models import Capacity, Change, Location, OrganisationRecord, Scheme, Service
from directory.words import places_left

NOTHING: Mapping[str, str] = {}
MODEL_OF = {
    Change.Target.SERVICE: Service,
    Change.Target.LOCATION: Location,
    Change.Target.ORGANISATION: OrganisationRecord,
    Change.Target.SCHEME: Scheme,
}
OTHER_FIELDS = {
    "created": gettext_lazy("record created"),
    "identifiers": gettext_lazy("numbers in other systems"),
    "numbers": gettext_lazy("numbers in other systems"),
    "opening_hours": gettext_lazy("opening hours"),
    "hours": gettext_lazy("opening hours"),
    "closed_days": gettext_lazy("closed days"),
    "closed": gettext_lazy("closed days"),
    "capacity": gettext_lazy("places left"),
    "capacities": gettext_lazy("places left"),
    "merged": gettext_lazy("merged with another record"),
    "contacts": gettext_lazy("contacts"),
    "at": gettext_lazy("places"),
    "territory": gettext_lazy("territory"),
    "name": gettext_lazy("name"),
    "organisation": gettext_lazy("organisation"),
}
CHOICES: dict[str, dict[str, Any]] = {
    "kind": {**dict(Kind.choices), **dict(Location.Kind.choices)},
    **{
        name: dict(kind.choices)
        for name, kind in {
            "status": Status,
            "modes": Mode,
            "audiences": Audience,
            "languages": Language,
            "reach": Reach,
            "reached_by": ReachedBy,
            "fee": Fee,
            "holidays": Holidays,
            "networks": Network,
            "access": Access,
            "capacity": Capacity.State,
        }.items()
        if issubclass(kind, TextChoices)
    },
}
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
HOURS = re.compile(
    r"(?:(?P<nth>-?\d)\.)?(?P<day>[0-6]) (?P<opens>\d\d:\d\d)-(?P<closes>\d\d:\d\d)"
    r"(?: (?P<since>[\d-]*)/(?P<until>[\d-]*))?(?: (?P<note>.*))?"
)
CLOSED = re.compile(r"(?P<first>\d{4}-\d\d-\d\d)/(?P<last>\d{4}-\d\d-\d\d)(?: (?P<note>.*))?")


def label_of(target: str, field: str) -> str:
    """The field as its form names it; hours at one place are `opening_hours@` its identifier."""
    field = field.partition("@")[0]
    if field in OTHER_FIELDS:
        return str(OTHER_FIELDS[field])
    model = next((model for kind, model in MODEL_OF.items() if kind == target), None)
    try:
        return str(getattr(model and model._meta.get_field(field), "verbose_name", field))
    except FieldDoesNotExist:
        return field


def said(field: str, value: Any, names: Mapping[str, str] = NOTHING) -> str:
    """A value on one line; a dash when there is nothing."""
    if value in (None, "", [], (), {}):
        return "—"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if make := PARTS.get(field.partition("@")[0]):
        return _lines(make, value)
    if isinstance(value, list | tuple):
        return ", ".join(_one(field, one, names) for one in value)
    if isinstance(value, dict):
        return _pairs(field, value)
    return _one(field, value, names)


def _one(field: str, value: Any, names: Mapping[str, str]) -> str:
    if isinstance(value, dict):
        return _pairs(field, value)
    text = str(value)
    if words := CHOICES.get(field, {}).get(text):
        return str(words)
    if text in names:
        return names[text]
    if isinstance(value, datetime.date) or (isinstance(value, str) and ISO_DAY.fullmatch(text)):
        return _day(text)
    if isinstance(value, float | Decimal):
        return number_format(value, use_l10n=True)
    return text


def _pairs(field: str, value: Mapping[str, Any]) -> str:
    """Access by kind, numbers by system."""
    return ", ".join(
        _("%(name)s: %(value)s") % {"name": CHOICES.get(field, {}).get(key, key), "value": said("", one)}
        for key, one in value.items()
    )


def _lines(make: Callable[[Any], str], value: Any) -> str:
    rows = value if isinstance(value, list | tuple) else [value]
    return "\u00a0; ".join(make(one) for one in rows)


def _day(text: str) -> str:
    try:
        return date_format(datetime.date.fromisoformat(text), "j F Y")
    except ValueError:
        return text


def _period(since: str | None, until: str | None) -> str:
    days: list[datetime.date | None] = []
    for text in (since, until):
        try:
            days.append(datetime.date.fromisoformat(text or ""))
        except ValueError:
            days.append(None)
    return period_words(*days)


def _hours(value: Any) -> str:
    """A line as this site keeps it, or as an import said it."""
    if isinstance(value, dict):
        given = {
            name: value.get(name) or "" for name in ("opens", "closes", "valid_from", "valid_to", "note")
        }
        parts: dict[str, Any] = {
            "nth": value.get("nth"),
            "day": value.get("weekday", 0),
            "opens": str(given["opens"])[:5],
            "closes": str(given["closes"])[:5],
            "since": given["valid_from"],
            "until": given["valid_to"],
            "note": given["note"],
        }
    elif found := HOURS.fullmatch(str(value)):
        parts = found.groupdict()
    else:
        return str(value)
    try:
        opens, closes = (datetime.time.fromisoformat(parts[name]) for name in ("opens", "closes"))
    except ValueError:
        return str(value)
    nth = int(parts["nth"] or 0)
    rule = Rule(int(parts["day"]), opens, closes, Frequency.MONTHLY if nth else Frequency.WEEKLY, nth)
    more = (rule_words(rule), _period(parts["since"], parts["until"]), parts["note"])
    return ", ".join(one for one in more if one)


def _closed(value: Any) -> str:
    if isinstance(value, dict):
        parts = {
            "first": value.get("starts_on", ""),
            "last": value.get("ends_on", ""),
            "note": value.get("reason"),
        }
    elif found := CLOSED.fullmatch(str(value)):
        parts = found.groupdict()
    else:
        return str(value)
    day = _day(parts["first"]) if parts["first"] == parts["last"] else _period(parts["first"], parts["last"])
    return f"{day} ({parts['note']})" if parts["note"] else day


def _contact(value: Any) -> str:
    if not isinstance(value, dict):
        return str(value)
    return ", ".join(str(value[name]) for name in ("label", "phone", "email", "hours") if value.get(name))


def _number(value: Any) -> str:
    """A number and the system that knows it."""
    if not isinstance(value, dict):
        return str(value)
    if set(value) >= {"scheme", "value"}:
        return _("%(name)s: %(value)s") % {"name": value["scheme"], "value": value["value"]}
    return ", ".join(_("%(name)s: %(value)s") % {"name": name, "value": one} for name, one in value.items())


def _capacity(value: Any) -> str:
    """What is counted and how many are left; older lines only kept the state."""
    if not isinstance(value, dict):
        return str(CHOICES["capacity"].get(str(value), value))
    known = {name: value.get(name) for name in ("available", "waiting", "places")}
    words = places_left(Capacity(unit=value.get("unit", ""), state=value.get("state", ""), **known))
    return _("%(name)s: %(value)s") % {"name": value.get("unit", ""), "value": words}


def _at(value: Any) -> str:
    """The service at a place, as an import says it: what counts is its hours there."""
    if not isinstance(value, dict):
        return str(value)
    return _lines(_hours, value["hours"]) if value.get("hours") else _("at a place, without hours of its own")


def _rhythm(months: Any) -> str:
    if str(months) == "1":
        return _("every month")
    return _("every %(months)s months") % {"months": months}


PARTS: dict[str, Callable[[Any], str]] = {
    "review_months": _rhythm,
    "opening_hours": _hours,
    "hours": _hours,
    "closed_days": _closed,
    "closed": _closed,
    "contacts": _contact,
    "identifiers": _number,
    "numbers": _number,
    "capacity": _capacity,
    "capacities": _capacity,
    "at": _at,
}
