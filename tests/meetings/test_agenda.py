"""Preparing a meeting and its agenda: who proposes, who answers, what is kept."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from consultations.meetings.models import Meeting
from consultations.meetings.registries import AgendaSource, Suggestion, agenda_sources
from consultations.meetings.services import (
    agenda,
    preparing,
    sitting,
)
from core.states import RefusedTransition
from tests.factories.councils import member_of
from tests.factories.meetings import prepared, with_account

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
