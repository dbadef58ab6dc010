"""A room without JavaScript: everything is a page and a form."""

import datetime
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from consultations.live.models import Participant, Room
from consultations.live.services import close_room
from consultations.polls.models import Poll
from consultations.workshops.models import BoardOperation, Card, Signal, Stage, Workshop
from consultations.workshops.services.running import close_workshop, open_workshop
from consultations.workshops.services.satisfaction import satisfaction_poll
from core.models import Receipt
from tests.factories.accounts import SignedInClient
from tests.factories.process import person
from tests.factories.workshops import OpenRoom, add_stage, facilitator_of, workshop

pytestmark = pytest.mark.django_db
TEXT = "Le bus ne passe plus le samedi."


@pytest.fixture
def room():
    made = OpenRoom(0)
    made.lead("stage.start", stage=made.write.pk)
    return made


def come_in(client, room, **fields):
    data = {"college": "residents", "device": "phone", **fields}
    response = client.post(reverse("workshops:join", args=[room.room.code]), data)
    assert response.status_code == 302, response.content.decode()
    return Participant.objects.latest("joined_at")


def act(client, room, verb, **data):
    return client.post(reverse("workshops:act", args=[room.room.code, verb]), data)


def page(client, room):
    response = client.get(reverse("workshops:room", args=[room.room.code]))
    assert response.status_code == 200
    return response.content.decode()


def test_a_code_typed_with_spaces_and_small_letters_opens_the_door(client, room):
    code = room.room.code
    typed = f"{code[:3].lower()} {code[3:]}"
    response = client.post(reverse("workshops:type_code"), {"code": typed})
    assert response.url == reverse("workshops:join", args=[code])


@pytest.mark.parametrize(("code", "status"), [("", 422), ("XXXXXX", 404), ("é" * 30, 404)])
def test_a_wrong_code_is_said(client, room, code, status):
    assert client.post(reverse("workshops:type_code"), {"code": code}).status_code == status


def test_guessing_codes_is_slowed_down_for_guessers(client, room):
    for _guess in range(200):
        client.post(reverse("workshops:type_code"), {"code": "CCCCCC"})
    assert client.post(reverse("workshops:type_code"), {"code": "CCCCCC"}).status_code == 429


def test_an_unknown_address_is_not_found(client):
    for name in ("join", "room", "leave"):
        assert client.get(reverse(f"workshops:{name}", args=["CCCCCC"])).status_code == 404


def test_joining_needs_a_college_of_the_workshop(client, room):
    Workshop.objects.filter(pk=room.workshop.pk).update(colleges=["residents"])
    address = reverse("workshops:join", args=[room.room.code])
    assert client.post(address, {"college": "funders", "device": "phone"}).status_code == 422
    assert not Participant.objects.exists()


def test_a_second_marie_is_told_apart(client, room):
    for expected in ("Marie", "Marie 2"):
        someone = come_in(SignedInClient(), room, display_name="Marie")
        assert someone.display_name == expected


def test_a_table_counts_its_people(client, room):
    table = come_in(client, room, device="tablet", headcount="6", table="3")
    assert (table.headcount, table.table) == (6, "3")
    alone = come_in(SignedInClient(), room, headcount="6")
    assert alone.headcount == 1


def test_a_card_is_written_changed_and_taken_back_with_forms(client, room):
    come_in(client, room)
    response = act(client, room, "card.add", stage=room.write.pk, text=TEXT)
    assert response.status_code == 302
    assert TEXT in page(client, room)
    card = Card.objects.get()
    act(client, room, "card.edit", card=card.pk, text="Le bus passe peu.", need="", level="")
    assert "Le bus passe peu." in page(client, room)
    act(client, room, "card.withdraw", card=card.pk)
    assert "Le bus passe peu." not in page(client, room)


def test_sending_the_same_form_twice_makes_one_card(client, room):
    come_in(client, room)
    key = str(uuid.uuid4())
    for _time in range(2):
        act(client, room, "card.add", stage=room.write.pk, text=TEXT, client_uuid=key)
    assert Card.objects.count() == 1


def test_what_is_refused_is_shown_again_with_what_was_typed(client, room):
    come_in(client, room)
    words = "Beaucoup trop long. " * 30
    response = act(client, room, "card.add", stage=room.write.pk, text=words)
    assert response.status_code == 422
    assert "Beaucoup trop long." in response.content.decode()
    assert not Card.objects.exists()


def test_words_sent_long_after_the_end_are_given_back(client, room):
    come_in(client, room)
    room.lead("stage.start", stage=room.group.pk)
    Stage.objects.filter(pk=room.write.pk).update(contributions_closed_at="2026-01-01T00:00:00Z")
    response = act(client, room, "card.add", stage=room.write.pk, text=TEXT)
    assert response.status_code == 409
    assert TEXT in response.content.decode()


def test_a_stranger_is_sent_to_the_door(client, room):
    for address in (
        reverse("workshops:room", args=[room.room.code]),
        reverse("workshops:leave", args=[room.room.code]),
    ):
        assert client.get(address).url == reverse("workshops:join", args=[room.room.code])
    assert act(client, room, "card.add", text=TEXT).status_code == 302
    assert not Card.objects.exists()


def test_participants_forms_do_not_reach_the_facilitators_verbs(client, room):
    come_in(client, room)
    assert act(client, room, "stage.close", stage=room.write.pk).status_code == 403
    assert act(client, room, "nonsense").status_code == 404


def test_a_ballot_and_an_order_are_forms_too(client, room):
    come_in(client, room)
    room.lead("cards.reveal", stage=room.write.pk)
    cards = [room.lead("card.add_for", stage=room.write.pk, text=f"Idée {n}", mode="paper", college="others")
             for n in range(2)]  # fmt: skip
    groups = [
        room.lead("group.create", stage=room.group.pk, name=f"Groupe {n}", cards=[card["card"]])["group"]
        for n, card in enumerate(cards)
    ]
    room.lead("stage.start", stage=room.dots.pk)
    assert "Groupe 1" in page(client, room)
    data = {f"points-{groups[0]}": "3", f"points-{groups[1]}": ""}
    act(client, room, "ballot.set", stage=room.dots.pk, **data)
    assert [vote.points for vote in room.dots.votes.all()] == [3]
    over = act(client, room, "ballot.set", stage=room.dots.pk, **{f"points-{groups[0]}": "9"})
    assert over.status_code == 422
    room.lead("stage.start", stage=room.rank.pk)
    act(client, room, "rank.set", stage=room.rank.pk, targets=[groups[1], "", groups[0]])
    assert [str(rank.group_id) for rank in room.rank.ranks.all()] == [groups[1], groups[0]]
    room.lead("cards.reveal", stage=room.rank.pk)
    assert page(client, room)


def test_signals_are_buttons(client, room):
    come_in(client, room)
    act(client, room, "signal.set", kind="floor", on="1")
    assert Signal.objects.get().kind == "floor"
    assert 'aria-pressed="true"' in page(client, room)
    act(client, room, "signal.set", kind="floor", on="0")
    assert not Signal.objects.exists()


@pytest.mark.parametrize("kind", Stage.Kind.values)
def test_every_kind_of_stage_has_its_page_for_participants_and_facilitators(client, kind):
    room = OpenRoom(0)
    stage = add_stage(room.workshop, kind)
    room.lead("stage.start", stage=stage.pk)
    come_in(client, room)
    assert stage.title in page(client, room)
    staff = SignedInClient()
    staff.force_login(room.user)
    response = staff.get(reverse("workshop_editor:console", args=[room.workshop.pk]))
    assert response.status_code == 200
    assert stage.title in response.content.decode()


def test_the_room_closed_its_page_leads_to_the_receipt(client, room):
    come_in(client, room)
    act(client, room, "card.add", stage=room.write.pk, text=TEXT)
    close_room(room=room.room)
    response = client.get(reverse("workshops:room", args=[room.room.code]))
    assert response.url == reverse("workshops:leave", args=[room.room.code])
    assert SignedInClient().get(reverse("workshops:join", args=[room.room.code])).status_code == 410


def test_a_receipt_tells_what_became_of_the_cards(client, room):
    come_in(client, room)
    act(client, room, "card.add", stage=room.write.pk, text=TEXT)
    card = Card.objects.get()
    room.lead("group.create", stage=room.group.pk, name="Se déplacer", cards=[str(card.pk)])
    leave = reverse("workshops:leave", args=[room.room.code])
    client.post(leave)
    client.post(leave)
    receipt = Receipt.objects.get()
    assert receipt.subject_kind == "contribution"
    path = client.get(leave).context["path"]
    waiting = client.get(path).content.decode()
    assert "Vous avez participé à l’atelier" in waiting and room.workshop.title in waiting
    assert "Vos cartes sont dans la salle." in waiting
    close_workshop(actor=room.user, workshop=Workshop.objects.get(pk=room.workshop.pk))
    told = client.get(path).content.decode()
    assert TEXT.replace("'", "&#x27;") in told
    for words in ("Se déplacer", "Vous avez écrit sur une carte", "Votre carte a été mise avec d’autres"):
        assert words in told
    for words in ("Vous avez répondu", "Vos réponses", "Pris en compte"):
        assert words not in told.partition("<main")[2].partition("</main")[0]


def staff_of(room):
    staff = SignedInClient()
    staff.force_login(room.user)
    return staff


def lead(staff, room, verb, **data):
    return staff.post(reverse("workshop_editor:console_act", args=[room.workshop.pk, verb]), data)


def test_the_console_runs_a_stage_with_forms(client, room):
    come_in(client, room)
    act(client, room, "card.add", stage=room.write.pk, text=TEXT)
    staff = staff_of(room)
    card = Card.objects.get()
    lead(staff, room, "cards.reveal", stage=room.write.pk)
    lead(staff, room, "group.create", stage=room.group.pk, name="Se déplacer")
    console = staff.get(reverse("workshop_editor:console", args=[room.workshop.pk])).content.decode()
    assert TEXT in console
    lead(staff, room, "card.hide", card=card.pk, reason="Nomme quelqu’un")
    card.refresh_from_db()
    assert card.hidden_reason
    page = staff.get(reverse("workshop_editor:console", args=[room.workshop.pk])).content.decode()
    assert "Annuler : carte masquée" in page
    operation = BoardOperation.objects.last_of(room.workshop.pk).pk
    lead(staff, room, "undo", operation=operation)
    card.refresh_from_db()
    assert not card.hidden_reason
    again = lead(staff, room, "undo", operation=operation)
    assert again.status_code == 409 and "Annuler : groupe créé" in again.content.decode()
    lead(staff, room, "undo")
    assert (
        'data-verb="undo"'
        not in staff.get(reverse("workshop_editor:console", args=[room.workshop.pk])).content.decode()
    )
    assert lead(staff, room, "stage.extend", stage=room.write.pk, minutes="900").status_code == 422


ACTORS = {
    "visitor": (None, 302),
    "stranger": (lambda room: person(), 403),
    "analyst": (lambda room: person(Role.ANALYST, on=room.workshop.consultation.territory), 403),
    "facilitator": (lambda room: facilitator_of(room.workshop), 200),
    "organiser": (lambda room: person(Role.ORGANISER, on=room.workshop.consultation.territory), 200),
    "facilitator elsewhere": (lambda room: facilitator_of(workshop()), 403),
}


@pytest.mark.parametrize("actor", ACTORS)
def test_who_opens_the_console(client, room, actor):
    make, status = ACTORS[actor]
    if make:
        client.force_login(make(room))
    address = reverse("workshop_editor:console", args=[room.workshop.pk])
    assert client.get(address).status_code == status


def test_a_workshop_is_opened_run_and_closed(client):
    made = workshop()
    user = facilitator_of(made)
    client.force_login(user)
    detail = reverse("workshop_editor:detail", args=[made.pk])
    assert client.post(reverse("workshop_editor:open", args=[made.pk])).url == detail
    made.refresh_from_db()
    assert made.status == Workshop.Status.ANNOUNCED, "a workshop without scenario does not open"
    add_stage(made, Stage.Kind.WRITE)
    client.post(reverse("workshop_editor:open", args=[made.pk]))
    room = Room.objects.get(kind="workshop", key=str(made.pk))
    guest = SignedInClient()
    guest.post(
        reverse("workshops:join", args=[room.code]),
        {"college": "relatives", "device": "tablet", "headcount": "5"},
    )
    client.post(reverse("workshop_editor:close", args=[made.pk]))
    made.refresh_from_db()
    assert (made.status, made.attendance) == (Workshop.Status.CLOSED, {"relatives": 5})
    assert not Room.objects.get(pk=room.pk).is_open
    assert client.get(detail).status_code == 200
    assert client.get(reverse("workshop_editor:list")).status_code == 200


def test_public_pages_show_announced_workshops_alone(client):
    shown = workshop(title="Bien vieillir", access=["step_free", "bus"], summary="Venez en parler.")
    add_stage(shown, Stage.Kind.WRITE, title="Qu’est-ce qui manque ?")
    draft = workshop(Workshop.Status.DRAFT, title="En projet")
    listed = client.get(reverse("workshops:list")).content.decode()
    assert "Bien vieillir" in listed
    assert "En projet" not in listed
    assert client.get(reverse("workshops:detail", args=[draft.slug])).status_code == 404
    told = client.get(reverse("workshops:detail", args=[shown.slug])).content.decode()
    assert "Qu’est-ce qui manque" in told
    assert "entrée sans marche".capitalize() in told


def test_the_open_workshop_calls(client):
    made = workshop(Workshop.Status.ANNOUNCED)
    add_stage(made, Stage.Kind.WRITE)
    open_workshop(actor=facilitator_of(made), workshop=made)
    assert (
        reverse("workshops:type_code")
        in client.get(reverse("workshops:detail", args=[made.slug])).content.decode()
    )


def test_a_poll_is_written_asked_and_answered_with_forms(client, room):
    come_in(client, room)
    staff = staff_of(room)
    address = reverse("workshop_editor:poll_create", args=[room.workshop.pk])
    assert staff.get(address).status_code == 200
    data = {"question": "Par où commencer ?", "kind": "single", "options": "Le bus\nLes papiers",
            "visibility": "live", "secrecy": "open"}  # fmt: skip
    assert staff.post(address, {**data, "options": ""}).status_code == 422
    assert staff.post(address, data).status_code == 302
    poll = Poll.objects.get()
    lead(staff, room, "poll.open", poll=poll.pk)
    assert "Par où commencer" in page(client, room)
    assert act(client, room, "poll.vote", poll=poll.pk).status_code == 422
    act(client, room, "poll.vote", poll=poll.pk, choix=poll.asked.options[0].code)
    assert poll.ballots.count() == 1
    assert page(client, room)
    lead(staff, room, "poll.hands", poll=poll.pk, **{f"hands-{poll.asked.options[0].code}": "12"})
    lead(staff, room, "poll.close", poll=poll.pk)
    assert "13" in page(client, room)


def test_leaving_proposes_one_question_for_a_week(client):
    made = workshop()
    add_stage(made, Stage.Kind.WRITE)
    user = facilitator_of(made)
    live = open_workshop(actor=user, workshop=made)
    client.post(reverse("workshops:join", args=[live.code]), {"college": "residents", "device": "phone"})
    leave = reverse("workshops:leave", args=[live.code])
    poll = satisfaction_poll(made)
    vote = reverse("polls:vote", args=[poll.slug])
    assert vote in client.get(leave).content.decode()
    close_workshop(actor=user, workshop=Workshop.objects.get(pk=made.pk))
    assert vote in client.get(leave).content.decode()
    assert client.get(vote).status_code == 200
    Workshop.objects.filter(pk=made.pk).update(closed_at=timezone.now() - datetime.timedelta(days=8))
    assert vote not in client.get(leave).content.decode()
    assert client.get(vote).status_code == 410


def test_the_second_of_two_facilitators_is_told_which_stage_the_room_is_in(client, room):
    room.lead("stage.start", stage=room.write.pk)
    client.force_login(room.user)
    console = client.get(reverse("workshop_editor:console", args=[room.workshop.pk]))
    form = {"stage": str(room.dots.pk), "seen": str(room.write.pk)}
    assert f'name="seen" value="{room.write.pk}"' in console.content.decode()
    room.lead("stage.start", stage=room.group.pk, seen=str(room.write.pk))
    answer = client.post(reverse("workshop_editor:console_act", args=[room.workshop.pk, "stage.start"]), form)
    assert answer.status_code == 409
    assert f"Quelqu’un vient de lancer « {room.group.title} »" in answer.content.decode().replace(
        "\u00a0", " "
    )
    assert room.workshop.stages.get(state="running") == room.group


def test_a_reaction_is_given_and_taken_back_with_forms(client, room):
    stage = add_stage(room.workshop, Stage.Kind.WRITE, settings={"private_first": False})
    room.lead("stage.start", stage=stage.pk)
    card = room.do(room.join(), "card.add", stage=stage.pk, text=TEXT)["card"]
    come_in(client, room)
    for pressed, on in (("false", "1"), ("true", "0"), ("false", "1")):
        assert (
            f'name="on" value="{on}" aria-pressed="{pressed}"' in page(client, room).partition("tableau")[2]
        )
        assert act(client, room, "react", card=card, kind="agree", on=on).status_code == 302


def test_a_card_takes_no_reaction_where_they_are_not_wanted(client, room):
    settings = {"private_first": False, "reactions": False}
    stage = add_stage(room.workshop, Stage.Kind.WRITE, settings=settings)
    room.lead("stage.start", stage=stage.pk)
    room.do(room.join(), "card.add", stage=stage.pk, text=TEXT)
    come_in(client, room)
    drawn = page(client, room)
    assert TEXT in drawn
    assert 'data-verb="react"' not in drawn


def test_a_long_board_is_folded_so_that_what_follows_stays_near(client, room):
    stage = add_stage(room.workshop, Stage.Kind.WRITE, settings={"private_first": False, "most_cards": 50})
    room.lead("stage.start", stage=stage.pk)
    writer = room.join()
    come_in(client, room)
    for number in range(26):
        room.do(writer, "card.add", stage=stage.pk, text=f"Idée {number}")
        if number in (20, 25):
            board = page(client, room).partition('id="tableau"')[2]
            assert ("<details" in board) == (number == 25)
