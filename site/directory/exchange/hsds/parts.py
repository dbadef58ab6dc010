"""The small objects of HSDS that hang from a service, a location or an organisation."""

import json
from collections.abc import Iterable, Mapping
from uuid import UUID

from django.utils.translation import gettext as _

from directory.codes import Access, Language
from directory.exchange.hsds.terms import Json
from directory.exchange.ids import made_id
from directory.exchange.plain import to_plain
from directory.exchange.records import Closed, Desk, Hours, LocationRecord, Number, Places, ServiceRecord

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FROM, TO = "minimum", "maximum"
CLOSED = "closed"

__all__ = ["made_id"]


def phones(entity: str, uid: UUID, number: str, words: str = "") -> list[Json]:
    """The number of a record; none when it has none."""
    if not number:
        return []
    given = {"id": str(made_id(uid, "phone")), f"{entity}_id": str(uid), "number": number, "type": "voice"}
    return [given | ({"description": words} if words else {})]


def contact(entity: str, uid: UUID, desk: Desk) -> Json:
    """A desk: `department` and `name` both say it, since many readers show only one of them."""
    own = made_id(uid, "contact", desk.label, desk.phone, desk.email, desk.hours)
    given: Json = {"id": str(own), f"{entity}_id": str(uid), "name": desk.label, "department": desk.label}
    if desk.email:
        given["email"] = desk.email
    if desk.phone:
        given["phones"] = phones("contact", own, desk.phone, desk.hours)
    elif desk.hours:
        given["title"] = desk.hours
    return given


def organization_identifier(uid: UUID, number: Number) -> Json:
    return {
        "id": str(made_id(uid, "identifier", number.scheme, number.value)),
        "organization_id": str(uid),
        "identifier_scheme": "FR-RCS" if number.scheme == "siret" else f"FR-{number.scheme.upper()}",
        "identifier_type": number.scheme,
        "identifier": number.value,
    }


def schedules(entity: str, uid: UUID, hours: Iterable[Hours], closed: Iterable[Closed]) -> list[Json]:
    """Hours as recurrence rules; days of closing as periods without hours."""
    return [
        *(_opening(entity, uid, rank, one) for rank, one in enumerate(hours)),
        *(_closing(entity, uid, rank, one) for rank, one in enumerate(closed)),
    ]


def _opening(entity: str, uid: UUID, rank: int, one: Hours) -> Json:
    given: Json = {
        "id": str(made_id(uid, "opening", rank, to_plain(one))),
        f"{entity}_id": str(uid),
        "freq": "MONTHLY" if one.nth else "WEEKLY",
        "wkst": "MO",
        "interval": 1,
        "byday": f"{one.nth or ''}{DAYS[one.weekday]}",
        "opens_at": f"{one.opens:%H:%M}",
        "closes_at": f"{one.closes:%H:%M}",
    }
    return given | _dated(one.valid_from, one.valid_to) | ({"notes": one.note} if one.note else {})


def _closing(entity: str, uid: UUID, rank: int, one: Closed) -> Json:
    given: Json = {
        "id": str(made_id(uid, "closing", rank, to_plain(one))),
        f"{entity}_id": str(uid),
        "description": CLOSED,
    }
    return given | _dated(one.starts_on, one.ends_on) | ({"notes": one.reason} if one.reason else {})


def _dated(first: object, last: object) -> Json:
    return {name: str(day) for name, day in (("valid_from", first), ("valid_to", last)) if day}


def area(uid: UUID, place: str, towns: Mapping[str, tuple[str, str]]) -> Json:
    """A territory by its official level and code."""
    name = towns.get(place, (place, ""))[0]
    return {
        "id": str(made_id(uid, "area", place)),
        "service_id": str(uid),
        "name": name,
        "extent": place,
        "extent_type": "text",
    }


def language(uid: UUID, code: str) -> Json:
    name = str(Language(code).label) if code in Language.values else code
    return {"id": str(made_id(uid, "language", code)), "service_id": str(uid), "name": name, "code": code}


def document(uid: UUID, rank: int, text: str) -> Json:
    return {"id": str(made_id(uid, "document", rank, text)), "service_id": str(uid), "document": text}


def costs(one: ServiceRecord) -> list[Json]:
    """The lowest and the highest price."""
    words = {FROM: _("from"), TO: _("up to")}
    return [
        {
            "id": str(made_id(one.uid, "cost", option)),
            "service_id": str(one.uid),
            "option": option,
            "currency": "EUR",
            "amount": float(amount),
            "amount_description": words[option],
        }
        for option, amount in ((FROM, one.amount_min), (TO, one.amount_max))
        if amount is not None
    ]


def accessibility(one: LocationRecord) -> list[Json]:
    """In words for people; the attributes say the same by code."""
    yes = [str(Access(code).label) for code, said in one.access if said]
    no = [str(Access(code).label) for code, said in one.access if not said]
    words = [", ".join(yes), _("not here: %(things)s") % {"things": ", ".join(no)} if no else ""]
    description = " · ".join(part for part in words if part)
    if not (description or one.access_words or one.accessibility_url):
        return []
    given = {
        "id": str(made_id(one.uid, "accessibility")),
        "location_id": str(one.uid),
        "description": description,
        "details": one.access_words,
        "url": one.accessibility_url,
    }
    return [{name: value for name, value in given.items() if value}]


def capacity_words(place: Places) -> str:
    """A capacity HSDS has no object for, as JSON."""
    return json.dumps(to_plain(place), ensure_ascii=False, sort_keys=True)
