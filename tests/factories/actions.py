"""Action sheets in every state, and the people around one."""

import datetime
import itertools
from collections.abc import Callable, Sequence
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from accounts.models import Role, User
from consultations.actions.models import (
    ActionSheet,
    Funding,
    Partner,
    Programme,
    State,
    StateChange,
    Step,
    Update,
)
from consultations.actions.services import create_sheet
from organisations.models import Organisation
from territories.models import Territory
from tests.factories.process import body, person, place

_numbers = itertools.count(1)
LONG_AGO = datetime.date(2026, 1, 5)
TEXTS = {
    "finding": "Des aidants épuisés, des places d’accueil de jour vides faute de transport.",
    "objective": "Vingt séjours par an sur trois communautés de communes.",
}


def sheet(state: str = State.PROPOSED, *, texts: bool = True, **fields: Any) -> ActionSheet:
    """A sheet created in January, led by a body of its territory unless told otherwise, put in this state."""
    territory = fields.pop("territory", None) or place()
    lead = fields.pop("lead", None) or body(territory, f"Organisme {next(_numbers)}")
    values = {"title": f"Répit et accueils temporaires {next(_numbers)}", **fields}
    made = create_sheet(
        actor=None, territory=territory, lead=lead, on=LONG_AGO, texts=TEXTS if texts else {}, **values
    )
    return in_state(made, state)


def in_state(made: ActionSheet, state: str) -> ActionSheet:
    """The same sheet moved there without the services' checks."""
    made.state = state
    if state not in {State.PROPOSED, State.WRITING}:
        made.announced_on = made.announced_on or LONG_AGO
    if state in {State.ADOPTED, State.UNDER_WAY, State.SUSPENDED, State.DONE, State.EVALUATED}:
        made.adopted_on, made.decision = LONG_AGO, "Commission permanente du 5 janvier"
    if made.is_stopped:
        made.reason_public = "Le financement a été refusé."
    made.save()
    return made


def step(of: ActionSheet, title: str = "Convention", days: int = 30, **fields: Any) -> Step:
    """A step expected so many days from today."""
    expected = timezone.localdate() + datetime.timedelta(days=days)
    return Step.objects.create(sheet=of, title=title, **{"ends_on": expected, **fields})


def programme(**fields: Any) -> Programme:
    territory = fields.pop("territory", None) or place()
    values = {
        "slug": f"schema-{next(_numbers)}",
        "title": "Schéma de l’autonomie",
        "starts_on": datetime.date(2026, 1, 1),
        "ends_on": datetime.date(2028, 12, 31),
        "is_public": True,
        "sponsor": body(territory),
    }
    return Programme.objects.create(territory=territory, **{**values, **fields})


def worker_of(organisation: Organisation | None, role: Role = Role.PROFESSIONAL) -> User:
    return person(role, on=organisation)


def steward_of(territory: Territory) -> User:
    return person(Role.ORGANISER, on=territory)


def _partner(of: ActionSheet) -> User:
    organisation = body(of.territory, "Plateforme de répit")
    Partner.objects.get_or_create(sheet=of, organisation=organisation)
    return worker_of(organisation)


def _funder(of: ActionSheet) -> User:
    organisation = body(of.territory, "Agence régionale")
    of.funding.create(funder=organisation, year=2026, sought=100)
    return person(Role.FUNDER, on=organisation)


def _in_charge(of: ActionSheet) -> User:
    user = person()
    of.lead_user = user
    of.save()
    return user


def many_sheets(count: int, *, within: Programme, places: Sequence[Territory], funders: int = 5) -> None:
    """As many announced sheets as asked, in every state, each with a step, a change, news and a line of money."""
    today, states = timezone.localdate(), list(State.values)
    axes: list[Any] = list(within.axes.all()) or [None]
    payers = [body(places[0], f"Financeur {number}") for number in range(funders)]
    sheets = [
        ActionSheet(
            slug=f"fiche-{number}", title=f"Action {number}", programme=within, axis=axes[number % len(axes)],
            number=number + 1, territory=places[number % len(places)], state=states[number % len(states)],
            announced_on=LONG_AGO, adopted_on=LONG_AGO, reason_public="Arrêtée.",
            last_news_on=today - datetime.timedelta(days=number % 200), lead=payers[0],
        )
        for number in range(count)
    ]  # fmt: skip
    ActionSheet.objects.bulk_create(sheets, batch_size=1000)
    late, later = today - datetime.timedelta(days=20), today + datetime.timedelta(days=20)
    Step.objects.bulk_create(
        [
            Step(sheet=one, title="Étape", ends_on=(late, later)[number % 2])
            for number, one in enumerate(sheets)
        ],
        batch_size=1000,
    )
    Funding.objects.bulk_create(
        [
            Funding(
                sheet=one, funder=payers[number % funders], year=year, sought=3000, secured=2000, spent=500
            )
            for number, one in enumerate(sheets)
            for year in (2026, 2027)
        ],
        batch_size=1000,
    )
    StateChange.objects.bulk_create(
        [StateChange(sheet=one, state=one.state, on=late) for one in sheets], batch_size=1000
    )
    Update.objects.bulk_create(
        [Update(sheet=one, text="Nouvelle", written_on=late, on=late) for one in sheets], batch_size=1000
    )


ACTORS: dict[str, Callable[[ActionSheet], User | AnonymousUser]] = {
    "visitor": lambda one: AnonymousUser(),
    "member": lambda one: person(),
    "professional elsewhere": lambda one: worker_of(body(place("Agen"))),
    "organiser elsewhere": lambda one: steward_of(place("Nérac")),
    "organiser of yesterday": lambda one: person(Role.ORGANISER, on=one.territory, ended=True),
    "analyst here": lambda one: person(Role.ANALYST, on=one.territory),
    "professional of the lead": lambda one: worker_of(one.lead),
    "director of the lead": lambda one: worker_of(one.lead, Role.DIRECTOR),
    "person in charge": _in_charge,
    "professional of a partner": _partner,
    "funder of the sheet": _funder,
    "funder of the place": lambda one: person(Role.FUNDER, on=one.territory),
    "official of the place": lambda one: person(Role.OFFICIAL, on=one.territory),
    "organiser of the place": lambda one: steward_of(one.territory),
    "superuser": lambda one: person(superuser=True),
}
