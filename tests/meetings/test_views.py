"""Pages of meetings: who opens them, what each says, bad input named with nothing lost."""

import datetime
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from odfdo import Document

from consultations.meetings.codes import member_code
from consultations.meetings.majority import Votes
from consultations.meetings.models import AgendaItem, Attendance, Ballot, Decision, Meeting
from consultations.meetings.services import convening, minutes, voting
from tests.factories.accounts import SignedInClient
from tests.factories.councils import member_of
from tests.factories.meetings import Sitting, convened, ended, opened, prepared
from tests.factories.process import person

pytestmark = pytest.mark.django_db


def desk(name: str, made: Sitting, *args: object) -> str:
    return reverse(f"meeting_desk:{name}", args=[made.meeting.pk, *args])


def public(name: str, made: Sitting, *args: object) -> str:
    return reverse(f"meetings:{name}", args=[made.council.slug, made.meeting.number, *args])


PAGES = ("detail", "agenda", "notice", "attendance", "sitting", "minutes")


@pytest.mark.parametrize("build", [prepared, convened, opened, ended])
def test_every_tab_opens_in_every_state(client: SignedInClient, build) -> None:
    made = build()
    made.item("debate", "Les sorties")
    for user in (made.secretary, made.president, member_of(made.council)):
        client.force_login(user)
        for name in PAGES:
            assert client.get(desk(name, made)).status_code == 200, name
    client.force_login(person())
    assert client.get(desk("detail", made)).status_code == 403


def test_strangers_sign_in_first(client: SignedInClient) -> None:
    made = prepared()
    for name in ("edit", "cancel", "delete", *PAGES):
        assert client.get(desk(name, made)).status_code == 302
    assert client.get(reverse("meeting_desk:list")).status_code == 302


def test_list_and_creation(client: SignedInClient) -> None:
    made = prepared()
    client.force_login(made.secretary)
    page = client.get(reverse("meeting_desk:list"))
    assert made.council.name in page.content.decode()
    address = reverse("meeting_desk:create", args=[made.council.slug])
    day = (timezone.localdate() + datetime.timedelta(days=30)).isoformat()
    assert client.post(address, {"day": "demain", "hour": "14:00", "minutes_planned": 90}).status_code == 422
    given = {"day": day, "hour": "14:00", "minutes_planned": 90, "place": "Salle bleue"}
    assert client.post(address, given).status_code == 302
    assert Meeting.objects.get(place="Salle bleue").number == 2
    client.force_login(member_of(made.council))
    assert client.get(address).status_code == 403


def test_list_reads_in_a_fixed_number_of_queries(
    client: SignedInClient, django_assert_max_num_queries
) -> None:
    made = prepared()
    for number in range(2, 12):
        Meeting.objects.create(council=made.council, number=number, held_at=made.meeting.held_at)
    client.force_login(made.secretary)
    with django_assert_max_num_queries(32):
        client.get(reverse("meeting_desk:list"))


def test_deleting_is_refused_with_what_to_do(client: SignedInClient) -> None:
    made = prepared()
    client.force_login(made.secretary)
    page = client.post(desk("delete", made))
    assert page.status_code == 403
    assert "annulez-la" in page.content.decode()
    assert Meeting.objects.filter(pk=made.meeting.pk).exists()


def test_a_step_in_the_wrong_state_is_said_not_a_crash(client: SignedInClient) -> None:
    made = prepared()
    client.force_login(made.secretary)
    page = client.post(desk("step", made, "ouvrir"), follow=True)
    assert "en préparation" in page.content.decode()
    assert client.post(desk("step", made, "danser")).status_code == 403
    assert client.get(desk("minutes_sign", made)).status_code == 403


def test_members_propose_and_keepers_build(client: SignedInClient) -> None:
    made = prepared()
    client.force_login(member_of(made.council))
    given = {"title": "Le bruit", "purpose": "debate", "minutes": 10, "explanation": "Le soir."}
    client.post(desk("agenda", made), given)
    item = AgendaItem.objects.get()
    assert item.state == "proposed"
    refused = client.post(
        desk("agenda", made), {"title": "", "purpose": "debate", "minutes": 10, "explanation": "Gardé."}
    )
    assert refused.status_code == 422
    assert "Gardé." in refused.content.decode()
    assert client.post(desk("item_act", made, item.pk, "accepter")).status_code == 403
    client.force_login(made.secretary)
    client.post(desk("item_refuse", made, item.pk), {"reason": "Déjà traité"})
    client.post(desk("item_act", made, item.pk, "accepter"))
    item.refresh_from_db()
    assert item.state == "accepted"
    client.post(
        desk("document_add", made, item.pk),
        {"title": "Plan", "file": SimpleUploadedFile("plan.pdf", b"%PDF")},
    )
    document = item.documents.get()
    assert client.get(desk("document", made, document.pk)).status_code == 200
    wrong = client.post(
        desk("document_add", made, item.pk), {"title": "X", "file": SimpleUploadedFile("x.exe", b"x")}
    )
    assert wrong.status_code == 422
    client.force_login(person())
    assert client.get(desk("document", made, document.pk)).status_code == 403


def test_late_notice_keeps_what_was_typed_and_asks_why(client: SignedInClient) -> None:
    made = prepared(days=5)
    made.item()
    client.force_login(made.secretary)
    order = {"presidents_order": "Ordre signé le 3 mars", "late_reason": ""}
    refused = client.post(desk("notice", made), order)
    assert refused.status_code == 422
    assert "Ordre signé le 3 mars" in refused.content.decode()
    assert client.post(desk("notice", made), {**order, "late_reason": "Travaux urgents"}).status_code == 302
    page = client.get(desk("notice", made)).content.decode()
    assert "Travaux urgents" in page
    proof = made.meeting.convenings.get().proofs.filter(way="post").first()
    assert client.post(desk("proof", made, proof.pk), {"way": "hand", "by_label": ""}).status_code == 422
    assert (
        client.post(desk("proof", made, proof.pk), {"way": "hand", "by_label": "L’animatrice"}).status_code
        == 302
    )
    assert client.get(desk("file", made, "lettres", "pdf")).content[:5] == b"%PDF-"
    client.post(desk("printed", made, made.meeting.convenings.get().pk))
    assert not made.meeting.convenings.get().proofs.filter(way="post", state="waiting").exists()


def test_letters_hold_codes_and_are_for_those_who_send_them(client: SignedInClient) -> None:
    made = prepared()
    made.item()
    convening.convene_meeting(actor=made.president, meeting=made.meeting)
    client.force_login(member_of(made.council))
    assert client.get(desk("file", made, "lettres", "odt")).status_code == 403
    assert client.get(desk("file", made, "convocation", "odt")).status_code == 200
    client.force_login(made.secretary)
    text = Document(io.BytesIO(client.get(desk("file", made, "lettres", "odt")).content)).get_formatted_text()
    someone = made.members["families"][0]
    assert member_code(made.meeting, someone.pk).replace("-", " ") in text


def test_attendance_is_recorded_in_one_go(client: SignedInClient) -> None:
    made = convened()
    client.force_login(made.secretary)
    here = {f"way-{one.pk}": "present" for one in made.users_side[:4]}
    on_paper = made.users_side[0].pk
    client.post(
        desk("attendance_save", made),
        {**here, f"paper-{on_paper}": "on", f"way-{made.users_side[5].pk}": "excused"},
    )
    assert Attendance.objects.filter(way="present").count() == 4
    assert Attendance.objects.get(mandate=on_paper).votes_on_paper
    page = client.get(desk("attendance", made)).content.decode()
    assert "Il en manque 1" in page
    client.post(desk("guest", made), {"name": "Mme B.", "role": "architecte", "way": "present"})
    assert (
        client.post(desk("guest", made), {"name": "Mme B.", "role": "", "way": "present"}).status_code == 422
    )
    kept = Attendance.objects.get(mandate=on_paper)
    client.post(desk("leave", made, kept.pk))
    kept.refresh_from_db()
    assert kept.left_at is not None


def test_a_sitting_by_plain_forms(client: SignedInClient) -> None:
    made = opened()
    item = made.item()
    client.force_login(made.secretary)
    client.post(desk("item_step", made, item.pk, "commencer"))
    assert (
        client.post(
            desk("decision_open", made, item.pk), {"question": "", "kind": "show_of_hands"}
        ).status_code
        == 422
    )
    client.post(desk("decision_open", made, item.pk), {"question": "D’accord ?", "kind": "show_of_hands"})
    decision = Decision.objects.get()
    too_many = client.post(desk("decision_count", made, decision.pk), {"families-for": 9, "close": 1})
    assert too_many.status_code == 422
    assert "9 votes pour 3 voix" in too_many.content.decode()
    counts = {"families-for": 3, "supported_persons-for": 3, "staff-against": 1, "close": 1}
    assert client.post(desk("decision_count", made, decision.pk), counts).status_code == 302
    decision.refresh_from_db()
    assert (decision.result, decision.votes) == ("adopted", Votes(6, 1, 0))
    client.post(desk("line", made, item.pk), {"text": "Le conseil demande un banc."})
    client.post(desk("item_step", made, item.pk, "terminer"))
    client.post(desk("step", made, "lever"))
    page = client.get(desk("minutes", made)).content.decode()
    assert "Le conseil demande un banc." in page
    assert "6 pour, 1 contre" in page


def test_the_queue_by_plain_forms(client: SignedInClient) -> None:
    made = opened()
    client.force_login(made.secretary)
    who = Attendance.objects.filter(meeting=made.meeting).first()
    client.post(desk("floor", made, "demander"), {"attendance": who.pk})
    asked = made.meeting.speech_requests.get()
    client.post(desk("floor", made, "donner"), {"request": asked.pk})
    asked.refresh_from_db()
    assert asked.state == "speaking"
    assert client.post(desk("floor", made, "donner"), {"request": "x"}).status_code == 404
    assert client.post(desk("floor", made, "demander"), {"attendance": "x"}).status_code == 404


def test_members_come_in_with_their_code_and_vote(client: SignedInClient) -> None:
    made = opened(users=5)
    late = made.users_side[5]
    code = member_code(made.meeting, late.pk)
    wrong = client.post(public("door", made), {"code": "lilas cerise canard pinson 42", "way": "present"})
    assert wrong.status_code == 422
    assert code.split("-")[0] in client.get(public("door", made), {"code": code}).content.decode()
    assert client.post(public("door", made), {"code": code, "way": "present"}).status_code == 302
    page = client.get(public("room", made)).content.decode()
    assert "Quorum atteint" in page
    decision = made.vote(made.start(made.item()), "secret")
    assert "Ce vote est secret" in client.get(public("room", made)).content.decode()
    client.post(public("act", made, "voter"), {"decision": decision.pk, "choice": "against"})
    client.post(public("act", made, "voter"), {"decision": decision.pk, "choice": "for"})
    assert Ballot.objects.get().choice == "against"
    client.post(public("act", made, "parole"))
    assert made.meeting.speech_requests.count() == 1
    client.post(public("act", made, "retirer"))
    assert not made.meeting.speech_requests.exists()
    assert client.post(public("act", made, "inventer"), follow=True).status_code == 200
    voting.close_decision(actor=made.secretary, decision=decision)
    late_vote = client.post(
        public("act", made, "voter"), {"decision": decision.pk, "choice": "for"}, follow=True
    )
    assert "fermé" in late_vote.content.decode()
    client.post(public("leave", made))
    assert Attendance.objects.get(mandate=late).left_at is not None


def test_a_member_signed_in_needs_no_code_and_a_stranger_has_no_room(client: SignedInClient) -> None:
    made = convened()
    assert client.get(public("room", made)).status_code == 302
    client.force_login(made.president)
    assert 'name="code"' not in client.get(public("door", made)).content.decode()
    assert client.post(public("door", made), {"way": "remote"}).status_code == 302
    assert Attendance.objects.get().way == "remote"


def test_reconvened_in_one_click(client: SignedInClient) -> None:
    made = opened(users=4)
    made.item()
    client.force_login(made.secretary)
    client.post(desk("step", made, "reporter"))
    client.post(desk("step", made, "lever"))
    page = client.post(desk("reconvene", made), follow=True)
    assert "seconde réunion" in page.content.decode()
    again = Meeting.objects.get(reconvened_from=made.meeting)
    assert again.items.count() == 1


def test_minutes_from_writing_to_publication(client: SignedInClient) -> None:
    made = ended()
    item = made.meeting.items.get()
    client.force_login(made.secretary)
    client.post(
        desk("minutes_write", made),
        {f"item-{item.pk}": "Un banc est demandé.", "opening": "Séance de 14 h.", "closing": ""},
    )
    client.post(desk("minutes_share", made))
    client.force_login(made.president)
    client.post(desk("amendment", made), {"text": "Deux bancs."})
    client.force_login(made.secretary)
    asked = made.again().minutes.amendments.get()
    client.post(desk("amendment_answer", made, asked.pk), {"accept": 1})
    assert client.get(desk("minutes_sign", made)).status_code == 403
    client.force_login(made.president)
    page = client.get(desk("minutes_sign", made)).content.decode()
    assert "empreinte" in page.lower()
    client.force_login(made.secretary)
    client.post(desk("minutes_attach", made), {"scan": SimpleUploadedFile("r.pdf", b"%PDF-1.4")})
    version = made.again().minutes.versions.get()
    assert client.get(desk("minutes_scan", made, version.pk)).status_code == 200
    client.post(desk("minutes_adopt", made))
    client.post(desk("minutes_pass_on", made), {"to_operator_on": timezone.localdate().isoformat()})
    client.post(desk("minutes_easy", made), {"text": "On veut un banc."})
    assert made.again().minutes.easy_read == "On veut un banc."
    made.council.bylaw_versions.create(
        valid_from=datetime.date(2025, 2, 1), values={"minutes_public": True}, reason="décidé"
    )
    client.post(desk("minutes_redact", made), {f"item-{item.pk}": "Un banc public."})
    assert "Un banc public." not in client.get(public("detail", made)).content.decode()
    client.force_login(made.president)
    client.post(desk("minutes_public", made))
    client.logout()
    assert "Un banc public." in client.get(public("detail", made)).content.decode()
    client.force_login(made.president)
    client.post(desk("minutes_public", made), {"withdraw": 1})
    assert "Un banc public." not in client.get(public("detail", made)).content.decode()


def test_signing_from_the_page(client: SignedInClient) -> None:
    made = ended()
    minutes.share_minutes(actor=made.secretary, meeting=made.meeting)
    client.force_login(made.president)
    page = client.get(desk("minutes_sign", made)).content.decode()
    found = re.search(r'name="hash" value="([0-9a-f]{64})"', page)
    if found:
        client.post(desk("minutes_sign", made), {"hash": found[1]})
        assert made.again().state == "minutes_signed"
    else:
        assert client.post(desk("minutes_sign", made), {"hash": "0" * 64}).status_code == 403


def test_who_no_longer_presides_is_told_so_and_delete_does_nothing(client: SignedInClient) -> None:
    made = ended()
    minutes.share_minutes(actor=made.secretary, meeting=made.meeting)
    client.force_login(made.secretary)
    refused = client.post(desk("minutes_sign", made), {"hash": ""})
    assert refused.status_code == 403 and "Si vous présidiez" in refused.content.decode()
    assert client.delete(desk("detail", made)).status_code == 405


def test_the_page_of_signed_minutes_shows_the_very_text_signed(client: SignedInClient) -> None:
    made = ended()
    minutes.share_minutes(actor=made.secretary, meeting=made.meeting)
    made.sign()
    Meeting.objects.filter(pk=made.meeting.pk).update(place="Ailleurs")
    AgendaItem.objects.filter(meeting=made.meeting).update(title="Un titre changé après")
    client.force_login(made.secretary)
    assert "Un titre changé après" not in client.get(desk("minutes", made)).content.decode()


def test_papers_in_both_formats(client: SignedInClient) -> None:
    made = ended()
    client.force_login(made.secretary)
    for what in ("emargement", "releve"):
        assert client.get(desk("file", made, what, "pdf")).content[:5] == b"%PDF-"
        file = client.get(desk("file", made, what, "odt"))
        assert made.council.name in Document(io.BytesIO(file.content)).get_formatted_text()
    assert client.get(desk("file", made, "convocation", "pdf")).status_code == 404
    assert client.get(desk("file", made, "releve", "exe")).status_code == 404


def test_public_pages_say_only_what_is_public(client: SignedInClient) -> None:
    made = ended()
    made.item("debate", "La situation de Mme X", is_confidential=True, explanation="secret")
    listed = client.get(reverse("meetings:list", args=[made.council.slug]))
    assert listed.status_code == 200
    page = client.get(public("detail", made)).content.decode()
    assert "Le jardin" in page
    assert "Mme X" not in page
    assert "demande un banc" not in page
    assert made.users_side[0].person_name not in page
    Meeting.objects.filter(pk=made.meeting.pk).update(state="draft")
    assert client.get(public("detail", made)).status_code == 404
    made.council.is_public = False
    made.council.save()
    assert client.get(reverse("meetings:list", args=[made.council.slug])).status_code == 404


def test_calendars(client: SignedInClient) -> None:
    made = convened()
    one = client.get(public("calendar", made))
    assert b"BEGIN:VEVENT" in one.content
    feed = client.get(reverse("meetings:feed", args=[made.council.slug]))
    assert feed["Content-Type"].startswith("text/calendar")
    assert b"Salle du jardin" in feed.content
    Meeting.objects.filter(pk=made.meeting.pk).update(state="cancelled")
    assert b"STATUS:CANCELLED" in client.get(reverse("meetings:feed", args=[made.council.slug])).content


def test_cancelling_from_the_page_asks_why(client: SignedInClient) -> None:
    made = prepared()
    client.force_login(made.president)
    assert client.get(desk("cancel", made)).status_code == 200
    assert client.post(desk("cancel", made), {"reason": ""}).status_code == 422
    assert client.post(desk("cancel", made), {"reason": "Grippe"}).status_code == 302
    assert client.get(desk("cancel", made)).status_code == 403
