"""The notice: sent in time or with a reason, each sending proved, what comes back reached another way."""

import datetime

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError

from consultations.meetings.codes import member_code
from consultations.meetings.models import Convening, ConveningProof
from consultations.meetings.panels import waiting_meetings
from consultations.meetings.selectors.sending import letters_to_print
from consultations.meetings.services import (
    convening,
    preparing,
)
from core.models import AuditEntry
from tests.factories.councils import member_of
from tests.factories.meetings import prepared

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def test_convening_in_time_proves_each_sending(django_capture_on_commit_callbacks) -> None:
    made = prepared(days=20)
    made.item()
    with django_capture_on_commit_callbacks(execute=True):
        sent = convening.convene_meeting(actor=made.president, meeting=made.meeting)
    assert made.again().state == "convened"
    proofs = {one.mandate_id: one for one in sent.proofs.all()}
    assert len(proofs) == made.council.mandates.count() == 14
    mine = next(one for one in proofs.values() if one.mandate.user_id == made.president.pk)
    assert (mine.way, mine.state, mine.by_label) == ("email", "handed", "la plateforme")
    assert {one.state for one in proofs.values()} == {"handed", "waiting"}
    letter = mail.outbox[0]
    assert "Le jardin" in letter.body
    assert member_code(made.meeting, mine.mandate_id).replace("-", " ") in letter.body
    assert letter.attachments[0].filename.endswith(".ics")
    assert sent.days == 20
    assert not sent.is_late


def test_late_convening_only_with_a_recorded_reason() -> None:
    made = prepared(days=6)
    made.item()
    with pytest.raises(ValidationError) as refused:
        convening.convene_meeting(actor=made.president, meeting=made.meeting)
    assert "15" in refused.value.message_dict["late_reason"][0]
    assert made.again().state == "draft"
    assert not Convening.objects.exists()
    sent = convening.convene_meeting(
        actor=made.president, meeting=made.meeting, late_reason="Travaux à décider avant l’hiver"
    )
    assert sent.is_late
    assert sent.late_reason == "Travaux à décider avant l’hiver"
    assert AuditEntry.objects.get(verb="meeting_convened").changes["days"] == 6


def test_convening_names_everything_that_is_missing() -> None:
    made = prepared(days=20, place="")
    with pytest.raises(ValidationError) as refused:
        convening.convene_meeting(actor=made.secretary, meeting=made.meeting)
    assert set(refused.value.message_dict) == {"agenda", "place", "presidents_order"}
    past = prepared(days=-2)
    past.item()
    with pytest.raises(ValidationError) as refused:
        convening.convene_meeting(actor=past.president, meeting=past.meeting, late_reason="Oubli")
    assert list(refused.value.message_dict) == ["held_at"]


def test_someone_else_convenes_on_the_presidents_order_only() -> None:
    made = prepared()
    made.item()
    with pytest.raises(PermissionDenied):
        convening.convene_meeting(actor=member_of(made.council), meeting=made.meeting)
    sent = convening.convene_meeting(
        actor=made.secretary, meeting=made.meeting, presidents_order="Ordre signé sur papier"
    )
    assert (sent.convened_by, sent.presidents_order) == (made.secretary, "Ordre signé sur papier")


def test_each_way_of_sending_is_proved_and_kept() -> None:
    made = prepared()
    made.item()
    sent = convening.convene_meeting(actor=made.president, meeting=made.meeting)
    waiting = list(sent.proofs.filter(way="post"))
    with pytest.raises(ValidationError):
        convening.record_proof(actor=made.secretary, proof=waiting[0], way="hand")
    given = convening.record_proof(
        actor=made.secretary, proof=waiting[0], way="hand", by_label="L’animatrice", note="dans sa chambre"
    )
    assert (given.state, given.by, given.by_label) == ("given", made.secretary, "L’animatrice")
    assert given.at is not None
    assert convening.print_letters(actor=made.secretary, convening=sent) == 12
    email = sent.proofs.get(way="email")
    with pytest.raises(ValidationError):
        convening.record_proof(actor=made.secretary, proof=email, way="email", state="bounced")
    ConveningProof.objects.filter(pk=email.pk).update(state="handed")
    email.refresh_from_db()
    convening.record_proof(actor=made.secretary, proof=email, way="email", state="bounced")
    assert [one.mandate_id for one in letters_to_print(sent)] == [email.mandate_id]
    convening.record_proof(actor=made.secretary, proof=email, way="post", by_label="Le secrétariat")
    assert sorted(sent.proofs.filter(mandate=email.mandate_id).values_list("state", flat=True)) == [
        "bounced",
        "printed",
    ]
    with pytest.raises(PermissionDenied):
        convening.record_proof(actor=made.secretary, proof=email, way="email", state="handed")


def test_a_refused_address_is_a_bounce(monkeypatch, django_capture_on_commit_callbacks) -> None:
    made = prepared()
    made.item()
    monkeypatch.setattr("django.core.mail.EmailMessage.send", _refuse)
    with django_capture_on_commit_callbacks(execute=True):
        sent = convening.convene_meeting(actor=made.president, meeting=made.meeting)
    assert sent.proofs.get(way="email").state == "bounced"


def _refuse(self: object) -> None:
    raise ValueError("not an address")


def test_sent_again_after_a_change_keeps_the_first_notice() -> None:
    made = prepared()
    made.item()
    first = convening.convene_meeting(actor=made.president, meeting=made.meeting)
    preparing.update_meeting(actor=made.secretary, meeting=made.meeting, place="Salle bleue")
    second = convening.convene_meeting(actor=made.president, meeting=made.again())
    assert (first.number, second.number) == (1, 2)
    assert "Salle du jardin" in Convening.objects.get(pk=first.pk).text
    assert "Salle bleue" in second.text


def test_a_notice_that_comes_back_hours_later_is_marked_by_itself(
    client, settings, mailoutbox, django_capture_on_commit_callbacks
) -> None:
    settings.EMAIL_RETURN_TOKEN = "key"
    made = prepared()
    made.item()
    with django_capture_on_commit_callbacks(execute=True):
        sent = convening.convene_meeting(actor=made.president, meeting=made.meeting)
    event = {
        "event": "hard_bounce",
        "message-id": mailoutbox[0].extra_headers["Message-ID"],
        "reason": "550 5.1.1 <quelqu.un@example.org> unknown",
    }
    for changed in (1, 0):  # providers tell twice
        answer = client.post(
            "/courrier/retours/",
            event,
            content_type="application/json",
            headers={"Authorization": "Bearer key"},
        )
        assert answer.json() == {"changed": changed}
    proof = sent.proofs.get(way="email")
    assert (proof.state, proof.by_label) == ("bounced", "le serveur de courriel")
    assert proof.note == "cette adresse n’existe pas (5.1.1)"
    assert proof in letters_to_print(sent)
    assert AuditEntry.objects.filter(verb="convening_returned").count() == 1
    waiting = waiting_meetings(made.secretary)
    assert (waiting[0].is_late, "revenu" in waiting[0].detail) == (True, True)
