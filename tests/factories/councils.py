"""Councils with their act, seats and members, as of today."""

import datetime
import itertools
from typing import Any

from django.utils import timezone

from accounts.models import Role, User
from consultations.councils.models import (
    Council,
    CouncilEstablishment,
    FoundingAct,
    Mandate,
    OfficeTerm,
    SeatAllocation,
)
from tests.factories.process import body, person, place

_numbers = itertools.count(1)
LONG_AGO = datetime.date(2025, 1, 6)
REFERENCE = {
    "supported_persons": (3, 2),
    "families": (3, 2),
    "staff": (1, 1),
    "management": (1, 0),
    "doctor": (1, 0),
}
"""The reference CVS of the story: 9 seats, 6 of them on the side of users and families."""


def council(kind: str = "cvs", seats: dict[str, tuple[int, int]] | None = None, **fields: Any) -> Council:
    """A council created long ago, of one establishment, with an act unless `seats` is empty."""
    number = next(_numbers)
    values = {
        "slug": f"conseil-{number}",
        "name": f"Conseil de la vie sociale {number}",
        "kind": kind,
        "created_on": LONG_AGO,
        "territory": fields.pop("territory", None) or place(),
    }
    made = Council.objects.create(**{**values, **fields})
    CouncilEstablishment.objects.create(council=made, organisation=body(made.territory), joined_on=LONG_AGO)
    if seats != {}:
        act(made, REFERENCE if seats is None else seats)
    return made


def act(of: Council, seats: dict[str, tuple[int, int]], valid_from: datetime.date = LONG_AGO) -> FoundingAct:
    """An act recorded without the service's checks."""
    made = FoundingAct.objects.create(
        council=of, signed_on=valid_from, valid_from=valid_from, signed_by_title="La directrice"
    )
    SeatAllocation.objects.bulk_create(
        SeatAllocation(founding_act=made, constituency=code, full_seats=full, substitute_seats=substitutes)
        for code, (full, substitutes) in seats.items()
    )
    return made


def mandate(of: Council, constituency: str = "supported_persons", **fields: Any) -> Mandate:
    """A full mandate in force, half a year old, for three years."""
    starts_on = fields.pop("starts_on", timezone.localdate() - datetime.timedelta(days=180))
    values = {
        "person_name": f"Personne {next(_numbers)}",
        "starts_on": starts_on,
        "ends_on": starts_on + datetime.timedelta(days=3 * 365),
    }
    return Mandate.objects.create(council=of, constituency=constituency, **{**values, **fields})


def office(of: Mandate, name: str = "president", **fields: Any) -> OfficeTerm:
    return OfficeTerm.objects.create(mandate=of, office=name, **{"starts_on": of.starts_on, **fields})


def full_council(**fields: Any) -> Council:
    """The reference CVS with all its seats held, and a president among the residents."""
    made = council(**fields)
    for constituency, (full, substitutes) in REFERENCE.items():
        held = [mandate(made, constituency) for _seat in range(full)]
        for _seat in range(substitutes):
            mandate(made, constituency, rank="substitute")
        if constituency == "supported_persons":
            office(held[0])
    return made


def establishment_of(of: Council) -> Any:
    return of.organisations.get()


def secretary_of(of: Council) -> User:
    return person(Role.SECRETARY, on=establishment_of(of))


def director_of(of: Council) -> User:
    return person(Role.DIRECTOR, on=establishment_of(of))


def member_of(of: Council, constituency: str = "supported_persons", **fields: Any) -> User:
    """An account that holds a mandate in the council."""
    user = person()
    mandate(of, constituency, user=user, **fields)
    return user
