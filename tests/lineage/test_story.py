"""From a response to what became of it: in words, by day, and never back to the person."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from accounts.models import Role
from consultations.lineage.models import Link, Relation
from consultations.lineage.registries import Item, LineageKind, lineage_kinds
from consultations.lineage.selectors import story
from consultations.lineage.services import link, replace_links
from consultations.process.models import Consultation, Stage
from consultations.surveys.models import Response
from consultations.surveys.services import publish_survey
from needs.models import Need
from tests.core.test_tolls import paid
from tests.factories.days import days_ago
from tests.factories.process import ConsultationFactory, person
from tests.factories.surveys import answer, draft_survey
from tests.surveys.documents import question, questionnaire

pytestmark = pytest.mark.django_db
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def told():
    """A response to a published survey, coded with one need, in a consultation under way."""
    Need.objects.create(
        code="1.1.2",
        family="need",
        official_label="x",
        plain_label=f"Manger {HOSTILE}",
        easy_read="Manger bien",
    )
    consultation = ConsultationFactory(status=Consultation.Status.PUBLISHED, title=f"Chez soi {HOSTILE}")
    Stage.objects.filter(consultation=consultation, kind="voices").update(
        status="done", reached_on=days_ago(2), note=f"Merci {HOSTILE}"
    )
    document = questionnaire(question("mots", "text", needs=["1.1.2"]))
    survey = draft_survey(document, consultation=consultation, title=f"Vos besoins {HOSTILE}")
    publish_survey(actor=person(Role.ORGANISER, on=consultation.territory), survey=survey)
    survey.refresh_from_db()
    return answer(survey, {"mots": f"Secret {HOSTILE}"})


def test_the_story_goes_from_the_words_to_the_stage(told, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        found = story("response", str(told.response.pk))
    assert found is not None
    assert [need.title for need in found.needs] == [f"Manger {HOSTILE}"]
    assert found.given is not None
    assert found.given.kind == "survey"
    assert [stage.status for stage in found.milestones][:2] == ["done", "to_come"]


def test_nothing_in_the_story_leads_back_to_a_person(told):
    found = story("response", str(told.response.pk))
    assert "Secret" not in repr(found)
    assert str(told.response.client_uuid) not in repr(found)
    assert story("need", "1.1.2").steps == ()


def test_the_receipt_is_told_in_words_and_kept_secret(client, told):
    page = client.get(reverse("lineage:receipt", args=[told.receipt_code]))
    body = page.content.decode()
    assert page.status_code == 200
    assert HOSTILE not in body
    assert body.count("&lt;script&gt;") >= 3
    assert "Secret" not in body
    assert "no-store" in page["Cache-Control"]
    assert page["Referrer-Policy"] == "no-referrer"
    assert "noindex" in page["X-Robots-Tag"]


def test_the_easy_words_are_used_when_asked(client, told):
    client.post(reverse("core:preferences"), {"easy_read": "1", "next": "/"})
    page = client.get(reverse("lineage:receipt", args=[told.receipt_code]))
    assert "Manger bien" in page.content.decode()


def test_the_form_leads_to_the_receipt_despite_slips(client, told):
    words = told.receipt_code.split("-")
    typed = f" {words[0].upper()}  {words[1]}, {words[2]} {words[3]} {words[4]} "
    page = client.post(reverse("lineage:follow"), {"code": typed})
    assert (page.status_code, page.url) == (303, reverse("lineage:receipt", args=[told.receipt_code]))


@pytest.mark.parametrize(
    "typed", ["abeille abricot accueil acier 01", "bonjour", HOSTILE, "x" * 150, "\x00", "../../etc"]
)
def test_an_unknown_code_is_explained_and_kept(client, typed):
    page = client.post(reverse("lineage:follow"), {"code": typed})
    assert page.status_code in {404, 422}
    assert HOSTILE not in page.content.decode()
    assert "error-summary" in page.content.decode()


def test_a_forged_address_gives_the_form_filled(client):
    page = client.get(reverse("lineage:receipt", args=["abeille-abricot-accueil-acier-01"]))
    assert page.status_code == 404
    assert "abeille-abricot-accueil-acier-01" in page.content.decode()


def test_the_receipt_of_an_erased_response_is_unknown(client, told):
    Response.objects.all().delete()
    assert client.get(reverse("lineage:receipt", args=[told.receipt_code])).status_code == 404


def test_guessing_is_slowed(client, told):
    for _time in range(120):
        client.get(reverse("lineage:receipt", args=["abeille-abricot-accueil-acier-01"]))
    address = reverse("lineage:receipt", args=[told.receipt_code])
    slowed = client.get(address)
    assert slowed.status_code == 429
    opened = client.post(reverse("lineage:follow"), paid(slowed))
    assert (opened.status_code, opened.url) == (303, address)
    assert client.get(address).status_code == 200  # this browser has paid


def test_linking_twice_changes_nothing():
    source, target = ("need", "1"), ("need", "2")
    for _time in range(2):
        link(actor=None, source=source, relation=Relation.SUPPORTS, target=target, on=days_ago(0))
    assert Link.objects.count() == 1
    replace_links(source=source, targets=[(Relation.CODED_AS, ("need", "3"))], on=days_ago(0))
    assert list(Link.objects.values_list("relation", "target_id")) == [("coded_as", "3")]


def test_an_unknown_kind_is_refused():
    with pytest.raises(ValueError, match="licorne"):
        link(
            actor=None,
            source=("licorne", "1"),
            relation=Relation.SUPPORTS,
            target=("need", "2"),
            on=days_ago(0),
        )
    assert story("licorne", "1") is None


def test_circles_of_links_end(monkeypatch):
    monkeypatch.setitem(
        lineage_kinds._entries, "thing", LineageKind("thing", lambda keys: {key: _item(key) for key in keys})
    )
    for source, target in (("1", "2"), ("2", "3"), ("3", "1")):
        link(
            actor=None,
            source=("thing", source),
            relation=Relation.MERGED_INTO,
            target=("thing", target),
            on=days_ago(0),
        )
    found = story("thing", "1")
    assert [step.item.title for step in found.steps] == ["2", "3"]


def _item(title):
    return Item(title)


def test_check_lineage_names_dead_links(told):
    out = StringIO()
    call_command("check_lineage", "--json", stdout=out)
    report = json.loads(out.getvalue())
    assert (report["links"], report["dead"]) == (3, [])
    Need.objects.all().delete()
    err = StringIO()
    with pytest.raises(CommandError):
        call_command("check_lineage", stdout=StringIO(), stderr=err)
    assert "need 1.1.2" in err.getvalue()
