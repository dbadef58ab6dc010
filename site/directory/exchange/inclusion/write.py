"""From records to lines of data·inclusion v1, each accepted by its own validator."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from directory.exchange.inclusion import codes
from directory.exchange.records import Closed, Hours, LocationRecord, OrganisationRecord, ServiceRecord
from directory.hours import Closure, Frequency, Rule, Timetable
from directory.hours_osm import write_hours

Line = dict[str, Any]
SHORTEST, LONGEST, FIRST_DAY = 3, 150, datetime.date(2000, 1, 1)
LEVELS = ("commune", "epci", "departement")
"""Levels its areas may have; wider and other ones are given as what they hold."""


def line_id(numbers: Iterable[Any], uid: object) -> str:
    """The id a record had there when it came from there; ours otherwise."""
    known = (one.value for one in numbers if one.scheme == codes.SCHEME and "--" in one.value)
    return next(known, f"{codes.OWN_SOURCE}--{uid}")


def title(name: str, more: str) -> str:
    """A name of the length it accepts, without a full stop."""
    text = name if len(name) >= SHORTEST else f"{name} · {more}"
    text = text if text.endswith("etc.") else text.rstrip(". ")
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"


def day_of(modified: datetime.date | None, today: datetime.date) -> str:
    return str(min(max(modified or today, FIRST_DAY), today))


def place_fields(place: LocationRecord | None, towns: Mapping[str, tuple[str, str]]) -> Line:
    """The address; of a hidden one nothing, since `shown` left nothing."""
    if place is None or place.address_hidden:
        return {}
    return {
        "commune": towns.get(place.commune, ("", ""))[0],
        "code_postal": place.postal_code,
        "code_insee": place.commune.partition(":")[2],
        "adresse": place.address_1,
        "complement_adresse": place.address_2,
        "longitude": place.longitude,
        "latitude": place.latitude,
    }


def hours_words(hours: Iterable[Hours], closed: Iterable[Closed], holidays: str) -> str:
    """As OpenStreetMap writes them."""
    rules = (
        Rule(
            one.weekday,
            one.opens,
            one.closes,
            Frequency.MONTHLY if one.nth else Frequency.WEEKLY,
            one.nth or 0,
            one.valid_from,
            one.valid_to,
            one.note,
        )
        for one in hours
    )
    closures = (Closure(one.starts_on, one.ends_on, one.reason) for one in closed)
    known = "as_usual" if holidays == "unknown" else holidays
    return write_hours(Timetable(tuple(rules), tuple(closures), known))


def structure(
    one: OrganisationRecord,
    place: LocationRecord | None,
    *,
    towns: Mapping[str, tuple[str, str]],
    today: datetime.date,
) -> Line:
    """An organisation, at the first of its places."""
    uid = line_id(one.numbers, one.uid)
    siret = next((each.value for each in one.numbers if each.scheme == "siret" and len(each.value) == 14), "")
    given = {
        "source": uid.partition("--")[0],
        "id": uid,
        "nom": title(one.name, _("organisation")),
        "date_maj": day_of(one.modified, today),
        "description": one.description if len(one.description) >= 5 else "",
        "siret": siret,
        **place_fields(place, towns),
        "telephone": one.phone,
        "courriel": one.email,
        "site_web": one.website,
        "horaires_accueil": hours_words(place.hours, place.closed, place.holidays) if place else "",
        "accessibilite_lieu": place.accessibility_url if place else "",
        "reseaux_porteurs": list(one.networks),
    }
    return filled(given, codes.STRUCTURE)


def service(
    one: ServiceRecord,
    *,
    structure_id: str,
    place: LocationRecord | None,
    towns: Mapping[str, tuple[str, str]],
    areas: Mapping[str, tuple[str, ...]],
    today: datetime.date,
) -> Line:
    """A service, at the first of its places; `areas` gives what wider territories hold."""
    uid = line_id(one.numbers, one.uid)
    hours = next((at.hours for at in one.at if at.hours), ()) or one.hours or (place.hours if place else ())
    zones = one.eligible_territories or one.coverage
    given = {
        "source": uid.partition("--")[0],
        "structure_id": structure_id,
        "id": uid,
        "nom": title(one.name, _("service")),
        "description": one.description if len(one.description) >= 5 else f"{one.name} : {one.description}",
        "date_maj": day_of(one.modified, today),
        "type": one.kind,
        "thematiques": sorted({theme for theme in map(codes.theme_of, one.needs) if theme}),
        "frais": codes.FEES.get(one.fee, ""),
        "frais_precisions": price_words(one),
        "publics": [code for code in one.audiences if code not in codes.NOT_IN_V1],
        "publics_precisions": one.situations,
        "conditions_acces": conditions(one),
        **place_fields(place, towns),
        "telephone": one.phone,
        "courriel": one.email,
        "modes_accueil": codes.own(one.modes, codes.MODES),
        "zone_eligibilite": sorted({code for zone in zones for code in area_codes(zone, areas)}),
        "lien_mobilisation": one.link,
        "modes_mobilisation": codes.own(one.reach, codes.REACH),
        "mobilisable_par": codes.own(one.reached_by, codes.REACHED_BY),
        "horaires_accueil": hours_words(hours, one.closed, one.holidays),
    }
    return filled(given, codes.SERVICE)


def area_codes(zone: str, areas: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Official codes of a `level:code` territory."""
    level, _colon, code = zone.partition(":")
    return (code,) if level in LEVELS else areas.get(zone, ())


def price_words(one: ServiceRecord) -> str:
    """The price in words, since it has no amounts."""
    amounts = [f"{amount:.2f} €".replace(".", ",") for amount in (one.amount_min, one.amount_max) if amount]
    return " · ".join(
        part for part in (" – ".join(dict.fromkeys(amounts)), one.fee_words, one.remaining_words) if part
    )


def conditions(one: ServiceRecord) -> str:
    """Conditions, ages and papers in words."""
    ages = ""
    if one.age_min is not None or one.age_max is not None:
        low = _("from %(age)d years") % {"age": one.age_min} if one.age_min is not None else ""
        high = _("up to %(age)d years") % {"age": one.age_max} if one.age_max is not None else ""
        ages = " ".join(part for part in (low, high) if part)
    papers = _("Papers: %(papers)s") % {"papers": ", ".join(one.documents)} if one.documents else ""
    return "\n".join(part for part in (one.eligibility, ages, papers) if part)


def filled(given: Line, names: Iterable[str]) -> Line:
    """In the order of the schema, without what says nothing."""
    return {name: given[name] for name in names if given.get(name) not in (None, "", [])}
