"""Who may, on a council: one table of actors and states; a mandate is a role on its days only."""

import datetime
from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from accounts.models import Role, User
from consultations.councils import permissions
from consultations.councils.models import Council
from tests.factories.councils import (
    council,
    director_of,
    establishment_of,
    mandate,
    member_of,
    office,
    secretary_of,
)
from tests.factories.process import person, place

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def president_of(of: Council, **fields: object) -> User:
    user = person()
    office(mandate(of, user=user), **fields)
    return user


def wide_secretary(of: Council) -> User:
    """The secretary of a territory that contains the council's."""
    parent = place("Département", "departement")
    parent.child_relations.create(child=of.territory)
    return person(Role.SECRETARY, on=parent)


def today() -> datetime.date:
    return timezone.localdate()


ACTORS: dict[str, Callable[[Council], User | AnonymousUser]] = {
    "anonymous": lambda of: AnonymousUser(),
    "resident": lambda of: person(),
    "secretary": secretary_of,
    "secretary elsewhere": lambda of: secretary_of(council()),
    "secretary of yesterday": lambda of: person(Role.SECRETARY, on=establishment_of(of), ended=True),
    "secretary of the department": wide_secretary,
    "director": director_of,
    "organiser here": lambda of: person(Role.ORGANISER, on=of.territory),
    "administrator": lambda of: person(Role.ADMINISTRATOR, on=of.territory),
    "member": member_of,
    "substitute": lambda of: member_of(of, rank="substitute"),
    "former member": lambda of: member_of(of, ended_on=today() - DAY, end_reason="resigned"),
    "member to come": lambda of: member_of(of, starts_on=today() + DAY),
    "president": president_of,
    "deposed president": lambda of: president_of(of, ended_on=today() - DAY),
}
CLERKS = {"secretary", "secretary of the department", "director", "administrator"}
SEATED = {"member", "substitute", "president", "deposed president"}
ALLOWED = {
    "can_edit_council": (CLERKS, set()),
    "can_manage_mandates": (CLERKS, set()),
    "can_record_founding_act": (CLERKS, set()),
    "can_record_vacancy": (CLERKS, set()),
    "can_edit_bylaws": (CLERKS | {"president"}, set()),
    "can_see_member_pages": (CLERKS | SEATED, CLERKS),
    "can_see_council": (CLERKS | SEATED, CLERKS),
    "is_president": ({"president"}, set()),
    "is_secretary": (
        {"secretary", "secretary of the department"},
        {"secretary", "secretary of the department"},
    ),
    "is_director": ({"director"}, {"director"}),
}


@pytest.mark.parametrize("verb", ALLOWED)
@pytest.mark.parametrize("actor", ACTORS)
def test_who_may_while_it_lives_and_once_dissolved(actor: str, verb: str) -> None:
    of = council(is_public=False)
    user = ACTORS[actor](of)
    may = getattr(permissions, verb)
    alive, dissolved = ALLOWED[verb]
    assert may(user, of) is (actor in alive)
    yesterday = today() - DAY
    of.mandates.filter(ended_on=None, starts_on__lte=yesterday).update(
        ended_on=yesterday, end_reason="dissolved"
    )
    of.dissolved_on = yesterday
    of.save()
    assert may(user, of) is (actor in dissolved)


@pytest.mark.parametrize("actor", ACTORS)
def test_the_lists_hold_what_the_functions_allow(actor: str) -> None:
    of, hidden = council(), council(is_public=False)
    user = ACTORS[actor](hidden)
    visible = set(Council.objects.filter(permissions.visible_to(user)))
    worked = set(Council.objects.filter(permissions.worked_on_by(user)))
    assert of in visible
    assert (hidden in visible) is permissions.can_see_council(user, hidden)
    assert (hidden in worked) is permissions.can_see_member_pages(user, hidden)


def test_rights_are_asked_for_a_day() -> None:
    of = council()
    user = member_of(of)
    held = of.mandates.get()
    assert permissions.mandate_of(user, of, held.starts_on) == held
    assert permissions.mandate_of(user, of, held.starts_on - DAY) is None
    assert permissions.can_see_member_pages(user, of, held.ends_on + DAY) is False
    assert permissions.can_see_council(AnonymousUser(), of) is True


@pytest.mark.parametrize("actor", ACTORS)
def test_who_has_something_in_the_workspace(actor: str) -> None:
    of = council()
    expected = CLERKS | SEATED | {"secretary elsewhere"}
    assert permissions.can_work_on_councils(ACTORS[actor](of)) is (actor in expected)
