"""Records of the directory: a service someone can read, its place, and those who keep them."""

import datetime
import itertools
from typing import Any

from django.utils import timezone

from accounts.models import Role, User
from directory.models import Location, OpeningHours, Service, ServiceAtLocation
from needs.models import Need
from organisations.models import Organisation
from territories.models import Territory
from tests.factories.process import body, person, place

_numbers = itertools.count(1)
WORDS = ("Un service qui aide les personnes à rester chez elles : aide, écoute, démarches. " * 3).strip()


def service(organisation: Organisation | None = None, **fields: Any) -> Service:
    """A published, active service, checked today."""
    number = next(_numbers)
    values = {
        "slug": f"service-{number}",
        "name": f"Service {number}",
        "description": WORDS,
        "organisation": organisation or body(place()),
        "checked_on": timezone.localdate(),
        "review_due_on": timezone.localdate() + datetime.timedelta(days=180),
    }
    return Service.objects.create(**{**values, **fields})


def location(organisation: Organisation | None = None, **fields: Any) -> Location:
    """A place in a commune, on the map."""
    values = {
        "name": f"Lieu {next(_numbers)}",
        "organisation": organisation or body(place()),
        "address_1": "1 place de l’Essai",
        "postal_code": "47120",
        "latitude": 44.67,
        "longitude": 0.18,
    }
    values.setdefault("commune", values["organisation"].territory)  # type: ignore[attr-defined]
    return Location.objects.create(**{**values, **fields})


def at(one: Service, where: Location) -> ServiceAtLocation:
    """The service given at that place."""
    return ServiceAtLocation.objects.create(service=one, location=where)


def opening(weekday: int = 0, opens: str = "09:00", closes: str = "12:00", **of: Any) -> OpeningHours:
    """One line of hours, of `service=`, `location=` or `service_at_location=`."""
    start, end = datetime.time.fromisoformat(opens), datetime.time.fromisoformat(closes)
    return OpeningHours.objects.create(weekday=weekday, opens=start, closes=end, **of)


def need(code: str = "1.3.2.2", **fields: Any) -> Need:
    """A need of the nomenclature."""
    values = {"family": "need", "official_label": f"Besoin {code}", "plain_label": f"Besoin {code}"}
    return Need.objects.get_or_create(code=code, defaults={**values, **fields})[0]


def editor_of(organisation: Organisation) -> User:
    """The person who keeps the records of an organisation."""
    return person(Role.DIRECTORY_EDITOR, on=organisation)


def steward_of(territory: Territory) -> User:
    """The person who answers for the directory of a territory."""
    return person(Role.DIRECTORY_EDITOR, on=territory)


def an_actor(name: str, organisation: Organisation) -> Any:
    """Whoever a permission table names, for an organisation."""
    elsewhere = place("Ailleurs")
    made = {
        "visitor": lambda: None,
        "member": person,
        "editor": lambda: editor_of(organisation),
        "director": lambda: person(Role.DIRECTOR, on=organisation),
        "professional": lambda: person(Role.PROFESSIONAL, on=organisation),
        "ended_editor": lambda: person(Role.DIRECTORY_EDITOR, on=organisation, ended=True),
        "other_editor": lambda: editor_of(body(elsewhere)),
        "steward": lambda: steward_of(organisation.territory),
        "organiser": lambda: person(Role.ORGANISER, on=organisation.territory),
        "other_steward": lambda: steward_of(elsewhere),
        "professional_of_the_place": lambda: person(Role.PROFESSIONAL, on=organisation.territory),
        "analyst": lambda: person(Role.ANALYST, on=organisation.territory),
        "administrator": lambda: person(Role.ADMINISTRATOR, on=elsewhere),
        "superuser": lambda: person(superuser=True),
    }
    return made[name]()
