"""Who may do what with a consultation: one table of actors and states."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import Role, User
from consultations.process import permissions
from consultations.process.models import Consultation
from tests.factories.process import ConsultationFactory, body, person, place

pytestmark = pytest.mark.django_db
Actor = Callable[[Consultation], User | AnonymousUser]

ACTORS: dict[str, Actor] = {
    "anonymous": lambda c: AnonymousUser(),
    "member": lambda c: person(),
    "organiser elsewhere": lambda c: person(Role.ORGANISER, on=place("Agen")),
    "organiser of a part": lambda c: person(Role.ORGANISER, on=place("Soumensac", within=c.territory)),
    "expired organiser": lambda c: person(Role.ORGANISER, on=c.territory, ended=True),
    "analyst here": lambda c: person(Role.ANALYST, on=c.territory),
    "council member here": lambda c: person(Role.MEMBER, on=c.territory),
    "organiser here": lambda c: person(Role.ORGANISER, on=c.territory),
    "organiser of the body": lambda c: person(Role.ORGANISER, on=c.organisation),
    "organiser around": lambda c: person(Role.ORGANISER, on=c.territory.parent_relations.get().parent),
    "administrator around": lambda c: person(
        Role.ADMINISTRATOR, on=c.territory.parent_relations.get().parent
    ),
    "superuser": lambda c: person(superuser=True),
}
ORGANISERS = {
    "organiser here", "organiser of the body", "organiser around", "administrator around", "superuser",
}  # fmt: skip
WORKERS = ORGANISERS | {"analyst here"}
EVERYONE = set(ACTORS)
ALLOWED: dict[tuple[str, str], set[str]] = {
    ("edit", "draft"): ORGANISERS,
    ("edit", "published"): ORGANISERS,
    ("edit", "closed"): set(),
    ("publish", "draft"): ORGANISERS,
    ("publish", "published"): set(),
    ("publish", "closed"): set(),
    ("close", "draft"): set(),
    ("close", "published"): ORGANISERS,
    ("close", "closed"): set(),
    ("follow", "draft"): WORKERS,
    ("follow", "published"): WORKERS,
    ("follow", "closed"): WORKERS,
    ("read", "draft"): WORKERS,
    ("read", "published"): EVERYONE,
    ("read", "closed"): EVERYONE,
}


@pytest.fixture
def consultation() -> Consultation:
    territory = place(within=place("Lot-et-Garonne", "departement"))
    return ConsultationFactory(territory=territory, organisation=body(territory))


@pytest.mark.parametrize("actor", ACTORS)
@pytest.mark.parametrize(("verb", "status"), ALLOWED, ids=["-".join(key) for key in ALLOWED])
def test_verb_by_actor_and_state(consultation: Consultation, verb: str, status: str, actor: str) -> None:
    consultation.status = status
    may = getattr(permissions, f"can_{verb}_consultation")
    assert may(ACTORS[actor](consultation), consultation) is (actor in ALLOWED[verb, status])


@pytest.mark.parametrize("actor", ACTORS)
def test_create_by_actor(consultation: Consultation, actor: str) -> None:
    user = ACTORS[actor](consultation)
    may = permissions.can_create_consultation(user, consultation.territory, consultation.organisation)
    assert may is (actor in ORGANISERS)


def test_part_of_a_territory_in_another_one_is_not_covered() -> None:
    canton, commune = place("Le Val du Dropt", "canton"), place("Lauzun", within=None)
    commune.parent_relations.create(parent=canton, coverage="partial")
    consultation = ConsultationFactory(territory=commune)
    assert not permissions.can_edit_consultation(person(Role.ORGANISER, on=canton), consultation)


def test_covered_territories_include_what_they_contain() -> None:
    department = place("Lot-et-Garonne", "departement")
    epci = place("Pays de Duras", "epci", within=department)
    commune = place("Duras", within=epci)
    user = person(Role.ORGANISER, on=department)
    assert permissions.covered_territory_ids(user, Role.ORGANISER) == {department.pk, epci.pk, commune.pk}


@pytest.mark.parametrize(
    ("role", "expected"),
    [(Role.DPO, True), (Role.ADMINISTRATOR, True), (Role.ORGANISER, False), (Role.ANALYST, False)],
)
def test_register_is_for_dpo_and_administrators(role: Role, expected: bool) -> None:
    assert permissions.can_read_register(person(role, on=place())) is expected
