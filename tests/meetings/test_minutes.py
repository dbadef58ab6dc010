"""Minutes: written, corrected, signed by who presides at that moment, adopted, passed on, redacted, published."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone, translation

from consultations.councils.models import Mandate, OfficeTerm
from consultations.meetings.models import AgendaItem, Meeting
from consultations.meetings.selectors.minutes import minutes_content
from consultations.meetings.selectors.reading import public_page
from consultations.meetings.services import minutes
from consultations.meetings.services.minutes import content_hash
from core.states import RefusedTransition
from tests.factories.councils import office
from tests.factories.meetings import Sitting, ended, opened, with_account
from tests.factories.process import person

pytestmark = pytest.mark.django_db


def shared(**fields: int) -> Sitting:
    """A meeting whose draft minutes are shown to those who came."""
    made = ended(**fields)
    minutes.share_minutes(actor=made.secretary, meeting=made.meeting)
    made.again()
    return made


def test_minutes_say_who_came_under_which_quorum_and_what_was_decided() -> None:
    made = ended(users=5)
    content = minutes_content(made.meeting)
    assert len(content["attendance"]["present"]) == 8
    assert len(content["attendance"]["absent"]) == 1
    item = content["items"][0]
    assert item["text"] == "Le conseil demande un banc."
    assert item["decisions"][0]["result"] == "Pas adopté"
    assert content["quorum"]["members"] == 9


def test_minutes_are_one_text_whatever_the_language_of_who_reads() -> None:
    made = ended(users=5)
    with translation.override("en"):
        read = minutes_content(made.meeting)
    assert content_hash(read) == content_hash(minutes_content(made.meeting))
    assert read["items"][0]["decisions"][0]["result"] == "Pas adopté"


def test_nothing_written_is_not_shown() -> None:
    made = opened()
    Meeting.objects.filter(pk=made.meeting.pk).update(state="closed")
    with pytest.raises(ValidationError):
        minutes.share_minutes(actor=made.secretary, meeting=made.again())
    assert made.again().state == "closed"


def test_corrections_by_those_who_came_are_answered_before_signing() -> None:
    made = shared(users=5)
    absent = made.users_side[5]
    with pytest.raises(PermissionDenied):
        minutes.propose_amendment(actor=with_account(absent), meeting=made.meeting, text="J’étais là.")
    asked = minutes.propose_amendment(actor=made.president, meeting=made.meeting, text="Deux bancs.")
    with pytest.raises(ValidationError, match=r"\(1\)"):
        made.sign()
    with pytest.raises(ValidationError):
        minutes.answer_amendment(actor=made.secretary, amendment=asked, accepted=False)
    minutes.answer_amendment(actor=made.secretary, amendment=asked, accepted=True)
    assert made.sign().number == 1


def test_signing_freezes_the_content_its_hash_and_who() -> None:
    made = shared()
    version = made.sign()
    assert made.again().state == "minutes_signed"
    assert version.content_hash == content_hash(version.content)
    assert version.signed_mandate.user == made.president
    item = AgendaItem.objects.get(meeting=made.meeting)
    with pytest.raises(RefusedTransition):
        minutes.write_line(actor=made.secretary, item=item, text="Autre chose.")


def test_signing_asks_for_a_second_factor_and_for_the_text_that_was_read() -> None:
    made = shared()
    digest = content_hash(minutes_content(made.meeting))
    with pytest.raises(PermissionDenied, match="second facteur"):
        minutes.sign_minutes(
            actor=made.president, meeting=made.meeting, read_hash=digest, has_second_factor=False
        )
    item = AgendaItem.objects.get(meeting=made.meeting)
    minutes.write_line(actor=made.secretary, item=item, text="Le conseil demande deux bancs.")
    with pytest.raises(ValidationError, match="relisez"):
        minutes.sign_minutes(
            actor=made.president, meeting=made.meeting, read_hash=digest, has_second_factor=True
        )
    assert made.again().state == "minutes_draft"


@pytest.mark.parametrize("since", ["yesterday", "a minute ago"])
def test_a_president_deposed_while_signing_cannot(since: str) -> None:
    made = shared()
    digest = content_hash(minutes_content(made.meeting))
    today = timezone.localdate()
    last = today - datetime.timedelta(days=1) if since == "yesterday" else today
    OfficeTerm.objects.filter(mandate__user=made.president).update(ended_on=last)
    successor = made.members["families"][0]
    office(successor, starts_on=today)
    with pytest.raises(PermissionDenied):
        minutes.sign_minutes(
            actor=made.president, meeting=made.meeting, read_hash=digest, has_second_factor=True
        )
    assert made.again().state == "minutes_draft"
    made.president = with_account(successor)
    assert made.sign().signed_mandate == successor


def test_a_secretary_does_not_sign_but_attaches_the_signed_paper() -> None:
    made = shared()
    digest = content_hash(minutes_content(made.meeting))
    with pytest.raises(PermissionDenied):
        minutes.sign_minutes(
            actor=made.secretary, meeting=made.meeting, read_hash=digest, has_second_factor=True
        )
    with pytest.raises(ValidationError):
        minutes.attach_signed(
            actor=made.secretary, meeting=made.meeting, scan=SimpleUploadedFile("releve.exe", b"x")
        )
    version = minutes.attach_signed(
        actor=made.secretary, meeting=made.again(), scan=SimpleUploadedFile("releve.pdf", b"%PDF-1.4")
    )
    assert (version.way, version.recorded_by) == ("scan", made.secretary)
    assert version.signed_mandate.user == made.president


def test_a_correction_makes_another_version_and_keeps_the_first() -> None:
    made = shared()
    first = made.sign()
    with pytest.raises(RefusedTransition):
        minutes.correct_minutes(actor=made.president, meeting=made.again(), reason="")
    minutes.correct_minutes(actor=made.president, meeting=made.meeting, reason="Erreur de date")
    item = AgendaItem.objects.get(meeting=made.meeting)
    minutes.write_line(actor=made.secretary, item=item, text="Le conseil demande deux bancs.")
    second = made.sign()
    assert (first.number, second.number) == (1, 2)
    assert first.content_hash != second.content_hash


def test_adopted_by_a_later_meeting_then_passed_on() -> None:
    made = shared()
    made.sign()
    earlier = Meeting.objects.create(
        council=made.council, number=9, held_at=made.meeting.held_at - datetime.timedelta(days=9)
    )
    with pytest.raises(ValidationError):
        minutes.adopt_minutes(actor=made.secretary, meeting=made.again(), adopted_in=earlier)
    with pytest.raises(ValidationError):
        minutes.adopt_minutes(
            actor=made.secretary,
            meeting=made.again(),
            adopted_on=timezone.localdate() + datetime.timedelta(days=1),
        )
    minutes.adopt_minutes(actor=made.secretary, meeting=made.again())
    kept = minutes.pass_on_minutes(
        actor=made.secretary, meeting=made.again(), to_operator_on=timezone.localdate()
    )
    assert kept.passed_to_operator_on == timezone.localdate()
    assert kept.passed_to_authority_on is None
    with pytest.raises(ValidationError):
        minutes.pass_on_minutes(
            actor=made.secretary, meeting=made.again(), to_authority_on=datetime.date(2020, 1, 1)
        )


def test_only_redacted_text_is_ever_public_and_confidential_items_never() -> None:
    made = ended()
    secret = made.item("debate", "La situation de Mme X", is_confidential=True)
    Meeting.objects.filter(pk=made.meeting.pk).update(state="minutes_adopted")
    made.again()
    with pytest.raises(ValidationError):
        minutes.publish_minutes(actor=made.president, meeting=made.meeting)
    made.council.bylaw_versions.create(
        valid_from=datetime.date(2025, 2, 1), values={"minutes_public": True}, reason="décidé"
    )
    with pytest.raises(ValidationError, match="Relisez"):
        minutes.publish_minutes(actor=made.president, meeting=made.meeting)
    item = made.meeting.items.get(is_confidential=False)
    texts = {str(item.pk): "Un banc est demandé.", str(secret.pk): "Mme X…", "unknown": "x", "closing": " "}
    minutes.redact_minutes(actor=made.secretary, meeting=made.meeting, texts=texts)
    minutes.publish_minutes(actor=made.president, meeting=made.meeting)
    page = public_page(made.again(), shows_minutes=True)
    assert [(one.title, one.conclusions) for one in page.items] == [("Le jardin", "Un banc est demandé.")]
    again = minutes.redact_minutes(actor=made.secretary, meeting=made.meeting, texts=texts)
    assert again.published_on is None


def test_who_left_the_council_keeps_what_they_signed() -> None:
    made = shared()
    version = made.sign()
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    Mandate.objects.filter(user=made.president).update(ended_on=yesterday, end_reason="left")
    version.refresh_from_db()
    assert version.signed_mandate_id
    with pytest.raises(PermissionDenied):
        minutes.correct_minutes(actor=person(), meeting=made.again(), reason="Essai")
