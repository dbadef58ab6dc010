"""Invitations: made, sent, typed, spent once; never joined to a response, never telling who answered."""

import re
import uuid
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client, TestCase
from django.utils import timezone

from accounts.models import Role, User
from accounts.privacy import personal_data
from consultations.surveys.invitations import (
    InvitationState,
    code_of,
    invitation_address,
    invitation_state,
    read_addresses,
)
from consultations.surveys.models import Draft, Invitation, InvitationBatch, Response, Survey
from consultations.surveys.services import (
    InvitationRefused,
    forget_invited_addresses,
    invite_by_email,
    issue_invitations,
    remind_invited,
    run_mailing,
)
from consultations.surveys.workspace.invited import invited_rate, mailings_of
from core.models import AuditEntry, Job, Receipt
from tests.core.test_tolls import paid
from tests.factories.days import days_ago
from tests.factories.process import person
from tests.factories.surveys import answer, draft_survey, open_survey
from tests.surveys.browsing import HOSTILE, begin, give, text, url
from tests.surveys.documents import question, questionnaire
from tests.surveys.test_concurrency import real_database, run_together

pytestmark = pytest.mark.django_db
UNKNOWN = "abeille abricot accueil acier 01"


@pytest.fixture
def survey():
    return open_survey(questionnaire(question("a", required=True)), access="invited")


@pytest.fixture
def organiser(survey):
    return person(Role.ORGANISER, on=survey.consultation.territory)


def codes(batch):
    return [code_of(one.pk) for one in batch.invitations.order_by("pk")]


def invite(organiser, survey, *addresses):
    with TestCase.captureOnCommitCallbacks(execute=True):
        return invite_by_email(actor=organiser, survey=survey, addresses=addresses)


def come_in(client, survey, code):
    return client.post(url("invitation", survey), {"code": code})


class TestSpending:
    def test_a_code_is_spent_once_and_joined_to_nothing(self, organiser, survey):
        code = codes(issue_invitations(actor=organiser, survey=survey, count=3))[0]
        kept = answer(survey, {"a": "oui"}, invitation=code).response
        with pytest.raises(InvitationRefused):
            answer(survey, {"a": "oui"}, invitation=code)
        spent = Invitation.objects.get(is_spent=True)
        row = {str(value) for value in Invitation.objects.filter(pk=spent.pk).values_list()[0]}
        others = Response.objects.filter(pk=kept.pk).values_list()[0] + Receipt.objects.values_list()[0]
        shared = row & {str(value) for value in others}
        assert shared <= {str(survey.pk), "", "None", "True", "False"}

    def test_sending_again_gives_the_first_receipt_and_spends_nothing_more(self, organiser, survey):
        first, second = codes(issue_invitations(actor=organiser, survey=survey, count=2))
        key = uuid.uuid4()
        receipts = {
            answer(survey, {"a": "oui"}, client_uuid=key, invitation=code).receipt_code
            for code in (first, first, second, "")
        }
        assert len(receipts) == 1
        assert Response.objects.count() == Invitation.objects.filter(is_spent=True).count() == 1

    @pytest.mark.parametrize("code", ["", UNKNOWN, "x" * 500, "\x00"])
    def test_without_a_code_of_this_survey_nothing_is_kept(self, organiser, survey, code):
        with pytest.raises(InvitationRefused):
            answer(survey, {"a": "oui"}, invitation=code)
        other = open_survey(consultation=survey.consultation)
        with pytest.raises(InvitationRefused):
            answer(
                survey, {"a": "oui"},
                invitation=codes(issue_invitations(actor=organiser, survey=other, count=1))[0],
            )  # fmt: skip
        assert not Response.objects.exists()

    def test_a_wrong_answer_spends_nothing(self, organiser, survey):
        code = codes(issue_invitations(actor=organiser, survey=survey, count=1))[0]
        with pytest.raises(ValidationError):
            answer(survey, {}, invitation=code)
        assert invitation_state(survey, code) == InvitationState.USABLE

    def test_an_expired_code_opens_nothing(self, organiser, survey):
        batch = issue_invitations(actor=organiser, survey=survey, count=1, expires_on=days_ago(0))
        InvitationBatch.objects.update(expires_on=days_ago(1))
        assert invitation_state(survey, codes(batch)[0]) == InvitationState.EXPIRED
        with pytest.raises(InvitationRefused):
            answer(survey, {"a": "oui"}, invitation=codes(batch)[0])


@pytest.mark.django_db(transaction=True)
def test_one_code_sent_from_six_devices_at_once_gives_one_response(survey, organiser, tmp_path):
    code = codes(issue_invitations(actor=organiser, survey=survey, count=1))[0]

    def send():
        return answer(survey, {"a": "oui"}, invitation=code).receipt_code

    with real_database(tmp_path):
        receipts, failures = run_together([send] * 6)
        counts, _none = run_together(
            [lambda: (Response.objects.count(), Invitation.objects.filter(is_spent=True).count())]
        )
    assert len(receipts) == 1
    assert {type(failure) for failure in failures} == {InvitationRefused}
    assert counts == [(1, 1)]


class TestDoor:
    def test_an_invited_person_answers_once(self, client, organiser, survey):
        code = codes(issue_invitations(actor=organiser, survey=survey, count=1))[0]
        opened = come_in(client, survey, code.replace("-", " ").upper())
        assert (opened.status_code, opened.url) == (303, url("start", survey))
        begin(client, survey)
        assert code not in str(Draft.objects.values_list())
        give(client, survey, "a", value="oui")
        sent = client.post(url("summary", survey))
        assert sent.url == url("thanks", survey)
        assert client.get(sent.url).status_code == 200
        again = come_in(Client(), survey, code)
        assert again.status_code == 409
        assert "déjà servi" in text(again)

    @pytest.mark.parametrize("name", ["start", "summary", "single_page", "pause"])
    def test_without_a_code_the_door_says_so(self, client, survey, name):
        page = client.get(url(name, survey))
        assert page.status_code == 403
        assert "ont reçu une invitation" in text(page)
        assert client.get(url("invitation", survey)).status_code == 200

    def test_a_forged_cookie_is_no_invitation(self, client, survey):
        client.cookies[f"invitation_{survey.slug}"] = "lilas-cerise-canard-pinson-42:forged"
        assert client.get(url("start", survey)).status_code == 403

    @pytest.mark.parametrize(
        ("typed", "status", "said"),
        [
            (UNKNOWN, 404, "ne connaissons pas ce code"),
            ("", 422, "Écrivez votre code"),
            ("bonjour", 422, "quatre mots"),
            (HOSTILE, 422, "quatre mots"),
            ("x" * 5000, 422, "200"),
        ],
    )
    def test_each_wrong_code_gets_its_message(self, client, survey, typed, status, said):
        page = come_in(client, survey, typed)
        assert page.status_code == status
        assert said in text(page)
        assert "<script>alert" not in text(page)

    def test_an_expired_code_says_so(self, client, organiser, survey):
        batch = issue_invitations(actor=organiser, survey=survey, count=1)
        InvitationBatch.objects.update(expires_on=days_ago(1))
        page = come_in(client, survey, codes(batch)[0])
        assert page.status_code == 410
        assert "a expiré" in text(page)

    def test_a_code_used_meanwhile_loses_no_answer(self, client, organiser, survey):
        first, second = codes(issue_invitations(actor=organiser, survey=survey, count=2))
        come_in(client, survey, first)
        begin(client, survey)
        give(client, survey, "a", value="oui")
        answer(survey, {"a": "non"}, invitation=first)
        page = client.post(url("summary", survey))
        assert page.status_code == 409
        assert "Vos réponses sont gardées" in text(page)
        assert come_in(client, survey, second).url == url("summary", survey)
        assert client.post(url("summary", survey)).url == url("thanks", survey)
        assert Response.objects.count() == 2

    def test_on_one_page_too_the_answers_wait(self, client, organiser, survey):
        Survey.objects.update(layout="single_page")
        first, second = codes(issue_invitations(actor=organiser, survey=survey, count=2))
        come_in(client, survey, first)
        page = text(client.get(url("single_page", survey)))
        fields = dict(re.findall(r'name="(envoi|version)" value="([^"]+)"', page))
        answer(survey, {"a": "non"}, invitation=first)
        given = fields | {"mode": "alone", "q-a": "oui"}
        assert client.post(url("single_page", survey), given).status_code == 409
        assert Draft.objects.get().answers == {"a": "oui"}
        come_in(client, survey, second)
        assert client.post(url("summary", survey)).url == url("thanks", survey)

    def test_a_flood_of_wrong_codes_shuts_no_one_out(self, client, organiser, survey):
        code = codes(issue_invitations(actor=organiser, survey=survey, count=1))[0]
        for number in range(120):
            come_in(client, survey, f"abeille abricot accueil acier {number % 60:02d}")
        slowed = come_in(Client(), survey, code)
        assert slowed.status_code == 429
        assert client.post(url("invitation", survey), paid(slowed)).status_code == 303

    def test_one_code_is_not_tried_without_end(self, client, survey):
        statuses = [come_in(client, survey, UNKNOWN).status_code for _time in range(21)]
        assert statuses[-2:] == [404, 429]

    def test_an_open_survey_takes_codes_and_goes_on_without(self, client, organiser, survey):
        Survey.objects.update(access="open")
        code = codes(issue_invitations(actor=organiser, survey=survey, count=1))[0]
        assert client.get(url("start", survey)).status_code == 200
        come_in(client, survey, code)
        begin(client, survey)
        give(client, survey, "a", value="oui")
        client.post(url("summary", survey))
        assert Invitation.objects.get().is_spent

    def test_a_closed_survey_says_so_at_the_door(self, client, survey):
        Survey.objects.update(status="closed")
        assert client.get(url("invitation", survey)).status_code == 410

    def test_the_code_of_an_address_is_after_the_hash(self, survey):
        address = invitation_address(survey, "lilas-cerise-canard-pinson-42")
        assert address.endswith("/invitation/#lilas-cerise-canard-pinson-42")


class TestSending:
    def test_each_address_receives_its_own_code(self, organiser, survey):
        job = invite(organiser, survey, "une@exemple.fr", "DEUX@exemple.fr", "une@exemple.fr")
        assert sorted(email.to[0] for email in mail.outbox) == ["deux@exemple.fr", "une@exemple.fr"]
        assert all(len(email.to) == 1 and not email.cc and not email.bcc for email in mail.outbox)
        links = {re.search(r"/invitation/#([\w-]+)", email.body)[1] for email in mail.outbox}
        assert links == {code_of(one.pk) for one in Invitation.objects.all()}
        job.refresh_from_db()
        assert (job.status, job.done_count) == ("done", 100)
        assert "@" not in str(AuditEntry.objects.values_list("changes", "target_label"))

    def test_inviting_again_sends_nothing_twice(self, organiser, survey):
        invite(organiser, survey, "une@exemple.fr")
        with pytest.raises(ValidationError):
            invite(organiser, survey, "une@exemple.fr")
        run_mailing.call(str(Job.objects.get().pk))
        assert len(mail.outbox) == 1

    def test_a_reminder_goes_only_to_those_who_have_not_answered(self, organiser, survey):
        invite(organiser, survey, "une@exemple.fr", "deux@exemple.fr")
        done = Invitation.objects.get(email="une@exemple.fr")
        answer(survey, {"a": "oui"}, invitation=code_of(done.pk))
        mail.outbox.clear()
        with TestCase.captureOnCommitCallbacks(execute=True):
            remind_invited(actor=organiser, survey=survey)
        assert [email.to for email in mail.outbox] == [["deux@exemple.fr"]]
        assert "Rappel" in mail.outbox[0].subject
        with pytest.raises(ValidationError):
            remind_invited(actor=organiser, survey=survey)

    def test_progress_never_tells_how_many_answered(self, organiser, survey):
        invite(organiser, survey, *(f"p{number}@exemple.fr" for number in range(7)))
        answer(survey, {"a": "oui"}, invitation=code_of(Invitation.objects.first().pk))
        with TestCase.captureOnCommitCallbacks(execute=True):
            remind_invited(actor=organiser, survey=survey)
        job = Job.objects.get(kind="surveys.reminders")
        assert (job.total_count, job.done_count, job.message) == (100, 100, "")
        assert "changes" not in AuditEntry.objects.get(verb="invitations_reminded").changes
        assert [each.done for each in mailings_of(survey)] == [100, 100]

    def test_a_server_that_does_not_answer_is_tried_again(self, organiser, survey, monkeypatch):
        def refuse(*_args, **_kwargs):
            raise ConnectionRefusedError

        monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
        invite(organiser, survey, "une@exemple.fr")
        monkeypatch.undo()
        job = Job.objects.get()
        assert job.status == "failed"
        run_mailing.call(str(job.pk))
        assert [email.to for email in mail.outbox] == [["une@exemple.fr"]]

    def test_a_survey_nobody_can_open_sends_nothing(self, organiser, survey):
        draft = draft_survey(consultation=survey.consultation)
        with pytest.raises(ValidationError):
            invite(organiser, draft, "une@exemple.fr")

    def test_strangers_invite_nobody(self, survey):
        for write in (
            lambda: issue_invitations(actor=person(), survey=survey, count=1),
            lambda: invite_by_email(actor=person(), survey=survey, addresses=["une@exemple.fr"]),
            lambda: remind_invited(actor=person(), survey=survey),
        ):
            with pytest.raises(PermissionDenied):
                write()

    def test_addresses_are_erased_when_the_survey_is_over(self, organiser, survey):
        invite(organiser, survey, "une@exemple.fr")
        assert forget_invited_addresses() == 0
        Survey.objects.update(closes_on=timezone.localdate() - timedelta(days=1))
        assert forget_invited_addresses() == 1
        assert not Invitation.objects.exclude(email="").exists()

    def test_a_person_sees_and_erases_their_invitations(self, organiser, survey):
        invite(organiser, survey, "une@exemple.fr")
        source = personal_data["invitations"]
        user = User.objects.create(email="une@exemple.fr")
        assert source.export(user) == [
            {"survey": survey.title, "invited_on": timezone.localdate().isoformat()}
        ]
        source.erase(user)
        assert Invitation.objects.get().email == ""


def test_a_list_is_read_line_by_line(organiser, survey):
    invite(organiser, survey, "connue@exemple.fr")
    pasted = "Nom;Adresse\nMme X <UNE@exemple.fr>; 75\n\ndeux@exemple.fr, une@exemple.fr\nsans arobase\n@\nconnue@exemple.fr"
    found = read_addresses(pasted, survey=survey)
    assert found.addresses == ("une@exemple.fr", "deux@exemple.fr")
    assert [problem.line for problem in found.problems] == [4, 5, 6, 7]
    assert "ligne 2" in found.problems[0].message


def test_the_rate_moves_by_groups_of_five(organiser, survey):
    batch = issue_invitations(actor=organiser, survey=survey, count=10)
    for number, code in enumerate(codes(batch)[:6], start=1):
        answer(survey, {"a": "oui"}, invitation=code)
        rate = invited_rate(survey)
        assert (rate.issued, rate.answered) == (10, 5 if number >= 5 else None)
    assert invited_rate(survey).share == 50
