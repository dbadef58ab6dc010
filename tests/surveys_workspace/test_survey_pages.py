"""A survey from its creation to its closing; who may enter; conditions, preview, paper, files."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import Role
from consultations.process.models import Consultation
from consultations.surveys.models import Response, Survey
from consultations.surveys.services import publish_survey
from tests.factories.process import person, place

ALL = (
    "",
    "reglages/",
    "textes/",
    "publier/",
    "apercu/",
    "papier/",
    "partager/",
    "importer/",
    "nouvelle-question/",
)


def expression(survey: Survey, code: str) -> str | None:
    survey.refresh_from_db()
    return next(q for q in survey.draft["questions"] if q["code"] == code).get("visible_when")


@pytest.mark.parametrize("path", ALL)
def test_organiser_elsewhere_is_refused(client: Client, base: str, path: str) -> None:
    client.force_login(person(Role.ORGANISER, on=place("Agen")))
    assert client.get(base + path).status_code == 403


def test_analyst_follows_but_does_not_write(client: Client, survey: Survey, base: str) -> None:
    client.force_login(person(Role.ANALYST, on=survey.consultation.territory))
    read = {path: client.get(base + path).status_code for path in ("", "papier/", "participation/")}
    write = {path: client.get(base + path).status_code for path in ("publier/", "nouvelle-question/")}
    assert set(read.values()) == {200}
    assert set(write.values()) == {403}


def test_create_from_the_consultation(staff: Client, consultation: Consultation) -> None:
    address = f"/espace/consultations/{consultation.pk}/enquetes/nouvelle/"
    data = {
        "title": "Vos trajets",
        "purpose": "needs",
        "layout": "one_per_page",
        "access": "open",
        "minutes": "5",
    }
    assert staff.post(address, data | {"minutes": "900"}).status_code == 422
    assert (
        staff.post(address, data | {"opens_on": "2026-02-01", "closes_on": "2026-01-01"}).status_code == 422
    )
    assert staff.post(address, data).status_code == 302
    assert consultation.surveys.get().title == "Vos trajets"


def test_words_are_saved_by_language(staff: Client, survey: Survey, base: str) -> None:
    staff.post(
        base + "textes/", {"intro_fr": "Bonjour à vous", "intro_easy": "Bonjour", "thanks_fr": "Merci"}
    )
    survey.refresh_from_db()
    assert survey.draft["intro"] == {"fr": "Bonjour à vous", "fr-easy": "Bonjour"}
    assert survey.draft["thanks"] == {"fr": "Merci"}


def test_condition_is_added_then_saved(staff: Client, survey: Survey, base: str) -> None:
    address = base + "questions/visites/condition/"
    added = staff.post(address, {"op": "add", "about": "seul", "join": "and"}).content.decode()
    assert 'name="row0-values"' in added
    row = {"row0-code": "seul", "row0-operator": "is", "join": "and", "op": "save"}
    assert staff.post(address, row).status_code == 422
    assert staff.post(address, row | {"row0-values": ["oui"]}).status_code == 302
    assert expression(survey, "visites") == "seul = 'oui'"
    assert "checked" in staff.get(address).content.decode()


def test_condition_is_removed(staff: Client, survey: Survey, base: str) -> None:
    address = base + "questions/visites/condition/"
    staff.post(address, {"op": "text", "join": "and", "expression": "seul = 'oui'"})
    row = {"row0-code": "seul", "row0-operator": "is", "row0-values": ["oui"], "join": "and"}
    assert 'name="row0-values"' not in staff.post(address, row | {"op": "remove:0"}).content.decode()
    assert staff.post(address, {"op": "save", "join": "and"}).status_code == 302
    assert expression(survey, "visites") is None


@pytest.mark.parametrize(
    "data",
    [
        {"op": "text", "join": "and", "expression": "seul = = 'oui'"},
        {"op": "text", "join": "and", "expression": "(" * 400},
        {
            "op": "save",
            "join": "and",
            "row0-code": "seul",
            "row0-operator": "explode",
            "row0-values": ["oui"],
        },
        {"op": "save", "join": "and", "row0-code": "seul", "row0-operator": "is", "row0-values": ["jamais"]},
        {"op": "save", "join": "xor"},
    ],
    ids=str,
)
def test_condition_that_cannot_be_read_is_refused(staff: Client, base: str, data: dict) -> None:
    assert staff.post(base + "questions/visites/condition/", data).status_code == 422


def test_cycle_is_refused_at_publication_and_named(staff: Client, survey: Survey, base: str) -> None:
    survey.draft["questions"][0]["visible_when"] = "visites > 1"
    survey.draft["questions"][1]["visible_when"] = "seul = 'oui'"
    survey.save(update_fields=["draft"])
    response = staff.post(base + "publier/")
    assert response.status_code == 422
    assert f"{base}questions/seul/condition/" in response.content.decode()
    survey.refresh_from_db()
    assert survey.status == "draft"


def test_publish_then_correct_then_publish_a_new_version(staff: Client, survey: Survey, base: str) -> None:
    assert staff.post(base + "publier/").status_code == 302
    staff.post(
        base + "questions/visites/", {"label_fr": "Combien de visites par semaine ?", "min": 0, "max": 50}
    )
    assert "publier/" in staff.get(base).content.decode()
    staff.post(base + "publier/")
    survey.refresh_from_db()
    assert survey.current_version and survey.current_version.number == 2


def test_published_code_is_not_given_to_a_new_question(staff: Client, survey: Survey, base: str) -> None:
    staff.post(base + "publier/")
    staff.post(base + "questions/visites/supprimer/")
    staff.post(base + "nouvelle-question/", {"type": "text", "label": "Visites"})
    survey.refresh_from_db()
    assert [question["code"] for question in survey.draft["questions"]] == ["seul", "visites_2"]


def test_close_asks_then_refuses_edits(staff: Client, survey: Survey, base: str) -> None:
    staff.post(base + "publier/")
    assert staff.get(base + "fermer/").status_code == 200
    staff.post(base + "fermer/")
    assert staff.get(base + "questions/visites/").status_code == 403
    assert staff.get(base + "participation/").status_code == 200


def test_preview_walks_the_draft_and_keeps_nothing(staff: Client, survey: Survey, base: str) -> None:
    first = staff.get(base + "apercu/", follow=True)
    assert "Vivez-vous seul" in first.content.decode()
    second = staff.post(base + "apercu/questions/seul/", {"q-seul": "oui"}, follow=True)
    assert second.status_code == 200
    assert staff.get(base + "apercu/fin/").status_code == 200
    assert Response.objects.count() == 0


def test_preview_of_an_unknown_question_starts_again(staff: Client, base: str) -> None:
    assert staff.get(base + "apercu/questions/jamais/")["Location"].endswith("/apercu/")


def test_export_then_import_gives_the_same(staff: Client, survey: Survey, base: str) -> None:
    exported = staff.get(base + "questionnaire.json").content
    upload = SimpleUploadedFile("q.json", exported)
    assert staff.post(base + "importer/", {"file": upload, "revision": "1"}).status_code == 302
    before = survey.draft
    survey.refresh_from_db()
    assert survey.draft == before


@pytest.mark.parametrize(
    ("content", "revision", "status"),
    [
        (b"\xff\xfe not json", "1", 422),
        (b"[]", "1", 422),
        (b'{"questions": 3}', "1", 422),
        (b"[" * 100_000, "1", 422),
        (b'{"questions": [], "a": NaN}', "1", 422),
        (b'{"questions": [], "intro": {"fr": "\\ud800"}}', "1", 422),
        (b'{"questions": [], "intro": {"fr": "\\u0000"}}', "1", 422),
        (b'{"questions": [{"code": "<b>", "type": "text"}]}', "1", 422),
        (b'{"questions": [{"code": "a", "type": ["text"]}]}', "1", 422),
        (b'{"questions": [{"code": "a", "type": "text", "needs": [1, "x"]}]}', "1", 422),
        (b'{"questions": []}', "0", 409),
        (b'{"questions": []}', "x", 422),
    ],
    ids=[
        "binary",
        "list",
        "number",
        "deep",
        "constant",
        "half a character",
        "null character",
        "code",
        "type",
        "needs",
        "stale",
        "no revision",
    ],
)
def test_import_of_anything_else_is_refused(
    staff: Client, survey: Survey, base: str, content: bytes, revision: str, status: int
) -> None:
    upload = SimpleUploadedFile("q.json", content)
    assert staff.post(base + "importer/", {"file": upload, "revision": revision}).status_code == status
    before = survey.draft
    survey.refresh_from_db()
    assert survey.draft == before


@pytest.mark.parametrize(
    "document",
    [
        {"questions": [{"code": 3}, "x", None, {"code": "a", "type": "riddle", "label": []}]},
        {"questions": [{"code": "a", "type": "single", "choices": ["x", {"code": None}]}]},
        {"intro": "x", "questions": []},
    ],
    ids=str,
)
def test_unreadable_draft_is_still_shown(staff: Client, survey: Survey, base: str, document: dict) -> None:
    survey.draft = json.loads(json.dumps(document))
    survey.save(update_fields=["draft"])
    for path in ("", "publier/", "textes/", "papier/", "partager/"):
        assert staff.get(base + path).status_code == 200


def test_participation_shows_nothing_below_five(staff: Client, survey: Survey, organiser, base: str) -> None:
    publish_survey(actor=organiser, survey=survey)
    page = staff.get(base + "participation/").content.decode()
    assert 'class="empty"' in page
    assert staff.get(base + "participation.csv").content.decode().startswith("\ufeff")


def test_consultation_pages_list_the_survey(staff: Client, survey: Survey, organiser) -> None:
    dashboard = f"/espace/consultations/{survey.consultation_id}/"
    public = f"/participer/{survey.consultation.slug}/"
    assert survey.title in staff.get(dashboard).content.decode()
    assert survey.title not in staff.get(public).content.decode()
    publish_survey(actor=organiser, survey=survey)
    assert f"/enquetes/{survey.slug}/" in staff.get(public).content.decode()


def test_tabs_lead_nowhere_that_refuses(client: Client, survey: Survey, base: str) -> None:
    client.force_login(person(Role.ANALYST, on=survey.consultation.territory))
    page = client.get(base).content.decode()
    assert base + "partager/" in page
    assert base + "reglages/" not in page
