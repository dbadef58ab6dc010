"""Pages of syntheses: what anyone reads, and writing without a script."""

import datetime
import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role, User
from consultations.live.identity import cookie_name
from consultations.live.services import join_room
from consultations.syntheses import services
from consultations.syntheses.models import Proposal, Synthesis, SynthesisComment
from consultations.syntheses.participants import Commenter
from consultations.syntheses.reading import read_synthesis
from consultations.syntheses.states import Actor
from core.models import StagedImport
from core.services import issue_receipt
from tests.factories.accounts import SignedInClient
from tests.factories.process import person
from tests.factories.syntheses import Board, facilitator_of, line_of, synthesis_with
from tests.syntheses.examples import ARCHIVE
from tests.syntheses.test_services import adopted, open_to_comments, published

pytestmark = pytest.mark.django_db
PAGES = ["overview", "preview", "settings", "volunteers", "steps", "versions", "comments"]


@pytest.fixture
def synthesis() -> Synthesis:
    return synthesis_with("Un", "Deux", "Trois")


@pytest.fixture
def actor(synthesis: Synthesis) -> User:
    return facilitator_of(synthesis.consultation)


@pytest.fixture
def staff(client: SignedInClient, actor: User) -> SignedInClient:
    client.force_login(actor)
    return client


def editor(name: str, *args: object) -> str:
    return reverse(f"synthesis_editor:{name}", args=args)


def public(name: str, synthesis: Synthesis, *args: object) -> str:
    return reverse(f"syntheses:{name}", args=[synthesis.slug, *args])


@pytest.mark.parametrize("name", PAGES)
def test_pages_of_the_workspace_open(staff: SignedInClient, synthesis: Synthesis, name: str) -> None:
    page = staff.get(editor(name, synthesis.pk))
    assert page.status_code == 200
    assert page.content.decode().count("<h1") == 1


@pytest.mark.parametrize("name", PAGES)
def test_pages_of_the_workspace_refuse_strangers(
    client: SignedInClient, synthesis: Synthesis, name: str
) -> None:
    assert client.get(editor(name, synthesis.pk)).status_code == 302
    client.force_login(person(Role.ORGANISER, on=synthesis_with("x").consultation.territory))
    assert client.get(editor(name, synthesis.pk)).status_code == 403


def test_lists_and_panels_name_the_synthesis(
    staff: SignedInClient, synthesis: Synthesis, actor: User
) -> None:
    published(actor, synthesis)
    for address in (
        editor("list"),
        reverse("syntheses:list"),
        reverse("process:consultation_detail", args=[synthesis.consultation.slug]),
        reverse("process:consultation_dashboard", args=[synthesis.consultation_id]),
        reverse("process:workspace"),
        "/recherche/?q=deux",
    ):
        page = staff.get(address)
        assert page.status_code == 200
    assert synthesis.title in staff.get(reverse("syntheses:list")).content.decode()
    assert synthesis.title in staff.get("/recherche/?q=deux").content.decode()


def test_public_page_is_the_frozen_version(client: SignedInClient, synthesis: Synthesis, actor: User) -> None:
    assert client.get(public("detail", synthesis)).status_code == 404
    published(actor, synthesis)
    services.resume_writing(actor=actor, synthesis=synthesis)
    services.edit_line(actor=actor, line=line_of(synthesis, "Un"), text="Un, corrigé", revision=1)
    page = client.get(public("detail", synthesis)).content.decode()
    assert "Un, corrigé" not in page
    assert ">Un<" in page
    assert client.get(public("versions", synthesis)).status_code == 200


def test_public_page_asks_few_queries(
    client: SignedInClient, actor: User, synthesis: Synthesis, django_assert_max_num_queries: object
) -> None:
    published(actor, synthesis)
    client.get(public("detail", synthesis))
    with django_assert_max_num_queries(20):  # type: ignore[operator]
        client.get(public("detail", synthesis))


@pytest.mark.parametrize("extension", ["pdf", "odt", "docx", "md"])
def test_published_synthesis_is_downloaded(
    client: SignedInClient, synthesis: Synthesis, actor: User, extension: str
) -> None:
    published(actor, synthesis)
    answer = client.get(public("export", synthesis, extension))
    assert answer.status_code == 200
    assert f".{extension}" in answer["Content-Disposition"]
    if extension != "pdf":
        again = read_synthesis(answer.content, name=f"a.{extension}").document
        assert [item.text for item in again.block("recommendations")] == ["Un", "Deux", "Trois"]
    assert client.get(public("export", synthesis, "exe")).status_code == 404


def test_sentence_is_added_written_arranged_and_sent_without_a_script(
    staff: SignedInClient, synthesis: Synthesis
) -> None:
    staff.post(editor("line_add", synthesis.pk, "levers"), {"text": "Une équipe mobile"})
    line = line_of(synthesis, "Une équipe mobile")
    staff.post(editor("line_edit", synthesis.pk, line.pk), {"text": "Des équipes mobiles", "revision": 1})
    staff.post(editor("line_send", synthesis.pk, line.pk), {"block": "recommendations"})
    staff.post(editor("line_arrange", synthesis.pk, line.pk), {"step": "up"})
    texts = [one.text for one in synthesis.lines.order_by("order")]
    assert texts == ["Un", "Deux", "Des équipes mobiles", "Trois"]
    other = line_of(synthesis, "Un")
    staff.post(editor("line_send", synthesis.pk, line.pk), {"other": str(other.pk)})
    staff.post(editor("line_arrange", synthesis.pk, line.pk), {"step": "remove"})
    assert synthesis.lines.live().count() == 2
    assert staff.get(editor("line_edit", synthesis.pk, line.pk)).status_code == 404


def test_two_writers_see_both_texts(staff: SignedInClient, synthesis: Synthesis, actor: User) -> None:
    line = line_of(synthesis, "Un")
    services.edit_line(actor=actor, line=line, text="Un, par l'autre", revision=1)
    address = editor("line_edit", synthesis.pk, line.pk)
    page = staff.post(address, {"text": "Un, par moi", "revision": 1})
    assert page.status_code == 409
    assert "Un, par moi" in page.content.decode()
    assert "par l&#x27;autre" in page.content.decode()
    assert staff.post(address, {"text": "Un, par moi", "revision": 2}).status_code == 302


@pytest.mark.parametrize(
    ("name", "block", "data", "status"),
    [
        ("line_add", "levers", {"text": ""}, 422),
        ("line_add", "absent", {"text": "x"}, 422),
        ("line_add", "levers", {"text": "x" * 4000}, 422),
    ],
)
def test_wrong_sentences_are_refused_with_what_was_typed(
    staff: SignedInClient, synthesis: Synthesis, name: str, block: str, data: dict[str, str], status: int
) -> None:
    assert staff.post(editor(name, synthesis.pk, block), data).status_code == status
    assert synthesis.lines.count() == 3


def test_sources_are_attached_and_detached(client: SignedInClient) -> None:
    board = Board()
    group = board.group("Répit", "Souffler")
    actor = facilitator_of(board.workshop.consultation)
    client.force_login(actor)
    client.post(editor("from_workshop", board.workshop.pk))
    synthesis = Synthesis.objects.get(workshop=board.workshop)
    line = services.add_line(actor=actor, synthesis=synthesis, block="levers", text="Le répit aide")
    client.post(editor("source_add", synthesis.pk, line.pk), {"source": f"group:{group.pk}"})
    source = line.sources.get()
    page = client.get(editor("line_edit", synthesis.pk, line.pk)).content.decode()
    assert "1 carte de l’atelier le dit" in page
    client.post(editor("source_add", synthesis.pk, line.pk), {"source": f"card:{uuid.uuid4()}"})
    client.post(editor("source_remove", synthesis.pk, line.pk, source.pk))
    assert not line.sources.exists()


def test_life_is_led_from_the_page_of_steps(staff: SignedInClient, synthesis: Synthesis, actor: User) -> None:
    address = editor("steps", synthesis.pk)
    assert staff.post(address, {"verb": "open_comments", "comments_until": "hier"}).status_code == 422
    until = timezone.localdate() + datetime.timedelta(days=10)
    staff.post(address, {"verb": "open_comments", "comments_until": until.isoformat()})
    assert staff.post(address, {"verb": "explode"}).status_code == 302
    staff.post(address, {"verb": "resume"})
    today = timezone.localdate().isoformat()
    assert staff.post(address, {"verb": "adopt", "decision": "", "adopted_on": today}).status_code == 422
    staff.post(address, {"verb": "adopt", "decision": "tous", "adopted_on": today})
    staff.post(address, {"verb": "publish"})
    synthesis.refresh_from_db()
    assert synthesis.status == "published"
    line = line_of(synthesis, "Un")
    page = staff.get(public("detail", synthesis)).content.decode()
    assert "Proposer une fiche-action" in page
    staff.post(editor("propose", synthesis.pk, line.pk))
    assert Proposal.objects.count() == 1
    assert "proposée comme action" in staff.get(public("detail", synthesis)).content.decode()


def test_a_text_modified_after_its_comments_is_adopted_with_a_word_that_everyone_reads(
    staff: SignedInClient, synthesis: Synthesis, actor: User
) -> None:
    open_to_comments(actor, synthesis)
    services.resume_writing(actor=actor, synthesis=synthesis)
    address = editor("steps", synthesis.pk)
    assert "confirms_changes" not in staff.get(address).content.decode()
    services.edit_line(actor=actor, line=line_of(synthesis, "Un"), text="Un, corrigé", revision=1)
    page = staff.get(address).content.decode()
    assert "confirms_changes" in page and "<ins>Un, corrigé</ins>" in page
    given = {"verb": "adopt", "decision": "tous", "adopted_on": timezone.localdate().isoformat()}
    assert staff.post(address, given).status_code == 422
    assert staff.post(address, {**given, "confirms_changes": "on"}).status_code == 302
    staff.post(address, {"verb": "publish"})
    synthesis.refresh_from_db()
    page = staff.get(public("detail", synthesis)).content.decode()
    assert "Modifiée après les commentaires." in page and "?avant=1&amp;apres=2" in page
    changed = staff.get(public("versions", synthesis), {"avant": 1, "apres": 2}).content.decode()
    assert "<del>Un</del>" in changed and "<ins>Un, corrigé</ins>" in changed
    export = staff.get(reverse("syntheses:export", args=[synthesis.slug, "md"])).content.decode()
    assert "Modifiée après les commentaires." in export


def test_settings_and_volunteers(staff: SignedInClient, synthesis: Synthesis) -> None:
    data = {
        "title": "Atelier",
        "session": "",
        "theme": "Autonomie",
        "held_on": "2026-03-02",
        "summary": "Bref.",
    }
    assert staff.post(editor("settings", synthesis.pk), data).status_code == 302
    assert staff.post(editor("settings", synthesis.pk), {**data, "title": ""}).status_code == 422
    helper = person()
    staff.post(editor("volunteers", synthesis.pk), {"email": helper.email})
    assert list(synthesis.volunteers.all()) == [helper]
    assert staff.post(editor("volunteers", synthesis.pk), {"email": "x@example.org"}).status_code == 422
    staff.post(editor("volunteers", synthesis.pk), {"remove": helper.pk})
    assert not synthesis.volunteers.exists()


def test_volunteers_write_from_their_account_and_staff_behind_their_door(
    client: SignedInClient, synthesis: Synthesis, actor: User
) -> None:
    helper = person()
    synthesis.volunteers.add(helper)
    address = reverse("synthesis_volunteer:overview", args=[synthesis.pk])
    client.force_login(helper)
    page = client.get(address)
    assert page.status_code == 200
    assert "/compte/syntheses/" in page.content.decode()
    assert "/espace/syntheses/" not in page.content.decode()
    add = reverse("synthesis_volunteer:line_add", args=[synthesis.pk, "levers"])
    assert client.post(add, {"text": "De ma main"})["Location"].startswith("/compte/syntheses/")
    assert "Atelier" in client.get(reverse("synthesis_volunteer:list")).content.decode()
    assert client.get(reverse("accounts:home")).content.decode().count("/compte/syntheses/") == 1
    assert client.get(reverse("synthesis_volunteer:steps", args=[synthesis.pk])).status_code == 403
    client.force_login(actor)
    assert client.get(address)["Location"].startswith("/espace/syntheses/")


def comment_data(client: SignedInClient, synthesis: Synthesis, **data: str) -> dict[str, str]:
    page = client.get(public("comment", synthesis)).content.decode()
    found = re.search(r'name="client_uuid" value="([^"]+)"', page)
    assert found
    return {"client_uuid": found.group(1), "text": "Je suis d'accord", **data}


def test_participants_comment_by_device_receipt_or_account(client: SignedInClient) -> None:
    board = Board()
    group = board.group("Répit", "Souffler")
    actor = facilitator_of(board.workshop.consultation)
    synthesis = services.draft_from_workshop(actor=actor, workshop=board.workshop)
    assert client.get(public("comment", synthesis)).status_code == 404
    open_to_comments(actor, synthesis)
    address = public("comment", synthesis)
    data = comment_data(client, synthesis)
    assert client.post(address, data).status_code == 422  # no receipt
    assert client.post(address, {**data, "code": "lilas cerise canard pinson 42"}).status_code == 422
    card = group.cards.get()
    code = issue_receipt(seed="x", subject_kind="card", subject_id=str(card.pk), on=timezone.localdate())
    assert client.post(address, {**data, "code": code}).status_code == 302
    assert client.post(address, {**data, "code": code}).status_code == 302  # sent twice, kept once
    joined = join_room(room=board.room, college="professionals")
    client.cookies[cookie_name(board.room)] = joined.token
    line = synthesis.lines.first()
    assert line
    assert client.post(address, comment_data(client, synthesis, line=str(line.pk))).status_code == 302
    colleges = sorted(SynthesisComment.objects.values_list("college", flat=True))
    assert colleges == ["professionals", "residents"]
    assert SynthesisComment.objects.filter(author=None).count() == 2


def test_comments_are_read_before_they_are_shown(
    staff: SignedInClient, synthesis: Synthesis, actor: User
) -> None:
    open_to_comments(actor, synthesis)
    key = uuid.uuid4()

    comment = services.give_comment(
        by=Commenter(Actor.PARTICIPANT), synthesis=synthesis, text="Très juste", client_uuid=key
    )
    assert "Très juste" not in staff.get(public("comment", synthesis)).content.decode()
    address, prefix = editor("moderate", synthesis.pk, comment.pk), str(comment.pk)[:8]
    staff.post(address, {"choice": "hide"})
    comment.refresh_from_db()
    assert comment.status == "waiting"
    staff.post(address, {"choice": "show", f"{prefix}-answer": "Merci, ajouté."})
    page = staff.get(public("comment", synthesis)).content.decode()
    assert "Très juste" in page
    assert "Merci, ajouté." in page


def upload(client: SignedInClient, content: bytes, name: str) -> str:
    answer = client.post(editor("import"), {"file": SimpleUploadedFile(name, content)})
    return answer["Location"] if answer.status_code == 302 else ""


def test_import_is_previewed_then_confirmed_once(staff: SignedInClient, synthesis: Synthesis) -> None:
    assert staff.get(editor("import")).status_code == 200
    content = ARCHIVE.read_bytes() + b"\n## Annexes\n\n- Une page de trop\n"
    address = upload(staff, content, "archive.md")
    page = staff.get(address).content.decode()
    assert "Annexes" in page
    assert Synthesis.objects.count() == 1
    answer = staff.post(address, {"consultation": str(synthesis.consultation_id)})
    assert Synthesis.objects.count() == 2
    assert staff.get(answer["Location"]).status_code == 200
    assert not StagedImport.objects.exists()
    again = upload(staff, content, "archive.md")
    assert "déjà ici" in staff.get(again).content.decode()
    staff.post(reverse("synthesis_editor:import_discard", args=[StagedImport.objects.get().pk]))
    assert not StagedImport.objects.exists()


def test_refused_file_says_why_and_stores_nothing(staff: SignedInClient) -> None:
    answer = staff.post(editor("import"), {"file": SimpleUploadedFile("a.txt", b"Bonjour")})
    assert answer.status_code == 422
    assert "titre de synth" in answer.content.decode()
    assert not StagedImport.objects.exists()


def test_others_cannot_see_a_staged_file(client: SignedInClient, staff: SignedInClient) -> None:
    address = upload(staff, ARCHIVE.read_bytes(), "a.md")
    client.force_login(facilitator_of(synthesis_with("x").consultation))
    assert client.get(address).status_code == 404


def test_synthesis_written_by_hand(staff: SignedInClient, synthesis: Synthesis) -> None:
    answer = staff.post(
        editor("create"), {"title": "À la main", "consultation": str(synthesis.consultation_id)}
    )
    assert staff.get(answer["Location"]).status_code == 200
    assert staff.post(editor("create"), {"title": ""}).status_code == 422
    other = synthesis_with("x").consultation_id
    assert staff.post(editor("create"), {"title": "x", "consultation": str(other)}).status_code == 422


def test_draft_nobody_saw_is_deleted(staff: SignedInClient, synthesis: Synthesis, actor: User) -> None:
    staff.post(editor("delete", synthesis.pk))
    assert not Synthesis.objects.exists()
    other = synthesis_with("x", consultation=actor.memberships.get().territory.consultations.get())
    adopted(actor, other)
    assert staff.post(editor("delete", other.pk)).status_code == 403
