"""The workspace of an organiser: what they see, write, publish and close."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Role, User
from consultations.bank.models import Quotation
from consultations.process.models import Consultation
from consultations.process.selectors import register_of_processings
from needs.models import Need
from tests.factories.process import ConsultationFactory, body, person, place

pytestmark = pytest.mark.django_db


@pytest.fixture
def consultation() -> Consultation:
    return ConsultationFactory(title="Vieillir à Duras")


@pytest.fixture
def organiser(consultation: Consultation) -> User:
    return person(Role.ORGANISER, on=consultation.territory)


@pytest.fixture
def staff(client: Client, organiser: User) -> Client:
    client.force_login(organiser)
    return client


def fields(consultation: Consultation, **changes: object) -> dict[str, object]:
    return {
        "title": "Se déplacer",
        "summary": "Résumé",
        "purpose": "But",
        "territory": consultation.territory_id,
        "organisation": consultation.organisation_id,
        "audiences": ["residents"],
        "starts_on": "2026-01-01",
        "ends_on": "",
        "legal_basis": "public_interest",
        "retention_months": "12",
        **changes,
    }


def test_visitor_is_asked_to_sign_in(client: Client) -> None:
    response = client.get("/espace/")
    assert response.status_code == 302
    assert response["Location"].endswith("next=/espace/")


@pytest.mark.parametrize("path", ["", "consultations/", "consultations/nouvelle/", "registre/"])
def test_member_without_role_is_refused(client: Client, path: str) -> None:
    client.force_login(person())
    assert client.get(f"/espace/{path}").status_code == 403


def test_home_lists_drafts_and_late_ones(staff: Client, consultation: Consultation) -> None:
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    ConsultationFactory(
        title="À clore", status="published", territory=consultation.territory, ends_on=yesterday,
        starts_on=yesterday,
    )  # fmt: skip
    ConsultationFactory(title="Ailleurs", territory=place("Agen"))
    page = staff.get("/espace/").content.decode()
    assert page.index("À clore") < page.index("Vieillir à Duras")
    assert "Ailleurs" not in page


def test_list_filters_and_counts_few_queries(
    staff: Client, consultation: Consultation, django_assert_max_num_queries
) -> None:
    ConsultationFactory.create_batch(25, territory=consultation.territory)
    staff.get("/espace/consultations/")
    with django_assert_max_num_queries(10):
        page = staff.get("/espace/consultations/", {"q": "vieillir", "page": "2"}).content.decode()
    assert '<span aria-current="page">' in page
    assert "Vieillir à Duras" in staff.get("/espace/consultations/", {"q": "duras"}).content.decode()


def test_search_offers_territories_and_keeps_what_was_typed(
    staff: Client, consultation: Consultation
) -> None:
    data = fields(consultation, title="Mon titre", territory="", territory_query="dûr", search="territory")
    response = staff.post("/espace/consultations/nouvelle/", data)
    page = response.content.decode()
    assert response.status_code == 200
    assert f'value="{consultation.territory_id}"' in page
    assert 'value="Mon titre"' in page


def test_search_does_not_offer_places_of_others(staff: Client, consultation: Consultation) -> None:
    elsewhere = place("Duravel")
    data = fields(consultation, territory="", territory_query="dura", search="territory")
    assert (
        f'value="{elsewhere.pk}"' not in staff.post("/espace/consultations/nouvelle/", data).content.decode()
    )


def test_create_saves_a_draft(staff: Client, consultation: Consultation) -> None:
    need = Need.objects.create(
        code="1.2.1", family="need", official_label="Se déplacer", plain_label="Bouger"
    )
    response = staff.post("/espace/consultations/nouvelle/", fields(consultation, needs=[need.pk]))
    made = Consultation.objects.get(title="Se déplacer")
    assert response.status_code == 302
    assert (made.status, list(made.needs.all())) == ("draft", [need])


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "title"),
        ({"ends_on": "2025-12-31"}, None),
        ({"starts_on": "31/12/soon"}, "starts_on"),
        ({"territory": "999999"}, "territory"),
        ({"territory": "9" * 400}, "territory"),
        ({"territory": "abc"}, "territory"),
        ({"audiences": ["martians"]}, "audiences"),
        ({"purpose": "x" * 3000}, "purpose"),
        ({"retention_months": "100000"}, "retention_months"),
        ({"needs": ["123456"]}, "needs"),
    ],
    ids=str,
)
def test_bad_input_is_said_and_nothing_typed_is_lost(
    staff: Client, consultation: Consultation, changes: dict, field: str | None
) -> None:
    response = staff.post(
        "/espace/consultations/nouvelle/", fields(consultation, summary="À garder", **changes)
    )
    assert response.status_code == 422
    assert response.context["form"].errors if field is None else field in response.context["form"].errors
    assert "À garder" in response.content.decode()


def test_create_for_a_place_of_someone_else_is_refused(staff: Client, consultation: Consultation) -> None:
    elsewhere = place("Agen")
    response = staff.post("/espace/consultations/nouvelle/", fields(consultation, territory=elsewhere.pk))
    assert response.status_code in {403, 422}
    assert not Consultation.objects.filter(title="Se déplacer").exists()


def test_edit_of_someone_else_is_refused(staff: Client) -> None:
    other = ConsultationFactory(territory=place("Agen"))
    assert staff.get(f"/espace/consultations/{other.pk}/").status_code == 403
    assert staff.get(f"/espace/consultations/{other.pk}/modifier/").status_code == 403


def test_edit_shows_and_changes_what_was_written(staff: Client, consultation: Consultation) -> None:
    address = f"/espace/consultations/{consultation.pk}/modifier/"
    assert "Vieillir à Duras" in staff.get(address).content.decode()
    assert staff.post(address, fields(consultation)).status_code == 302
    consultation.refresh_from_db()
    assert consultation.title == "Se déplacer"


def test_publish_then_close_with_restitution(staff: Client, consultation: Consultation) -> None:
    base = f"/espace/consultations/{consultation.pk}"
    assert staff.post(f"{base}/publier/").status_code == 302
    assert staff.post(f"{base}/clore/", {"restitution": ""}).status_code == 422
    assert staff.post(f"{base}/clore/", {"restitution": "Une navette."}).status_code == 302
    consultation.refresh_from_db()
    assert consultation.status == "closed"
    assert staff.get(f"{base}/modifier/").status_code == 403


def test_publish_incomplete_lists_what_is_missing(staff: Client, consultation: Consultation) -> None:
    Consultation.objects.filter(pk=consultation.pk).update(contact="")
    response = staff.post(f"/espace/consultations/{consultation.pk}/publier/")
    assert response.status_code == 422
    assert "#id_contact" in response.content.decode()


def test_stage_is_moved(staff: Client, consultation: Consultation) -> None:
    address = f"/espace/consultations/{consultation.pk}/etapes/needs/"
    assert staff.post(address, {"status": "done", "figure": "14"}).status_code == 302
    assert consultation.stages.get(kind="needs").figure == "14"
    assert staff.post(address, {"status": "half"}).status_code == 422


def test_duplicate_opens_the_copy(staff: Client, consultation: Consultation) -> None:
    response = staff.post(f"/espace/consultations/{consultation.pk}/dupliquer/")
    assert response["Location"].endswith("/modifier/")
    assert Consultation.objects.count() == 2


def test_register_lists_public_processings_and_downloads_them(client: Client) -> None:
    consultation = ConsultationFactory(status="published", purpose="=cmd()", contact="+33 5")
    client.force_login(person(Role.DPO, on=body(consultation.territory, "Préfecture")))
    assert consultation.title in client.get("/espace/registre/").content.decode()
    text = client.get("/espace/registre.csv").content.decode()
    assert text.startswith("\ufeff")
    assert "'=cmd()" in text
    assert "'+33 5" in text


def test_register_says_what_is_processed_outside_consultations(client: Client) -> None:
    client.force_login(person(Role.DPO, on=body(ConsultationFactory().territory, "Préfecture")))
    shown = client.get("/espace/registre/").content.decode()
    table = client.get("/espace/registre.csv").content.decode()
    for title in (
        "Les demandes d’aide",
        "L’annuaire des services",
        "Les membres des conseils",
        "Les élections",
    ):
        assert title in shown and title in table
    assert "article 9, 2, a" in table  # what people ask for tells of their health


def test_register_names_quotations_where_there_are_some(client: Client) -> None:
    quoted, silent = ConsultationFactory(status="published"), ConsultationFactory(status="published")
    Quotation.objects.create(consultation=quoted, text="Il n’y a plus de bus.", published_on="2026-03-01")
    named = {line.consultation: {other.label for other in line.others} for line in register_of_processings()}
    assert "Paroles citées en public" in named[quoted] - named[silent]
