"""Everything that leads to a person is exported and erased, whichever app holds it."""

import datetime

import pytest
from django.apps import apps
from django.db.models import Field
from django.utils import timezone

from accounts import services
from accounts.models import Role, User
from accounts.privacy import personal_data
from consultations.process.models import Consultation
from core.models import Job, StagedImport
from tests.factories import cms as make
from tests.factories.accounts import UserFactory, someone
from tests.factories.process import ConsultationFactory

pytestmark = pytest.mark.django_db

NOT_ABOUT_A_PERSON = {
    "accounts.User.groups": "Wagtail's groups follow the roles, which the account's source exports and ends",
    "accounts.User.user_permissions": "emptied with the account; rights, not data",
    "accounts.User_groups.user": "the same, as a table",
    "accounts.User_user_permissions.user": "the same, as a table",
}


def columns_to_people() -> set[str]:
    """Every column of ours or of a package that leads to an account."""
    return {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in [*model._meta.local_fields, *model._meta.local_many_to_many]
        if isinstance(field, Field) and field.related_model is User
    }


def covered() -> list[str]:
    return [column for source in personal_data for column in source.covers]


def test_every_column_that_leads_to_a_person_is_covered_once_or_excused() -> None:
    known = [*covered(), *NOT_ABOUT_A_PERSON]
    missing = columns_to_people() - set(known)
    assert not missing, f"Register them in accounts.privacy.personal_data (traces_source): {sorted(missing)}"
    assert len(known) == len(set(known))


def test_no_source_names_a_column_that_is_gone() -> None:
    assert set(covered()) <= columns_to_people()


def test_every_source_says_what_is_held_and_why() -> None:
    user = UserFactory()
    for source in personal_data:
        assert str(source.label) and str(source.kept)
        source.export(user)
        for _time in range(2):
            source.erase(user)


def test_the_export_tells_what_one_made_and_nothing_of_others() -> None:
    user = UserFactory()
    mine = ConsultationFactory(title="La mienne", created_by=user)
    ConsultationFactory(title="Une autre", created_by=UserFactory())
    data = services.export_personal_data(actor=user, user=user)
    day = mine.created_at.isoformat()
    assert data["consultations"] == [{"kind": "consultation", "title": "La mienne", "on": day}]
    assert {"pages", "surveys", "meetings", "files"} <= data.keys()


def test_erasing_keeps_the_work_without_a_name_and_cuts_the_rest() -> None:
    user = someone(Role.ORGANISER)
    name = user.display_name or user.email
    consultation = ConsultationFactory(created_by=user)
    page = make.page(owner=user, locked=True, locked_by=user)
    job = Job.objects.create(kind="export", actor=user)
    later = timezone.now() + datetime.timedelta(hours=1)
    StagedImport.objects.create(kind="needs", file_name="a.csv", content=b"a", actor=user, expires_at=later)
    services.erase_account(actor=user, user=user)
    assert Consultation.objects.get(pk=consultation.pk).created_by == user
    page.refresh_from_db()
    job.refresh_from_db()
    assert (page.owner, page.locked_by, page.locked, job.actor) == (user, None, False, None)
    assert not StagedImport.objects.exists()
    assert name not in str(User.objects.get(pk=user.pk))
