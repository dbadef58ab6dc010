"""Preparing, convening and holding a meeting: what is refused is named, what was recorded stays."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from consultations.councils.models import Mandate
from consultations.meetings.codes import member_code
from consultations.meetings.lineage import resolve_items, resolve_meetings
from consultations.meetings.majority import Votes
from consultations.meetings.models import AgendaItem, Attendance, Convening, ConveningProof, Meeting
from consultations.meetings.panels import public_panel, waiting_meetings, workspace_panel
from consultations.meetings.registries import AgendaSource, Suggestion, agenda_sources
from consultations.meetings.selectors.desk import agenda_of
from consultations.meetings.selectors.presence import room_of
from consultations.meetings.services import (
    agenda,
    attending,
    convening,
    minutes,
    preparing,
    reminding,
    sitting,
    voting,
)
from core.models import AuditEntry
from core.states import RefusedTransition
from tests.factories.councils import member_of
from tests.factories.meetings import Sitting, convened, ended, opened, prepared, with_account
from tests.factories.process import person

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def test_meetings_are_numbered_and_prepared_by_those_who_may() -> None:
    made = prepared()
    later = timezone.now() + 40 * DAY
    second = preparing.create_meeting(actor=made.president, council=made.council, held_at=later, place="Agen")
    assert (second.number, second.state) == (2, "draft")
    with pytest.raises(PermissionDenied):
        preparing.create_meeting(actor=member_of(made.council), council=made.council, held_at=later)


def test_remote_address_follows_the_bylaws() -> None:
    made = prepared()
    preparing.update_meeting(
        actor=made.secretary, meeting=made.meeting, remote_url="https://visio.example.org/a"
    )
    made.council.bylaw_versions.create(
        valid_from=datetime.date(2025, 2, 1), values={"remote_attendance": False}, reason="décidé"
    )
    with pytest.raises(ValidationError) as refused:
        preparing.update_meeting(
            actor=made.secretary, meeting=made.meeting, remote_url="https://visio.example.org/b"
        )
    assert list(refused.value.message_dict) == ["remote_url"]


def test_cancelling_needs_a_reason_and_deleting_is_refused() -> None:
    made = prepared()
    with pytest.raises(RefusedTransition) as refused:
        preparing.cancel_meeting(actor=made.president, meeting=made.meeting, reason=" ")
    assert list(refused.value.message_dict) == ["reason"]
    preparing.cancel_meeting(actor=made.president, meeting=made.meeting, reason="Grippe dans la maison")
    assert made.again().state == "cancelled"
    assert Meeting.objects.filter(pk=made.meeting.pk).exists()
    with pytest.raises(RefusedTransition):
        preparing.update_meeting(actor=made.president, meeting=made.meeting, place="Ailleurs")


def test_members_propose_and_the_president_answers() -> None:
    made = prepared()
    author = with_account(made.members["families"][0])
    item = agenda.propose_item(actor=author, meeting=made.meeting, title="Le bruit du soir", purpose="debate")
    assert (item.state, item.proposed_by.user) == ("proposed", author)
    with pytest.raises(PermissionDenied):
        agenda.accept_item(actor=author, item=item)
    with pytest.raises(RefusedTransition):
        agenda.refuse_item(actor=made.president, item=item, reason="")
    agenda.refuse_item(actor=made.president, item=item, reason="Déjà traité en mars")
    agenda.accept_item(actor=made.president, item=item)
    other = agenda.add_item(actor=made.secretary, meeting=made.meeting, title="Les repas", purpose="opinion")
    agenda.shift_item(actor=made.president, item=other, up=True)
    assert list(made.meeting.items.on_agenda().values_list("title", "order")) == [
        ("Les repas", 1),
        ("Le bruit du soir", 2),
    ]


def test_a_document_is_withdrawn_never_deleted() -> None:
    made = prepared()
    item = made.item()
    file = SimpleUploadedFile("plan.pdf", b"%PDF-1.4")
    document = agenda.add_document(actor=made.secretary, item=item, title="Le plan", file=file)
    agenda.withdraw_document(actor=made.secretary, document=document)
    assert item.documents.get().withdrawn_on == timezone.localdate()
    with pytest.raises(ValidationError):
        agenda.add_document(
            actor=made.secretary, item=item, title="Programme", file=SimpleUploadedFile("a.exe", b"x")
        )


def test_sources_put_themselves_on_the_agenda_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made = prepared()
    seen: list[str] = []
    source = AgendaSource(
        "réponses",
        lambda council, day: [Suggestion("7", "Réponse sur les repas", "answer")],
        treated=lambda **given: seen.append(given["item"].subject_key),
    )
    monkeypatch.setitem(agenda_sources._entries, "test_answer", source)
    item = agenda.take_suggestion(actor=made.president, meeting=made.meeting, kind="test_answer", key="7")
    assert (item.subject_kind, item.purpose, item.state) == ("test_answer", "answer", "accepted")
    with pytest.raises(ValidationError):
        agenda.take_suggestion(actor=made.president, meeting=made.meeting, kind="test_answer", key="7")
    with pytest.raises(ValidationError):
        agenda.take_suggestion(actor=made.president, meeting=made.meeting, kind="test_answer", key="8")
    Meeting.objects.filter(pk=made.meeting.pk).update(state="open")
    made.start(item)
    sitting.finish_item(actor=made.secretary, item=item)
    assert seen == ["7"]


# --- convening -------------------------------------------------------------------------------------


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
    assert [one.mandate_id for one in convening.letters_to_print(sent)] == [email.mandate_id]
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


# --- who is there ----------------------------------------------------------------------------------


def test_self_check_in_by_code() -> None:
    made = convened()
    chosen = made.members["families"][0]
    typed = member_code(made.meeting, chosen.pk).upper().replace("-", " ")
    assert attending.mandate_of_code(made.meeting, typed) == chosen
    joined = attending.check_in_self(meeting=made.meeting, mandate=chosen, way="remote")
    kept = Attendance.objects.get(mandate=chosen)
    assert (kept.way, kept.checked_by, kept.participant) == ("remote", "self", joined.participant.pk)
    for wrong in ("", "lilas cerise canard pinson 42", member_code(prepared().meeting, chosen.pk)):
        with pytest.raises(attending.UnknownCode):
            attending.mandate_of_code(made.meeting, wrong)


def test_a_second_device_takes_over() -> None:
    made = opened()
    chosen = made.users_side[1]
    first = attending.check_in_self(meeting=made.meeting, mandate=chosen, way="present")
    attending.check_in_self(meeting=made.meeting, mandate=chosen, way="present")
    with pytest.raises(PermissionDenied):
        attending.attendance_of_device(made.meeting, first.participant)
    assert Attendance.objects.filter(mandate=chosen).count() == 1


def test_nobody_comes_in_before_the_doors_or_after_the_end() -> None:
    made = prepared(days=0, state="convened")
    chosen = made.users_side[0]
    with pytest.raises(ValidationError):
        attending.check_in_self(meeting=made.meeting, mandate=chosen, way="present")
    Meeting.objects.filter(pk=made.meeting.pk).update(state="closed")
    with pytest.raises(ValidationError):
        attending.check_in_self(meeting=made.again(), mandate=chosen, way="present")


def test_substitutes_stand_in_by_themselves_and_give_back() -> None:
    made = convened()
    full, substitute = made.members["families"], made.substitutes["families"][0]
    made.come(*full[:2], substitute)
    kept = Attendance.objects.get(mandate=substitute)
    assert kept.stands_in_for == full[2]
    assert room_of(made.meeting).verdict.presence.users == 3
    made.come(full[2])
    kept.refresh_from_db()
    assert kept.stands_in_for is None
    assert room_of(made.meeting).verdict.presence.users == 3


def test_quorum_is_counted_on_seats_and_lost_when_people_leave() -> None:
    made = opened(users=5, others=2)
    assert room_of(made.meeting).verdict.is_valid
    leaving = Attendance.objects.get(mandate=made.users_side[0])
    attending.record_leaving(actor=made.secretary, attendance=leaving)
    verdict = room_of(made.meeting).verdict
    assert (verdict.is_valid, verdict.missing, verdict.presence.members) == (False, 1, 9)


def test_a_recorded_vacancy_lowers_the_number_of_seats() -> None:
    made = convened()
    made.council.vacancies.create(
        constituency="doctor",
        recorded_on=timezone.localdate(),
        reason="Aucun",
        signed_by_title="La directrice",
    )
    assert room_of(made.meeting).seats == 8


def test_guests_advise_and_never_count() -> None:
    made = opened(users=4)
    attending.add_guest(actor=made.secretary, meeting=made.meeting, name="Mme B.", role="architecte")
    room = room_of(made.meeting)
    assert [one.guest_name for one in room.guests] == ["Mme B."]
    assert not room.verdict.is_valid
    with pytest.raises(ValidationError):
        attending.add_guest(actor=made.secretary, meeting=made.meeting, name=" Mme  B. ", role="architecte")


def test_someone_of_another_council_is_not_a_member() -> None:
    made, other = convened(), prepared()
    with pytest.raises(ValidationError):
        made.come(other.users_side[0])
    ended = made.members["staff"][0]
    Mandate.objects.filter(pk=ended.pk).update(ended_on=timezone.localdate() - DAY, end_reason="left")
    ended.refresh_from_db()
    with pytest.raises(ValidationError):
        made.come(ended)


# --- the sitting -----------------------------------------------------------------------------------


def test_a_meeting_of_another_day_is_not_opened() -> None:
    made = prepared(days=3, state="convened")
    with pytest.raises(ValidationError):
        sitting.open_meeting(actor=made.secretary, meeting=made.meeting)


def test_the_floor_is_given_in_order_of_asking() -> None:
    made = opened()
    first, second = made.meeting.attendances.filter(mandate__in=made.users_side[:2])
    one = sitting.ask_to_speak(attendance=first)
    two = sitting.ask_to_speak(attendance=second)
    assert sitting.ask_to_speak(attendance=first) == one
    sitting.give_floor(actor=made.secretary, request=one)
    sitting.give_floor(actor=made.secretary, request=two)
    one.refresh_from_db()
    assert (one.state, made.meeting.speech_requests.exclude(state="done").get()) == ("done", two)
    sitting.suspend_meeting(actor=made.secretary, meeting=made.meeting)
    with pytest.raises(ValidationError):
        sitting.ask_to_speak(attendance=Attendance.objects.get(pk=first.pk))


def test_without_quorum_what_decides_is_carried_and_talk_goes_on() -> None:
    made = opened(users=4)
    opinion, talk = made.item(), made.item("debate", "Les sorties")
    made.start(opinion)
    with pytest.raises(ValidationError) as refused:
        made.vote(opinion)
    assert any("Il en manque 1" in text for text in refused.value.messages)
    assert sitting.carry_undecided(actor=made.secretary, meeting=made.meeting) == 1
    opinion.refresh_from_db()
    assert (opinion.state, opinion.state_reason) == ("carried", "le quorum n’était pas atteint")
    made.start(talk)
    with pytest.raises(ValidationError):
        sitting.carry_undecided(actor=person(superuser=True), meeting=opened().meeting)


def test_reconvened_in_one_click_with_what_was_carried() -> None:
    made = opened(users=4)
    carried, talk = made.item(), made.item("debate", "Les sorties")
    sitting.carry_undecided(actor=made.secretary, meeting=made.meeting)
    made.start(talk)
    sitting.close_meeting(actor=made.secretary, meeting=made.meeting)
    again = preparing.reconvene(actor=made.secretary, meeting=made.meeting)
    assert again.reconvened_from == made.meeting
    assert again.items.get().carried_from == AgendaItem.objects.get(pk=carried.pk)
    assert (again.held_on - timezone.localdate()).days >= 15
    assert preparing.reconvene(actor=made.secretary, meeting=made.meeting) == again
    with pytest.raises(ValidationError):
        done = opened()
        sitting.close_meeting(actor=done.secretary, meeting=done.meeting)
        preparing.reconvene(actor=done.secretary, meeting=done.meeting)


def test_closing_carries_what_was_not_treated() -> None:
    made = opened()
    treated, left = made.item("debate"), made.item("information", "Les travaux")
    made.start(treated)
    sitting.close_meeting(actor=made.secretary, meeting=made.meeting)
    treated.refresh_from_db()
    left.refresh_from_db()
    assert (treated.state, left.state, left.state_reason) == ("done", "carried", "le temps a manqué")
    assert made.again().current_item is None


# --- what happens around a meeting -----------------------------------------------------------------


def test_members_are_reminded_once(mailoutbox) -> None:
    made = prepared(days=2, state="convened")
    assert reminding.send_reminders() == 1
    assert reminding.send_reminders() == 0
    assert mailoutbox[0].to == [made.president.email]
    prepared(days=9, state="convened")
    assert reminding.send_reminders() == 0


def test_signed_minutes_are_sent_with_the_next_agenda_and_adopted_by_vote(
    mailoutbox, django_capture_on_commit_callbacks
) -> None:
    first = ended()
    minutes.share_minutes(actor=first.secretary, meeting=first.meeting)
    first.sign()
    later = first.meeting.held_at + 30 * DAY
    second = Meeting.objects.create(
        council=first.council, number=2, held_at=later, place="Agen", state="draft"
    )
    found = agenda_of(second).suggestions
    assert [(one.kind, one.suggestion.purpose) for one in found] == [("minutes", "vote")]
    item = agenda.take_suggestion(
        actor=first.secretary, meeting=second, kind="minutes", key=str(first.meeting.pk)
    )
    assert not agenda_of(second).suggestions
    with django_capture_on_commit_callbacks(execute=True):
        convening.convene_meeting(actor=first.president, meeting=second)
    assert [name for name, _body, _kind in mailoutbox[0].attachments][1].endswith("-1-releve.pdf")
    Meeting.objects.filter(pk=second.pk).update(state="open", held_at=first.meeting.held_at + DAY / 1000)
    made = Sitting(
        Meeting.objects.get(pk=second.pk), first.president, first.secretary, first.members, first.substitutes
    )
    made.come(*made.users_side, *made.others)
    decision = made.vote(made.start(item))
    counts = {"supported_persons": Votes(3), "families": Votes(3)}
    voting.record_votes(actor=made.secretary, decision=decision, counts=counts)
    voting.close_decision(actor=made.secretary, decision=decision)
    adopted = first.again()
    assert (adopted.state, adopted.minutes.adopted_in_id) == ("minutes_adopted", second.pk)


def test_panels_and_what_waits() -> None:
    made = prepared()
    assert public_panel(made.council, AnonymousUser()) is None
    panel = workspace_panel(made.council, made.secretary)
    assert (len(panel.context["meetings"]), panel.context["can_create"]) == (1, True)
    assert [one.icon for one in waiting_meetings(made.secretary)] == ["gavel"]
    assert waiting_meetings(member_of(made.council)) == []


def test_confidential_items_have_no_title_in_the_lineage() -> None:
    made = convened()
    secret, plain = made.item("debate", "Mme X", is_confidential=True), made.item()
    found = resolve_items([str(secret.pk), str(plain.pk), "not a key"])
    assert "Mme X" not in found[str(secret.pk)].title
    assert found[str(plain.pk)].url
    assert resolve_meetings([str(made.meeting.pk)])[str(made.meeting.pk)].is_public
