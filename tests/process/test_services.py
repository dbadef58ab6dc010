"""What a consultation accepts and refuses, from draft to closing."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from accounts.models import Role, User
from consultations.process import services
from consultations.process.models import Consultation, Stage
from core.models import AuditEntry
from tests.factories.process import ConsultationFactory, body, person, place

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def consultation() -> Consultation:
    return ConsultationFactory()


@pytest.fixture
def organiser(consultation: Consultation) -> User:
    return person(Role.ORGANISER, on=consultation.territory)


def test_create_makes_a_draft_with_six_stages_and_an_audit_entry() -> None:
    territory = place()
    actor = person(Role.ORGANISER, on=territory)
    made = services.create_consultation(
        actor=actor, territory=territory, organisation=body(territory), title="Bien vieillir à Duras"
    )
    assert (made.status, made.slug, made.stages.count()) == ("draft", "bien-vieillir-a-duras", 6)
    assert AuditEntry.objects.get(verb="consultation_created").actor == actor


def test_create_twice_with_one_title_gives_two_addresses(organiser: User, consultation: Consultation) -> None:
    place_of = {"territory": consultation.territory, "organisation": consultation.organisation}
    slugs = {services.create_consultation(actor=organiser, title="Été", **place_of).slug for _n in range(3)}
    assert slugs == {"ete", "ete-2", "ete-3"}


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 121}, "title"),
        ({"title": "T", "audiences": ["martians"]}, "audiences"),
        ({"title": "T", "legal_basis": "because"}, "legal_basis"),
        ({"title": "T", "retention_months": -1}, "retention_months"),
        ({"title": "T", "purpose": "x" * 2001}, "purpose"),
    ],
    ids=["no title", "long title", "unknown audience", "unknown basis", "negative months", "long purpose"],
)
def test_create_refuses_bad_fields(fields: dict, field: str) -> None:
    territory = place()
    with pytest.raises(ValidationError) as error:
        services.create_consultation(
            actor=person(superuser=True), territory=territory, organisation=body(territory), **fields
        )
    assert field in error.value.message_dict


def test_inverted_dates_are_refused_by_service(organiser: User, consultation: Consultation) -> None:
    yesterday = TODAY() - datetime.timedelta(days=1)
    with pytest.raises(ValidationError):
        services.update_consultation(actor=organiser, consultation=consultation, ends_on=yesterday)


def test_update_by_someone_else_is_refused(consultation: Consultation) -> None:
    with pytest.raises(PermissionDenied):
        services.update_consultation(actor=person(), consultation=consultation, title="Autre")


def test_update_to_a_place_of_someone_else_is_refused(organiser: User, consultation: Consultation) -> None:
    elsewhere = place("Agen")
    with pytest.raises(PermissionDenied):
        services.update_consultation(
            actor=organiser,
            consultation=consultation,
            territory=elsewhere,
            organisation=body(elsewhere, "Ville d'Agen"),
        )


@pytest.mark.parametrize(
    "field", ["summary", "purpose", "audiences", "data_categories", "recipients", "contact"]
)
def test_publish_names_what_is_missing(organiser: User, consultation: Consultation, field: str) -> None:
    setattr(consultation, field, [] if field == "audiences" else "")
    with pytest.raises(ValidationError) as error:
        services.publish_consultation(actor=organiser, consultation=consultation)
    assert list(error.value.message_dict) == [field]
    consultation.refresh_from_db()
    assert consultation.status == "draft"


def test_publish_opens_the_first_stage(organiser: User, consultation: Consultation) -> None:
    services.publish_consultation(actor=organiser, consultation=consultation)
    assert consultation.stages.first().status == Stage.Status.UNDER_WAY
    assert Consultation.objects.running_on(TODAY()).get() == consultation


def test_published_consultation_must_stay_complete(organiser: User, consultation: Consultation) -> None:
    services.publish_consultation(actor=organiser, consultation=consultation)
    with pytest.raises(ValidationError):
        services.update_consultation(actor=organiser, consultation=consultation, contact="")


def test_close_without_restitution_is_refused(organiser: User, consultation: Consultation) -> None:
    services.publish_consultation(actor=organiser, consultation=consultation)
    with pytest.raises(ValidationError) as error:
        services.close_consultation(actor=organiser, consultation=consultation, restitution="  ")
    assert "restitution" in error.value.message_dict
    consultation.refresh_from_db()
    assert consultation.status == "published"


def test_close_with_restitution_keeps_it(organiser: User, consultation: Consultation) -> None:
    services.publish_consultation(actor=organiser, consultation=consultation)
    services.close_consultation(actor=organiser, consultation=consultation, restitution="Une navette.")
    consultation.refresh_from_db()
    assert (consultation.status, consultation.restitution) == ("closed", "Une navette.")
    assert consultation.closed_at


def test_stage_done_keeps_its_first_day(organiser: User, consultation: Consultation) -> None:
    stage = consultation.stages.get(kind="needs")
    services.set_stage(actor=organiser, stage=stage, status="done", figure="14")
    first_day = stage.reached_on
    services.set_stage(actor=organiser, stage=stage, status="done", figure="15")
    assert (stage.reached_on, stage.figure) == (first_day, "15")


def test_unknown_stage_status_is_refused(organiser: User, consultation: Consultation) -> None:
    with pytest.raises(ValidationError):
        services.set_stage(actor=organiser, stage=consultation.stages.first(), status="half")


def test_duplicate_is_a_draft_with_the_same_texts(organiser: User, consultation: Consultation) -> None:
    copy = services.duplicate_consultation(actor=organiser, consultation=consultation)
    assert (copy.status, copy.purpose, copy.slug != consultation.slug) == (
        "draft",
        consultation.purpose,
        True,
    )
