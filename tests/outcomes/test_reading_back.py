"""The whole loop: from an answer without account to an action done and measured, read back to who spoke and who follows."""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role, User
from consultations.actions.models import ActionSheet, Indicator, Measure, State, StateChange
from consultations.actions.services import create_sheet, publish_update, set_details
from consultations.actions.services.updates import Told
from consultations.following.models import Follow
from consultations.following.selectors import news_of
from consultations.following.services import readers
from consultations.following.services.digests import send_digests
from consultations.lineage.models import Link, Relation
from consultations.lineage.selectors import story
from consultations.lineage.services import link, replace_links
from consultations.process.models import Consultation
from consultations.surveys.models import Survey
from consultations.surveys.services import publish_survey
from consultations.syntheses.models import Proposal, Synthesis
from consultations.syntheses.services import take_up_proposal
from needs.models import Need
from observatory.indicators.models import Release
from tests.factories import actions as make
from tests.factories import opinions as say
from tests.factories.process import ConsultationFactory, person
from tests.factories.surveys import answer, draft_survey
from tests.factories.syntheses import line_of, synthesis_with
from tests.surveys.documents import question, questionnaire

pytestmark = pytest.mark.django_db
NEED = "1.1.2"
SECRET = "Mes mots à moi"


@dataclass
class Loop:
    """Everything of one consultation, tied together as the services of the apps tie it."""

    consultation: Consultation
    survey: Survey
    given: Any
    release: Release
    synthesis: Synthesis
    sheet: ActionSheet
    organiser: User

    @property
    def receipt(self) -> str:
        return reverse("lineage:receipt", args=[self.given.receipt_code])


@pytest.fixture
def loop() -> Loop:
    """An answer, its release cited by a synthesis, its proposal carried out by a sheet that is done and measured."""
    Need.objects.create(
        code=NEED, family="need", official_label="x", plain_label="Manger", easy_read="Manger bien"
    )
    consultation = ConsultationFactory(status="published", title="Bien manger")
    organiser = person(Role.ORGANISER, on=consultation.territory)
    survey = draft_survey(
        questionnaire(question("mots", "text", needs=[NEED])), consultation=consultation, title="L’enquête"
    )
    publish_survey(actor=organiser, survey=survey)
    survey.refresh_from_db()
    given = answer(survey, {"mots": SECRET})
    release = _release(survey, str(given.response.pk))
    synthesis, proposal = _synthesis(consultation, release)
    sheet = create_sheet(
        actor=None, title="Des repas partagés", territory=consultation.territory, is_announced=True,
        consultation=consultation,
    )  # fmt: skip
    take_up_proposal(actor=organiser, proposal=proposal, node=("action_sheet", str(sheet.pk)))
    _finish(sheet)
    return Loop(consultation, survey, given, release, synthesis, sheet, organiser)


def _release(survey: Survey, response: str) -> Release:
    today = timezone.localdate()
    release = Release.objects.create(
        subject_kind="survey", subject_id=str(survey.pk), slug=survey.slug, scope_level="commune",
        scope_code="x", scope_name="x", geography_on=today, number=1, title=survey.title, released_on=today,
        base_count=40, input_hash="x",
    )  # fmt: skip
    own = ("release", str(release.pk))
    link(actor=None, source=("response", response), relation=Relation.RELEASED_IN, target=own, on=today)
    targets = [(Relation.RAISED_IN, ("survey", str(survey.pk))), (Relation.CODED_AS, ("need", NEED))]
    replace_links(source=own, targets=targets, on=today)
    return release


def _synthesis(consultation: Consultation, release: Release) -> tuple[Synthesis, Proposal]:
    synthesis = synthesis_with("Manger ensemble", consultation=consultation)
    line, today = line_of(synthesis, "Manger ensemble"), timezone.localdate()
    own = ("synthesis_line", str(line.pk))
    version = synthesis.versions.create(number=1, step="adopted", content={"blocks": []}, content_hash="x",
                                        made_on=today)  # fmt: skip
    synthesis.published_version, synthesis.status, synthesis.published_on = version, "published", today
    synthesis.adopted_on = today
    synthesis.save()
    proposal = Proposal.objects.create(line=line, text=line.text, proposed_on=today)
    for source, relation, target in (
        (("release", str(release.pk)), Relation.SUPPORTS, own),
        (own, Relation.RELEASED_IN, ("synthesis", str(synthesis.pk))),
        (own, Relation.ANSWERED_BY, ("action_proposal", str(proposal.pk))),
        (("synthesis", str(synthesis.pk)), Relation.RAISED_IN, ("consultation", str(consultation.pk))),
    ):
        link(actor=None, source=source, relation=relation, target=target, on=today)
    return synthesis, proposal


def _finish(sheet: ActionSheet) -> None:
    make.in_state(sheet, State.DONE)
    today = timezone.localdate()
    StateChange.objects.create(sheet=sheet, state=State.DONE, on=today)
    indicator = Indicator.objects.create(sheet=sheet, title="Repas servis", unit="repas")
    Measure.objects.create(indicator=indicator, value=Decimal(120), on=today)


def page_of(client: Client, address: str, *, easy: bool = False) -> str:
    if easy:
        client.post(reverse("core:preferences"), {"easy_read": "1", "next": "/"})
    answer_ = client.get(address)
    assert answer_.status_code == 200, address
    return answer_.content.decode().replace("\u202f", " ").replace("\u00a0", " ")


def test_the_receipt_follows_the_words_to_the_measure(loop: Loop, client: Client) -> None:
    page = page_of(client, loop.receipt)
    for words in (
        "Manger",
        "Manger ensemble",
        loop.synthesis.title,
        "Des repas partagés",
        "Réalisée",
        "Repas servis",
        "120 repas",
    ):
        assert words in page, words
    assert SECRET not in page
    for key in (loop.given.response.pk, loop.given.response.client_uuid):
        assert str(key) not in page


def test_the_receipt_says_it_in_easy_words(loop: Loop, client: Client) -> None:
    page = page_of(client, loop.receipt, easy=True)
    assert "Manger bien" in page
    assert "Cette action vient de ce qui a été dit." in page


def test_the_receipt_offers_to_follow_what_is_public_and_never_itself(loop: Loop, client: Client) -> None:
    page = page_of(client, loop.receipt)
    for kind, key in (("consultation", loop.consultation.pk), ("action_sheet", loop.sheet.pk)):
        assert reverse("following:ask", args=[kind, key]) in page
    assert f"following/{loop.given.receipt_code}" not in page
    assert "/abonnements/response" not in page
    for kind in ("response", "contribution"):
        assert client.get(f"/abonnements/{kind}/{loop.given.response.pk}/").status_code == 404
    readers.ask_to_follow(
        email="ada@example.org", kind="consultation", key=str(loop.consultation.pk), rhythm="week"
    )
    assert "response" not in str(list(Follow.objects.values()))


def test_a_need_answered_elsewhere_by_name_is_told_apart(loop: Loop, client: Client) -> None:
    near = make.in_state(make.sheet(State.WRITING, territory=loop.consultation.territory, title="Le potager"),
                         State.UNDER_WAY)  # fmt: skip
    far = make.in_state(make.sheet(State.WRITING, title="Au bout du monde"), State.UNDER_WAY)
    hidden = make.sheet(State.WRITING, territory=loop.consultation.territory, title="Pas encore public")
    for one in (near, far, hidden):
        link(actor=None, source=("need", NEED), relation=Relation.ANSWERED_BY,
             target=("action_sheet", str(one.pk)), on=timezone.localdate())  # fmt: skip
    page = page_of(client, loop.receipt)
    assert "Le potager" in page
    assert "Au bout du monde" not in page
    assert "Pas encore public" not in page


def test_what_is_deleted_in_the_middle_leaves_a_story(loop: Loop, client: Client) -> None:
    Proposal.objects.all().delete()
    page = page_of(client, loop.receipt)
    assert "Des repas partagés" in page
    ActionSheet.objects.all().delete()
    page = page_of(client, loop.receipt)
    assert "Des repas partagés" not in page
    assert "Aucune action n’y répond encore" in page


def test_a_receipt_costs_few_queries(loop: Loop, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(20):
        found = story("response", str(loop.given.response.pk))
    assert found is not None and [one.item.title for one in found.works] == ["Des repas partagés"]


def test_the_page_of_the_consultation_tells_the_whole_way(
    loop: Loop, client: Client, django_assert_max_num_queries: Any
) -> None:
    address = reverse("outcomes:consultation", args=[loop.consultation.slug])
    assert address in page_of(client, reverse("process:consultation_detail", args=[loop.consultation.slug]))
    with django_assert_max_num_queries(34):
        page = page_of(client, address)
    for words in (
        "40 réponses publiées",
        "Manger ensemble",
        "Des repas partagés",
        "Repas servis : 120 repas",
    ):
        assert words in page, words
    assert SECRET not in page
    assert "4. Nous agissons" in page_of(client, address, easy=True)


@pytest.mark.parametrize(("count", "said"), [(10, False), (11, True)])
def test_no_figure_under_eleven_on_the_page(loop: Loop, client: Client, count: int, said: bool) -> None:
    Release.objects.update(base_count=count)
    page = page_of(client, reverse("outcomes:consultation", args=[loop.consultation.slug]))
    assert (f"{count} réponses publiées" in page) is said


@pytest.mark.parametrize("slug", ["absente", "<b>", "vieillir'--"])
def test_the_page_of_an_unknown_or_draft_consultation_is_not_found(client: Client, slug: str) -> None:
    draft = ConsultationFactory()
    assert client.get(f"/participer/{slug}/suites/").status_code == 404
    assert client.get(reverse("outcomes:consultation", args=[draft.slug])).status_code == 404


def test_whoever_follows_the_consultation_is_told_of_its_sheets_syntheses_and_opinions(loop: Loop) -> None:
    opinion = say.sent()
    link(actor=None, source=("release", str(loop.release.pk)), relation=Relation.SUPPORTS,
         target=("opinion", str(opinion.pk)), on=timezone.localdate())  # fmt: skip
    told = Told(on=timezone.localdate(), text="Un premier repas a été servi.")
    make.in_state(loop.sheet, State.UNDER_WAY)
    publish_update(actor=None, sheet=loop.sheet, told=told)
    today = timezone.localdate()
    found = news_of(
        "consultation", str(loop.consultation.pk), after=today - datetime.timedelta(days=30), until=today
    )
    words = " | ".join(f"{one.label} – {one.title}" for one in found)
    assert "Un premier repas a été servi." in words
    assert "Repas servis" in words
    assert loop.synthesis.title in words
    assert opinion.council.name in words


def test_a_digest_leaves_once_for_all_of_it(loop: Loop, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = readers.ask_to_follow(
        email="ada@example.org", kind="consultation", key=str(loop.consultation.pk), rhythm="day"
    )
    readers.confirm_follow(follow=asked)
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    monkeypatch.setattr(timezone, "localdate", lambda *_args: tomorrow)
    mail.outbox.clear()
    assert send_digests() == 1
    (letter,) = mail.outbox
    assert "Des repas partagés" in letter.body
    assert SECRET not in letter.body
    assert send_digests() == 0


def test_nothing_anyone_reads_names_the_response(loop: Loop, client: Client) -> None:
    key = str(loop.given.response.pk)
    pages = [
        reverse("lineage:thread", args=["survey", loop.survey.pk]),
        reverse("lineage:thread", args=["need", NEED]),
        reverse("lineage:thread", args=["release", loop.release.pk]),
        reverse("lineage:thread", args=["action_sheet", loop.sheet.pk]),
        reverse("outcomes:consultation", args=[loop.consultation.slug]),
        reverse("outcomes:unanswered"),
    ]
    assert Link.objects.filter(source_id=key).exists()
    for page in pages:
        assert key not in page_of(client, page), page


def test_the_thread_goes_from_the_survey_to_the_sheet_and_back(loop: Loop, client: Client) -> None:
    there = page_of(client, reverse("lineage:thread", args=["survey", loop.survey.pk]))
    back = page_of(client, reverse("lineage:thread", args=["action_sheet", loop.sheet.pk]))
    assert "Des repas partagés" in there
    assert "L’enquête" in back and "Manger ensemble" in back


def test_only_a_member_inside_sees_a_sheet_not_announced_in_a_thread(loop: Loop, client: Client) -> None:
    ActionSheet.objects.filter(pk=loop.sheet.pk).update(announced_on=None, state=State.WRITING)
    address = reverse("lineage:thread", args=["consultation", loop.consultation.pk])
    assert "Des repas partagés" not in page_of(client, address)
    client.force_login(loop.organiser)
    assert "Des repas partagés" in page_of(client, address)
    set_details(actor=None, sheet=loop.sheet, values={"consultation": None})
    assert not Link.objects.filter(source_kind="action_sheet").exists()
