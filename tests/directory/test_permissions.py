"""Actor × state of a record."""

import pytest

from directory import permissions
from directory.models import Service
from tests.factories.directory import an_actor, service

pytestmark = pytest.mark.django_db
KEEPERS = {"editor", "director", "professional", "steward", "organiser", "administrator", "superuser"}
STEWARDS = {"steward", "organiser", "administrator", "superuser"}
ACTORS = (
    "visitor", "member", "editor", "director", "professional", "ended_editor", "other_editor", "steward", "organiser",
    "other_steward", "professional_of_the_place", "analyst", "administrator", "superuser",
)  # fmt: skip
STATES = ("public", "draft", "defunct", "merged")


def in_state(state: str) -> Service:
    made = service(published=state != "draft", status="defunct" if state == "defunct" else "active")
    if state == "merged":
        made.merged_into = service(made.organisation)
        made.save(update_fields=["merged_into"])
    return made


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("actor", ACTORS)
def test_who_may_see_and_edit_a_record(actor: str, state: str) -> None:
    one = in_state(state)
    user = an_actor(actor, one.organisation)
    assert permissions.can_see_service(user, one) == (state == "public" or actor in KEEPERS)
    assert permissions.can_edit_service(user, one) == (state != "merged" and actor in KEEPERS)
    assert permissions.can_steward(user, one.organisation) == (actor in STEWARDS)


@pytest.mark.parametrize("actor", ACTORS)
def test_a_list_of_records_to_keep_says_the_same_as_the_permission(actor: str) -> None:
    one = service()
    user = an_actor(actor, one.organisation)
    kept = type(one.organisation).objects.filter(permissions.organisations_kept_by(user))
    assert (one.organisation in kept) == permissions.can_edit_service(user, one)
    assert permissions.can_work_on_directory(user) == (
        actor not in {"visitor", "member", "ended_editor", "analyst"}
    )
