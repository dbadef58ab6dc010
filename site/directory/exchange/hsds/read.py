"""From HSDS objects to records. What other directories write in their own taxonomies is left out, and told."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from directory.codes import Language, Status
from directory.exchange.hsds import parts
from directory.exchange.hsds.read_schedules import read_closed, read_hours
from directory.exchange.hsds.terms import CODES, FIELDS, NEEDS, SCHEMES, coded_terms
from directory.exchange.ids import made_id
from directory.exchange.plain import from_plain_part
from directory.exchange.reading import Object
from directory.exchange.records import (
    At,
    Desk,
    LocationRecord,
    Number,
    OrganisationRecord,
    Places,
    Record,
    SchemeRecord,
    ServiceRecord,
)

STATUSES = {"temporarily closed": "temporarily_closed"}
WAIT = re.compile(r"P(\d{1,4})D")
PLACE = re.compile(r"[a-z_]{2,20}:\w{1,12}")


class Told:
    """The attributes of an object, sorted by taxonomy; those of other taxonomies are told and left out."""

    def __init__(self, one: Object) -> None:
        self.object = one
        self.codes: dict[str, list[str]] = {}
        self.fields: dict[str, list[str]] = {}
        self.values: dict[tuple[str, str], str] = {}
        for attribute in one.each("attributes"):
            self._keep(attribute)

    def _keep(self, attribute: Object) -> None:
        term = attribute.part("taxonomy_term")
        found = _code_of(attribute, term)
        value = attribute.text("value")
        if found is None:
            name = attribute.text("label") or (term.text("name") if term else "") or _("without a name")
            self.object.reading.notice(
                _("attribute of another taxonomy left out: %(name)s") % {"name": name[:80]}
            )
        elif found[0] == FIELDS:
            self.fields.setdefault(found[1], []).append(value)
        else:
            self.codes.setdefault(found[0], []).append(found[1])
            self.values[found] = value

    def many(self, taxonomy: str) -> tuple[str, ...]:
        return tuple(self.codes.get(taxonomy, ()))

    def one(self, taxonomy: str, default: str) -> str:
        return next(iter(self.codes.get(taxonomy, ())), default)

    def field(self, name: str) -> str:
        return next(iter(self.fields.get(name, ())), "")

    def numbers(self) -> tuple[Number, ...]:
        """Other systems' numbers, written scheme:value."""
        found = (one.partition(":") for one in self.fields.get("identifier", ()))
        return tuple(Number(scheme[:30], value[:200]) for scheme, colon, value in found if colon and value)


def _code_of(attribute: Object, term: Object | None) -> tuple[str, str] | None:
    """The taxonomy and code of an attribute, when they are ours."""
    uid = attribute.text("taxonomy_term_id") or (term.text("id") if term else "")
    if uid in coded_terms():
        return coded_terms()[uid]
    taxonomy, code = attribute.text("link_type"), term.text("code") if term else ""
    if taxonomy == NEEDS and code and uid == str(made_id("term", NEEDS, code)):
        return NEEDS, code
    prefix, colon, bare = code.partition(":")
    if taxonomy == SCHEMES and prefix == SCHEMES and bare:
        return SCHEMES, bare
    if colon and prefix == taxonomy and taxonomy in CODES:  # ours, but of a code we do not have
        attribute.reading.refuse(
            _("unknown code: %(code)s") % {"code": code[:80]},
            _("Use one of the codes of /hsds/taxonomy_terms."),
        )
    return None


def read_service(one: Object) -> Iterator[Record]:
    """A service, and what it carries: its organisation, its scheme, its locations."""
    told = Told(one)
    uid, carried = one.uid("id", needed=True), one.part("organization")
    organisation = one.uid("organization_id") or (carried.uid("id") if carried else None)
    if organisation is None:
        one.reading.refuse(
            _("“%(field)s” is missing") % {"field": "organization_id"}, _("Say which organisation gives it.")
        )
    at = list(_at(one))
    yield from _carried(one, carried, organisation)
    name, delay = one.needed("name"), WAIT.fullmatch(one.text("wait_time"))
    if uid and organisation:
        yield ServiceRecord(
            uid=uid,
            organisation=organisation,
            name=name,
            slug=told.field("slug"),
            description=one.text("description") or name,
            status=_status(one),
            **_who_for(one, told),  # type: ignore[arg-type]
            **_money(one, told),  # type: ignore[arg-type]
            average_delay_days=int(delay[1]) if delay else None,
            closed_reason=one.text("alert"),
            checked_on=one.date("assured_date"),
            email=one.text("email"),
            link=one.text("url"),
            phone=_phone(one),
            languages=tuple(_languages(one)),
            at=tuple(at),
            hours=read_hours(one),
            closed=read_closed(one),
            contacts=_contacts(one),
            capacities=tuple(sorted(_capacities(one, told), key=lambda place: place.unit)),
            numbers=told.numbers(),
            modified=one.date("last_modified"),
        )


def _carried(one: Object, owner: Object | None, organisation: UUID | None) -> Iterator[Record]:
    """What a service brings along."""
    if program := one.part("program"):
        yield from read_program(program)
    if owner:
        yield from read_organization(owner)
    for link in one.each("service_at_locations"):
        if (place := link.part("location")) and organisation:
            yield from read_location(place, organisation)


def _status(one: Object) -> str:
    said = one.text("status", "active")
    status = STATUSES.get(said, said)
    if status not in Status.values or said == "temporarily_closed":
        one.reading.refuse(
            _("“%(field)s”: “%(value)s” is not understood") % {"field": "status", "value": said[:40]},
            _("Write active, inactive, defunct or temporarily closed."),
        )
        return "active"
    return status


def _who_for(one: Object, told: Told) -> dict[str, object]:
    fields = Object(one.reading, {name: values[0] for name, values in told.fields.items()})
    areas = [area.text("extent") for area in one.each("service_areas")]
    known = [place for place in areas if PLACE.fullmatch(place)]
    if len(known) < len(areas):
        one.reading.notice(_("area without an official code left out"))
    return {
        "easy_read": told.field("easy_read"),
        "kind": told.one("kind", "accompagnement"),
        "closed_until": fields.date("closed_until"),
        "modes": told.many("mode"),
        "needs": told.many(NEEDS),
        "schemes": told.many(SCHEMES),
        "audiences": told.many("audience"),
        "age_min": one.whole("minimum_age"),
        "age_max": one.whole("maximum_age"),
        "situations": told.field("situations"),
        "eligibility": one.text("eligibility_description"),
        "eligible_territories": tuple(told.fields.get("eligible_territory", ())),
        "coverage": tuple(known),
        "documents": tuple(filter(None, (each.text("document") for each in one.each("required_documents")))),
        "reach": told.many("reach"),
        "reached_by": told.many("reached_by"),
        "takes_requests": told.field("takes_requests") == "true",
        "holidays": told.field("holidays") or "unknown",
        "checked_words": told.field("checked_words"),
        "review_months": fields.whole("review_months") or 6,
    }


def _money(one: Object, told: Told) -> dict[str, object]:
    amounts: dict[str, Decimal | None] = {}
    for cost in one.each("cost_options"):
        if cost.text("currency", "EUR") != "EUR":
            one.reading.notice(_("price in another currency left out"))
            continue
        option = cost.text("option")
        amounts.setdefault(option if option in {parts.FROM, parts.TO} else parts.FROM, cost.money("amount"))
    words = one.text("fees_description") or one.text("fees")
    return {
        "fee": told.one("fee", "paid" if amounts else "unknown"),
        "amount_min": amounts.get(parts.FROM),
        "amount_max": amounts.get(parts.TO),
        "fee_words": words,
        "remaining_words": told.field("remaining_words"),
    }


def _phone(one: Object) -> str:
    """The first number."""
    return next((each.text("number") for each in one.each("phones")), "")


def _languages(one: Object) -> Iterator[str]:
    for each in one.each("languages"):
        code = each.text("code").lower()
        if code in Language.values:
            yield code
        else:
            one.reading.notice(_("language left out: %(code)s") % {"code": (code or each.text("name"))[:40]})


def _contacts(one: Object) -> tuple[Desk, ...]:
    return tuple(
        Desk(
            (each.text("department") or each.text("name") or _("Contact"))[:120],
            _phone(each),
            each.text("email"),
            next((phone.text("description") for phone in each.each("phones")), "") or each.text("title"),
        )
        for each in one.each("contacts")
    )


def _capacities(one: Object, told: Told) -> Iterator[Places]:
    for each in one.each("capacities"):
        unit, own = each.part("unit"), Told(each)
        updated = each.date("updated")
        if unit is None or updated is None:
            one.reading.refuse(
                _("“%(field)s” is missing") % {"field": "capacities.unit / updated"},
                _("Every record needs it: fill it in."),
            )
            continue
        available = each.whole("available")
        waiting = own.field("capacity_waiting")
        yield Places(
            unit.needed("name"),
            updated,
            own.field("capacity_state") or ("open" if available else "full"),
            each.whole("maximum"),
            available,
            int(waiting) if waiting.isdigit() else None,
        )
    for words in told.fields.get("capacity", ()):
        if (place := _capacity(words)) is not None:
            yield place


def _capacity(words: str) -> Places | None:
    try:
        place = from_plain_part(Places, json.loads(words))
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
    return place if isinstance(place, Places) else None


def _at(one: Object) -> Iterator[At]:
    for link in one.each("service_at_locations"):
        place = link.part("location")
        location = link.uid("location_id") or (place.uid("id") if place else None)
        uid = link.uid("id", needed=True)
        if uid and location:
            yield At(uid, location, read_hours(link), read_closed(link))


def read_organization(one: Object) -> Iterator[Record]:
    """An organisation, with the locations, programs and services it carries."""
    told, uid, name = Told(one), one.uid("id", needed=True), one.needed("name")
    if uid is None:
        return
    yield OrganisationRecord(
        uid=uid,
        name=name,
        slug=told.field("slug"),
        kind=told.field("organisation_kind") or "other",
        territory=told.field("territory"),
        description=_description(one, name),
        easy_read=told.field("easy_read"),
        email=one.text("email"),
        phone=_phone(one),
        website=one.text("website"),
        networks=told.many("network"),
        parent=one.uid("parent_organization_id"),
        numbers=tuple(_numbers(one)),
        contacts=_contacts(one),
    )
    for place in one.each("locations"):
        yield from read_location(place, uid)


def _description(one: Object, name: str) -> str:
    """HSDS wants one always: where there is none, the name is written again."""
    text = one.text("description")
    return text if text != name else ""


def _numbers(one: Object) -> Iterator[Number]:
    for each in one.each("organization_identifiers"):
        yield Number(each.needed("identifier_type").lower()[:30], each.needed("identifier")[:60])


def read_location(one: Object, organisation: UUID) -> Iterator[Record]:
    """A place; it belongs to the organisation that carries it unless it says another."""
    told, uid = Told(one), one.uid("id", needed=True)
    address = next(iter(one.each("addresses")), None)
    if uid is None:
        return
    hidden = told.field("address_hidden") == "true"
    kind = one.needed("location_type")
    access = next(iter(one.each("accessibility")), None)
    yield LocationRecord(
        uid=uid,
        organisation=one.uid("organization_id") or organisation,
        name=one.text("name") or (address.text("city") if address else "") or _("Place"),
        kind=kind,
        address_1=address.text("address_1") if address else told.field("address_1"),
        address_2=address.text("address_2") if address else told.field("address_2"),
        postal_code=address.text("postal_code") if address else told.field("postal_code"),
        commune=told.field("commune"),
        latitude=one.number("latitude"),
        longitude=one.number("longitude"),
        address_hidden=hidden,
        hidden_reason=one.text("description") if hidden else "",
        access=tuple((code, told.values["access", code] != "false") for code in told.many("access")),
        access_words=access.text("details") if access else "",
        accessibility_url=access.text("url") if access else "",
        transport=one.text("transportation"),
        phone=_phone(one),
        holidays=told.field("holidays") or "unknown",
        hours=read_hours(one),
        closed=read_closed(one),
        contacts=_contacts(one),
        numbers=told.numbers(),
    )


def read_program(one: Object) -> Iterator[Record]:
    """A scheme or right."""
    told, uid = Told(one), one.uid("id", needed=True)
    if uid:
        name = one.needed("name")
        yield SchemeRecord(
            uid,
            told.field("slug"),
            name,
            _description(one, name),
            told.field("easy_read"),
            told.field("scheme_url"),
            tuple(told.fields.get("scheme_need", ())),
        )


Read = Callable[[Object], Iterable[Record]]
READERS: dict[str, Read] = {
    "programs": read_program,
    "organizations": read_organization,
    "services": read_service,
}
"""By the name of the file or list that holds the objects."""
