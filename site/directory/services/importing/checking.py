"""Whether a record may be kept: every rule of the forms, told by line, before anything is written."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from directory.codes import Fee
from directory.exchange.reading import Reading
from directory.exchange.records import (
    Desk,
    Hours,
    LocationRecord,
    Number,
    OrganisationRecord,
    Record,
    SchemeRecord,
    ServiceRecord,
)
from directory.geography import check_point
from directory.hours import Frequency, Rule, check_overlaps
from directory.models import Capacity, Contact, Location, OpeningHours, RecordIdentifier, Scheme, Service
from directory.models import OrganisationRecord as OrganisationRow
from directory.services.importing.world import World
from organisations.models import Organisation, OrganisationIdentifier

MOST_AREAS, MOST_HOURS = 400, 60
LATE_ALSO = frozenset(
    {"id", "uid", "source", "organisation", "parent", "commune", "checked_by", "merged_into"}
)


def checked(record: Record, world: World, reading: Reading) -> Record:
    """The record with territories as they are today; what is wrong is in `reading`."""
    if isinstance(record, ServiceRecord):
        return _service(record, world, reading)
    if isinstance(record, LocationRecord):
        return _location(record, world, reading)
    if isinstance(record, OrganisationRecord):
        return _organisation(record, world, reading)
    _fields(Scheme, record, reading, skip={"needs"})
    _needs(record, world, reading)
    return record


def _fields(model: type[Model], record: Any, reading: Reading, skip: Iterable[str] = ()) -> None:
    """The checks of each plain field."""
    names = {one.name for one in model._meta.concrete_fields} - LATE_ALSO - set(skip)
    values = {name: getattr(record, name) for name in names if hasattr(record, name)}
    values = {
        name: dict(value) if name == "access" else list(value) if isinstance(value, tuple) else value
        for name, value in values.items()
    }
    row = model(**values)
    try:
        row.clean_fields(exclude={one.name for one in model._meta.concrete_fields} - set(values))
    except ValidationError as error:
        _tell(_but_missing(error, reading), reading, model)


def _but_missing(error: ValidationError, reading: Reading) -> ValidationError:
    """Without the fields left empty, where the reader told already that the line lacks one."""
    if not any((one.file, one.place) == (reading.file, reading.place) for one in reading.problems[-20:]):
        return error
    found = {name: [one for one in each if one.code != "blank"] for name, each in error.error_dict.items()}
    return ValidationError({name: each for name, each in found.items() if each})


def _tell(error: ValidationError, reading: Reading, model: type[Model] | None = None) -> None:
    if not hasattr(error, "error_dict"):
        for message in error.messages:
            reading.refuse(message)
        return
    for name, messages in error.message_dict.items():
        label = str(model._meta.get_field(name).verbose_name) if model else name  # type: ignore[union-attr]
        for message in messages:
            reading.refuse(f"{label} : {message}")


def _territories(places: tuple[str, ...], world: World, reading: Reading) -> tuple[str, ...]:
    for place in places:
        if world.territory(place) is None:
            reading.refuse(
                _("territory not known here: %(place)s") % {"place": place[:60]},
                _("Use the official code of a territory of this directory, or take it away."),
            )
    if len(places) > MOST_AREAS:
        reading.refuse(_("too many territories"), _("Name a wider one."))
    return tuple(sorted({world.code_of(place) for place in places}))


def _needs(record: ServiceRecord | SchemeRecord, world: World, reading: Reading) -> None:
    for code in record.needs:
        if code not in world.needs:
            reading.refuse(
                _("unknown code: %(code)s") % {"code": code[:40]},
                _("Use a need in force of the nomenclature."),
            )


def _rules(hours: tuple[Hours, ...]) -> list[Rule]:
    return [
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
    ]


def _hours(hours: tuple[Hours, ...], reading: Reading) -> None:
    if len(hours) > MOST_HOURS:
        reading.refuse(
            _("too many lines of hours"), _("Keep to %(most)d lines of hours.") % {"most": MOST_HOURS}
        )
        return
    for one in hours:
        if one.valid_from and one.valid_to and one.valid_to < one.valid_from:
            reading.refuse(_("The last day must not come before the first."))
        _fields(OpeningHours, one, reading, skip={"frequency"})
    for first, second in check_overlaps(_rules(hours))[:3]:
        reading.refuse(
            _("hours that overlap: %(first)s and %(second)s")
            % {"first": _span(first), "second": _span(second)},
            _("Correct one of the two lines."),
        )


def _span(rule: Rule) -> str:
    day = OpeningHours(weekday=rule.weekday).get_weekday_display()
    return f"{day} {rule.opens:%H:%M}-{rule.closes:%H:%M}"


def _contacts(desks: tuple[Desk, ...], reading: Reading) -> None:
    for one in desks:
        _fields(Contact, one, reading)


def _closed(record: Any, reading: Reading) -> None:
    if any(one.ends_on < one.starts_on for one in record.closed):
        reading.refuse(_("The last day must not come before the first."))


def _service(one: ServiceRecord, world: World, reading: Reading) -> Record:
    _fields(Service, one, reading, skip={"slug"})
    _needs(one, world, reading)
    for said in (one, *one.at):
        _hours(said.hours, reading)  # type: ignore[attr-defined]
        _closed(said, reading)
    _contacts(one.contacts, reading)
    _numbers(one.numbers, RecordIdentifier, reading)
    for low, high, message in (
        (one.age_min, one.age_max, _("The highest age must not be under the lowest.")),
        (one.amount_min, one.amount_max, _("The highest price must not be under the lowest.")),
    ):
        if low is not None and high is not None and high < low:
            reading.refuse(message)
    if one.fee == Fee.FREE and (one.amount_min or one.amount_max):
        reading.refuse(_("It cannot be free and have a price: choose one."))
    if one.checked_on and one.checked_on > world.today:
        reading.refuse(_("A check cannot be in the future."))
    for place in one.capacities:
        _fields(Capacity, place, reading)
        if place.places is not None and (place.available or 0) > place.places:
            reading.refuse(_("There cannot be more places left than places in all."))
    _doubles(one, reading)
    for slug in one.schemes:
        if slug not in world.schemes:
            reading.refuse(
                _("scheme not known here: %(slug)s") % {"slug": slug[:60]}, _("Import the schemes too.")
            )
    return replace(
        one,
        coverage=_territories(one.coverage, world, reading),
        eligible_territories=_territories(one.eligible_territories, world, reading),
        needs=tuple(sorted(set(one.needs))),
        schemes=tuple(sorted(set(one.schemes))),
    )


def _doubles(one: ServiceRecord, reading: Reading) -> None:
    """A place and a kind of places are each told once."""
    if len({at.location for at in one.at}) < len(one.at):
        reading.refuse(_("the same place is given twice to this service"), _("Keep one of the two."))
    if len({place.unit for place in one.capacities}) < len(one.capacities):
        reading.refuse(_("the same kind of places is given twice"), _("Add them up on one line."))


def _numbers(numbers: tuple[Number, ...], model: type[Model], reading: Reading) -> None:
    for one in numbers:
        _fields(model, one, reading)
    if len(set(numbers)) < len(numbers):
        reading.refuse(_("the same number is given twice"), _("Keep one of the two."))


def _location(one: LocationRecord, world: World, reading: Reading) -> Record:
    _fields(Location, one, reading)
    _hours(one.hours, reading)
    _closed(one, reading)
    _contacts(one.contacts, reading)
    _numbers(one.numbers, RecordIdentifier, reading)
    if one.address_hidden and not one.hidden_reason:
        reading.refuse(_("Say why the address is kept secret: visitors read it instead."))
    commune = world.code_of(one.commune)
    if one.commune:
        _territories((one.commune,), world, reading)
        if not commune.startswith("commune:"):
            reading.refuse(_("Choose a commune, not a wider place."))
    try:
        check_point(one.latitude, one.longitude, centre=world.points.get(commune.partition(":")[2]))
    except ValidationError as error:
        _tell(error, reading, Location)
    return replace(one, commune=commune)


def _organisation(one: OrganisationRecord, world: World, reading: Reading) -> Record:
    _fields(OrganisationRow, one, reading)
    _fields(Organisation, one, reading, skip={"slug", "territory"})
    _contacts(one.contacts, reading)
    _numbers(one.numbers, OrganisationIdentifier, reading)
    territory = one.territory or world.default_territory()
    if not territory:
        reading.refuse(_("the organisation says no territory"), _("Give its commune or its département."))
    else:
        _territories((territory,), world, reading)
    if one.parent == one.uid:
        reading.refuse(_("An organisation cannot be part of itself: %(chain)s.") % {"chain": one.name})
    return replace(one, territory=world.code_of(territory))
