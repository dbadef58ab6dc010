"""From lines of data·inclusion v1 to records."""

from collections.abc import Collection, Iterator
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from directory.codes import Audience, Mode, Network, ServiceKind
from directory.exchange.ids import as_uid, made_id
from directory.exchange.inclusion import codes
from directory.exchange.reading import Object
from directory.exchange.records import (
    At,
    Closed,
    Hours,
    LocationRecord,
    Number,
    OrganisationRecord,
    Record,
    ServiceRecord,
)
from directory.hours import Frequency
from directory.hours_osm import UnreadHours, read_hours

COUNTRY = "99"


def uid_of(line_id: str) -> UUID:
    """Ours when the record came from us, else made of their id."""
    return own_uid(line_id) or made_id(codes.SCHEME, line_id)


def own_uid(line_id: str) -> UUID | None:
    """The identifier a directory like this one published the record under."""
    source, _dashes, local = line_id.partition("--")
    return as_uid(local) if source == codes.OWN_SOURCE else None


def _number(line_id: str) -> tuple[Number, ...]:
    """Their id, as a number of the record; ours is its identifier already."""
    return () if own_uid(line_id) else (Number(codes.SCHEME, line_id),)


def listed(one: Object, name: str) -> list[str]:
    """Codes; a list, or what tables write for one: JSON, `{a,b}`, or codes with bars or commas."""
    value: Any = one.data.get(name)
    if isinstance(value, str):
        bare = value.strip().strip("[]{}").replace('"', "").replace("'", "").replace("|", ",")
        value = [part.strip() for part in bare.split(",") if part.strip()]
    if value in (None, ""):
        return []
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        one.reading.refuse(
            _("“%(field)s”: “%(value)s” is not understood") % {"field": name, "value": str(value)[:80]},
            _("Give a list of codes."),
        )
        return []
    return list(dict.fromkeys(value))


def known(one: Object, name: str, allowed: Collection[str]) -> list[str]:
    """Codes of the schema; any other is refused by name."""
    found = listed(one, name)
    for code in found:
        if code not in allowed:
            one.reading.refuse(
                _("unknown code: %(code)s") % {"code": f"{name} = {code}"[:120]},
                _("Use the codes of data·inclusion v1."),
            )
    return [code for code in found if code in allowed]


def identity(one: Object, name: str = "id") -> str:
    """An id with its source."""
    text = one.needed(name)
    if text and "--" not in text:
        one.reading.refuse(
            _("“%(field)s”: “%(value)s” is not understood") % {"field": name, "value": text[:80]},
            _("Write the source, two dashes and the local number, for example dora--42."),
        )
    return text[:200]


def read_structure(one: Object) -> Iterator[Record]:
    """A structure, and its place when it has an address."""
    one.needed("source")
    one.needed("date_maj")
    line_id, name = identity(one), one.needed("nom")
    if not line_id:
        return
    siret = one.text("siret").replace(" ", "")
    if siret and not (siret.isdigit() and len(siret) == 14):
        one.reading.refuse(
            _("SIRET “%(value)s” is wrong") % {"value": siret[:40]}, _("A SIRET has 14 digits.")
        )
    numbers = [*_number(line_id), *([Number("siret", siret)] if siret else [])]
    uid, place = uid_of(line_id), _place(one, line_id)
    networks = listed(one, "reseaux_porteurs")
    for network in networks:
        if network not in Network.values:
            one.reading.notice(_("network left out: %(code)s") % {"code": network[:60]})
    yield OrganisationRecord(
        uid=uid,
        name=name,
        territory=_commune(one),
        description=one.text("description"),
        email=one.text("courriel"),
        phone=one.text("telephone"),
        website=one.text("site_web"),
        networks=tuple(code for code in networks if code in Network.values),
        numbers=tuple(sorted(numbers, key=lambda number: number.scheme)),
        modified=one.date("date_maj"),
        source=one.text("source"),
    )
    if place:
        yield _location(one, place, uid, name, own_hours=True)


def _commune(one: Object) -> str:
    code = one.text("code_insee").upper()
    return f"commune:{code}" if code else ""


def _place(one: Object, structure_id: str) -> UUID | None:
    """One place for each address of a structure; none without an address."""
    address = tuple(one.text(name) for name in ("adresse", "code_postal", "code_insee"))
    return made_id("place", structure_id, *address) if any(address) else None


def _location(one: Object, uid: UUID, organisation: UUID, name: str, *, own_hours: bool) -> LocationRecord:
    hours, closed, holidays = _hours(one) if own_hours else ((), (), "unknown")
    return LocationRecord(
        uid=uid,
        organisation=organisation,
        name=name[:120],
        address_1=one.text("adresse"),
        address_2=one.text("complement_adresse"),
        postal_code=one.text("code_postal"),
        commune=_commune(one),
        latitude=one.number("latitude"),
        longitude=one.number("longitude"),
        accessibility_url=one.text("accessibilite_lieu"),
        holidays=holidays,
        hours=hours,
        closed=closed,
        source=one.text("source"),
    )


def _hours(one: Object) -> tuple[tuple[Hours, ...], tuple[Closed, ...], str]:
    """Hours as OpenStreetMap writes them; words that are not such hours are told and left out: none is guessed."""
    text = one.text("horaires_accueil")
    if not text:
        return (), (), "unknown"
    try:
        table = read_hours(text)
    except UnreadHours as error:
        one.reading.notice(str(error))
        return (), (), "unknown"
    hours = tuple(
        Hours(
            rule.weekday,
            rule.opens,
            rule.closes,
            rule.nth if rule.frequency == Frequency.MONTHLY else None,
            rule.valid_from,
            rule.valid_to,
            rule.note,
        )
        for rule in table.rules
    )
    closed = tuple(Closed(each.starts_on, each.ends_on, each.reason) for each in table.closures)
    holidays = str(table.on_holidays)
    return hours, closed, "unknown" if holidays == "as_usual" else holidays


def read_service(one: Object) -> Iterator[Record]:
    """A service, and its own place when its address is not that of its structure."""
    one.needed("source")
    one.needed("date_maj")
    line_id, structure_id, name = identity(one), identity(one, "structure_id"), one.needed("nom")
    description = one.needed("description")
    if not (line_id and structure_id):
        return
    owner, place = uid_of(structure_id), _place(one, structure_id)
    hours, closed, holidays = _hours(one)
    if place:
        yield _location(one, place, owner, one.text("commune") or name, own_hours=False)
    yield ServiceRecord(
        uid=uid_of(line_id),
        organisation=owner,
        name=name,
        description=description,
        **_codes(one),
        fee_words=one.text("frais_precisions"),
        situations=one.text("publics_precisions"),
        eligibility=one.text("conditions_acces"),
        coverage=tuple(_areas(one)),
        email=one.text("courriel"),
        phone=one.text("telephone"),
        link=one.text("lien_mobilisation"),
        holidays=holidays,
        hours=hours,
        closed=closed,
        at=(At(made_id("at", uid_of(line_id), place), place),) if place else (),
        numbers=_number(line_id),
        modified=one.date("date_maj"),
        source=one.text("source"),
    )


def _codes(one: Object) -> dict[str, Any]:
    """What it says by codes."""
    themes = listed(one, "thematiques")
    for theme in themes:
        if theme not in codes.NEEDS:
            one.reading.notice(_("theme without a need of ours: %(code)s") % {"code": theme[:80]})
    modes = {"en-presentiel": Mode.ON_SITE.value, "a-distance": Mode.REMOTE.value}
    kinds = known(one, "type", ServiceKind.values)
    fees = known(one, "frais", ("gratuit", "payant"))
    audiences = known(one, "publics", Audience.values)
    if Audience.EVERYONE in audiences and len(audiences) > 1:
        one.reading.refuse(
            _("“tous-publics” is given with other publics"), _("Keep “tous-publics” alone, or take it away.")
        )
    return {
        "kind": kinds[0] if kinds else ServiceKind.SUPPORT.value,
        "fee": {"gratuit": "free", "payant": "paid"}.get(fees[0] if fees else "", "unknown"),
        "audiences": tuple(audiences),
        "needs": tuple(sorted({codes.NEEDS[theme] for theme in themes if theme in codes.NEEDS})),
        "modes": tuple(modes[code] for code in known(one, "modes_accueil", modes)),
        "reach": codes.back(known(one, "modes_mobilisation", codes.REACH.values()), codes.REACH),
        "reached_by": codes.back(known(one, "mobilisable_par", codes.REACHED_BY.values()), codes.REACHED_BY),
    }


def _areas(one: Object) -> Iterator[str]:
    """Official codes, told apart by their length; foreign countries are refused."""
    for code in listed(one, "zone_eligibilite"):
        if code == "france":
            continue  # everywhere: no area to name
        if len(code) == 5 and code.startswith(COUNTRY):
            one.reading.refuse(
                _("area outside France: %(code)s") % {"code": code}, _("Give areas of France only.")
            )
        elif len(code) in {2, 3}:
            yield f"departement:{code}"
        elif len(code) == 5:
            yield f"commune:{code}"
        elif len(code) == 9:
            yield f"epci:{code}"
        else:
            one.reading.refuse(
                _("unknown code: %(code)s") % {"code": f"zone_eligibilite = {code}"[:120]},
                _("Use official codes: commune (5), EPCI (9), département (2 or 3)."),
            )
