"""Who may do what with a synthesis: one table of actors and states."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import Role, User
from consultations.syntheses.models import Synthesis
from consultations.syntheses.permissions import can, can_read_synthesis
from consultations.syntheses.states import LIFE, Actor
from tests.factories.process import ConsultationFactory, body, person, place
from tests.factories.syntheses import synthesis_with

pytestmark = pytest.mark.django_db


def volunteer(synthesis: Synthesis) -> User:
    user = person()
    synthesis.volunteers.add(user)
    return user


ACTORS: dict[str, Callable[[Synthesis], User | AnonymousUser]] = {
    "anonymous": lambda s: AnonymousUser(),
    "member": lambda s: person(),
    "volunteer": volunteer,
    "facilitator elsewhere": lambda s: person(Role.FACILITATOR, on=place("Agen")),
    "facilitator of yesterday": lambda s: person(Role.FACILITATOR, on=s.consultation.territory, ended=True),
    "analyst here": lambda s: person(Role.ANALYST, on=s.consultation.territory),
    "facilitator here": lambda s: person(Role.FACILITATOR, on=s.consultation.territory),
    "organiser of the body": lambda s: person(Role.ORGANISER, on=s.consultation.organisation),
    "superuser": lambda s: person(superuser=True),
}
LEADERS = {"facilitator here", "organiser of the body", "superuser"}
WRITERS = LEADERS | {"volunteer"}
NOBODY: set[str] = set()
ALLOWED: dict[str, dict[str, set[str]]] = {
    # draft, comments, adopted, published
    "read_draft": dict.fromkeys(Synthesis.Status, WRITERS),
    "edit": {"draft": WRITERS, "comments": NOBODY, "adopted": NOBODY, "published": NOBODY},
    "name_volunteers": {"draft": LEADERS, "comments": LEADERS, "adopted": LEADERS, "published": NOBODY},
    "open_comments": {"draft": LEADERS, "comments": NOBODY, "adopted": NOBODY, "published": NOBODY},
    "comment": dict.fromkeys(Synthesis.Status, NOBODY),  # participants only: see below
    "moderate": dict.fromkeys(Synthesis.Status, LEADERS),
    "resume": {"draft": NOBODY, "comments": LEADERS, "adopted": LEADERS, "published": LEADERS},
    "adopt": {"draft": LEADERS, "comments": LEADERS, "adopted": NOBODY, "published": NOBODY},
    "publish": {"draft": NOBODY, "comments": NOBODY, "adopted": LEADERS, "published": NOBODY},
    "withdraw_proposal": dict.fromkeys(Synthesis.Status, LEADERS),
    "propose": {"draft": NOBODY, "comments": NOBODY, "adopted": NOBODY, "published": LEADERS},
    "delete": {"draft": LEADERS, "comments": NOBODY, "adopted": NOBODY, "published": NOBODY},
}


@pytest.fixture
def synthesis() -> Synthesis:
    territory = place(within=place("Lot-et-Garonne", "departement"))
    consultation = ConsultationFactory(territory=territory, organisation=body(territory), status="published")
    return synthesis_with("Une phrase", consultation=consultation)


@pytest.mark.parametrize("actor", ACTORS)
def test_verb_by_actor_and_state(synthesis: Synthesis, actor: str) -> None:
    user = ACTORS[actor](synthesis)
    for verb, states in ALLOWED.items():
        for status, allowed in states.items():
            synthesis.status = status
            assert can(verb, user, synthesis) is (actor in allowed), (verb, status)


def test_table_covers_every_verb() -> None:
    assert set(ALLOWED) == set(LIFE.verbs)
    assert not LIFE.is_allowed("erase everything", Actor.FACILITATOR, "draft")


@pytest.mark.parametrize("status", Synthesis.Status)
def test_participants_comment_only_while_it_is_open(status: str) -> None:
    assert LIFE.is_allowed("comment", Actor.PARTICIPANT, status) is (status == "comments")
    assert not LIFE.is_allowed("comment", Actor.READER, status)


def test_reading_before_and_after_publication(synthesis: Synthesis) -> None:
    assert not can_read_synthesis(AnonymousUser(), synthesis)
    assert can_read_synthesis(volunteer(synthesis), synthesis)
    synthesis.status = Synthesis.Status.COMMENTS
    assert can_read_synthesis(AnonymousUser(), synthesis)


def test_without_a_consultation_only_its_maker_and_administrators_lead() -> None:
    synthesis = synthesis_with("Une phrase")
    synthesis.consultation = None
    maker = person(Role.FACILITATOR, on=place("Agen"))
    synthesis.created_by = maker
    assert can("edit", maker, synthesis)
    assert can("edit", person(Role.ADMINISTRATOR, on=place("Agen")), synthesis)
    assert not can("edit", person(Role.FACILITATOR, on=place("Agen")), synthesis)
