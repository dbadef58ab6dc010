"""What each verb of the board does, refuses, and tells whom."""

import datetime

import pytest
from django.utils import timezone

from consultations.live.models import Event
from consultations.live.problems import Refused
from consultations.live.registries import Role, Viewer
from consultations.polls.models import Poll
from consultations.polls.selectors import poll_results
from consultations.polls.services import create_poll
from consultations.workshops.board.snapshot import state_of
from consultations.workshops.models import BoardOperation, Card, Stage
from core.models import AuditEntry
from tests.factories.process import person
from tests.factories.workshops import OpenRoom, add_stage

pytestmark = pytest.mark.django_db
TEXT = "Le bus ne passe plus le samedi."


def open_room(**settings):
    room = OpenRoom(2, **settings)
    room.lead("stage.start", stage=room.write.pk)
    return room


def a_card(room, index=0, text=TEXT):
    result = room.do(room.people[index], "card.add", stage=room.write.pk, text=text)
    return Card.objects.get(pk=result["card"])


def cards_of(room, viewer):
    return state_of(room.room, viewer)["cards"]


def code_of(failure):
    return failure.value.code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        (" \n ", "empty"),
        ("x" * 501, "too_long"),
        ("mot " * 5000, "too_long"),
        ("😀😀😀", "no_words"),
        ("\u202e\u200b", "empty"),
    ],
)
def test_a_card_that_cannot_be_read_is_refused_with_the_remedy(text, code):
    room = open_room()
    with pytest.raises(Refused) as refusal:
        a_card(room, text=text)
    assert code_of(refusal) == code
    assert refusal.value.message
    assert not Card.objects.exists()


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("  Le   bus\n passe\tpeu ", "Le bus passe peu"),
        ("Bravo 👩‍🦽 !", "Bravo 👩‍🦽 !"),
        ("a\u0301\u0301\u0301\u0301\u0301\u0301b", "á\u0301\u0301\u0301b"),
        ("\u202eetrac", "etrac"),
    ],
)
def test_a_card_is_kept_as_it_can_be_read(text, kept):
    assert a_card(open_room(), text=text).text == kept


def test_unrevealed_cards_are_seen_by_their_author_and_the_facilitators_alone():
    room = open_room()
    card = a_card(room)
    key = str(card.pk)
    assert cards_of(room, room.people[0])[key]["mine"] is True
    assert key not in cards_of(room, room.people[1])
    assert key not in cards_of(room, room.projector)
    assert cards_of(room, room.facilitator)[key]["text"] == TEXT
    room.lead("cards.reveal", stage=room.write.pk)
    for viewer in (room.people[1], room.projector):
        assert cards_of(room, viewer)[key]["text"] == TEXT


def test_a_hidden_card_leaves_no_words_in_the_log_and_comes_back_when_undone():
    room = open_room(write={"private_first": False})
    card = a_card(room)
    room.lead("card.hide", card=card.pk, reason="Nomme une personne")
    others = Event.objects.exclude(audience__in=["facilitators", f"participant:{card.participant_id}"])
    assert TEXT not in str(list(others.values_list("payload", flat=True)))
    assert str(card.pk) not in cards_of(room, room.people[1])
    assert cards_of(room, room.people[0])[str(card.pk)]["hidden_reason"] == "Nomme une personne"
    entry = AuditEntry.objects.get(verb="card_hidden")
    assert TEXT not in str(entry.changes) + entry.target_label
    room.lead("undo")
    assert cards_of(room, room.people[1])[str(card.pk)]["text"] == TEXT


def test_a_withdrawn_card_leaves_no_words_anywhere():
    room = open_room()
    card = a_card(room)
    room.do(room.people[0], "card.withdraw", card=card.pk)
    card.refresh_from_db()
    assert card.text == ""
    assert TEXT not in str(list(Event.objects.values_list("payload", flat=True)))


@pytest.mark.parametrize(
    ("verb", "data"),
    [("card.edit", {"text": "Autre chose"}), ("card.withdraw", {})],
)
def test_nobody_touches_the_card_of_another(verb, data):
    room = open_room(write={"private_first": False})
    card = a_card(room)
    with pytest.raises(Refused) as refusal:
        room.do(room.people[1], verb, card=card.pk, **data)
    assert code_of(refusal) == "not_yours"


def test_a_card_sent_late_waits_for_the_facilitator_then_counts():
    room = open_room()
    room.lead("stage.close", stage=room.write.pk)
    result = room.do(room.people[0], "card.add", stage=room.write.pk, text=TEXT)
    assert result["late"] is True
    assert not Card.objects.kept().exists()
    room.lead("card.accept", card=result["card"])
    assert Card.objects.kept().get().late == Card.Late.ACCEPTED


def test_a_card_sent_long_after_is_refused():
    room = open_room()
    room.lead("stage.close", stage=room.write.pk)
    long_ago = timezone.now() - datetime.timedelta(minutes=16)
    Stage.objects.filter(pk=room.write.pk).update(contributions_closed_at=long_ago)
    with pytest.raises(Refused) as refusal:
        a_card(room)
    assert code_of(refusal) == "closed"


def test_moving_on_closes_the_stage_before_and_keeps_its_late_cards():
    room = open_room()
    room.lead("stage.start", stage=room.group.pk)
    room.write.refresh_from_db()
    assert room.write.state == Stage.State.CLOSED
    assert room.do(room.people[0], "card.add", stage=room.write.pk, text=TEXT)["late"] is True


@pytest.mark.parametrize("verb", ["stage.start", "card.hide", "undo", "group.create", "cards.reveal"])
def test_participants_and_projectors_have_no_facilitators_verbs(verb):
    room = open_room()
    for viewer in (room.people[0], room.projector):
        with pytest.raises(Refused) as refusal:
            room.do(viewer, verb)
        assert code_of(refusal) == "forbidden"


def test_a_facilitator_whose_role_ended_is_refused():
    room = open_room()
    former = Viewer(Role.FACILITATOR, user=person())
    with pytest.raises(Refused) as refusal:
        room.do(former, "stage.close", stage=room.write.pk)
    assert code_of(refusal) == "forbidden"


def test_a_stage_of_another_workshop_is_refused():
    room, other = open_room(), open_room()
    with pytest.raises(Refused) as refusal:
        room.do(room.people[0], "card.add", stage=other.write.pk, text=TEXT)
    assert code_of(refusal) == "gone"


def voting_room(people=2, **settings):
    room = OpenRoom(people, write={"private_first": False}, **settings)
    room.lead("stage.start", stage=room.write.pk)
    cards = [a_card(room, text=f"Idée {index}") for index in range(3)]
    groups = [
        room.lead("group.create", stage=room.group.pk, name=f"Groupe {n}", cards=[str(card.pk)])["group"]
        for n, card in enumerate(cards)
    ]
    room.lead("stage.start", stage=room.dots.pk)
    return room, groups


def test_dots_stay_within_the_budget():
    room, groups = voting_room()
    first = room.people[0]
    assert room.do(first, "vote.set", stage=room.dots.pk, target=groups[0], points=3)["left"] == 2
    assert room.do(first, "vote.set", stage=room.dots.pk, target=groups[1], points=2)["left"] == 0
    for points, target, code in [(1, groups[2], "over_budget"), (4, groups[0], "over_budget")]:
        with pytest.raises(Refused) as refusal:
            room.do(first, "vote.set", stage=room.dots.pk, target=target, points=points)
        assert code_of(refusal) == code
    assert room.do(first, "vote.set", stage=room.dots.pk, target=groups[0], points=0)["left"] == 3


def test_a_ballot_is_kept_whole_or_not_at_all():
    room, groups = voting_room()
    votes = [{"target": groups[0], "points": 3}, {"target": groups[1], "points": 3}]
    with pytest.raises(Refused) as refusal:
        room.do(room.people[0], "ballot.set", stage=room.dots.pk, votes=votes)
    assert code_of(refusal) == "over_budget"
    assert not room.dots.votes.exists()
    votes[1]["points"] = 2
    room.do(room.people[0], "ballot.set", stage=room.dots.pk, votes=votes)
    room.do(room.people[0], "ballot.set", stage=room.dots.pk, votes=votes[1:])
    assert [vote.points for vote in room.dots.votes.all()] == [2]


def test_a_shared_tablet_votes_for_the_people_around_it():
    room, groups = voting_room()
    table = room.join(device="tablet", headcount=4, table="2")
    result = room.do(table, "vote.set", stage=room.dots.pk, target=groups[0], points=12)
    assert result["left"] == 8


def test_totals_reach_everyone_only_once_shown():
    room, groups = voting_room()
    room.do(room.people[0], "vote.set", stage=room.dots.pk, target=groups[0], points=3)
    assert state_of(room.room, room.people[1])["tallies"] == {}
    told = state_of(room.room, room.facilitator)["tallies"][f"{room.dots.pk}:{groups[0]}"]
    assert (told["points"], told["voters"]) == (3, 1)
    room.lead("cards.reveal", stage=room.dots.pk)
    assert len(state_of(room.room, room.people[1])["tallies"]) == 1
    assert state_of(room.room, room.people[1])["votes"] == {}, "votes are one's own"


def test_a_closed_vote_changes_nothing():
    room, groups = voting_room()
    room.lead("contributions.close", stage=room.dots.pk)
    with pytest.raises(Refused) as refusal:
        room.do(room.people[0], "vote.set", stage=room.dots.pk, target=groups[0], points=1)
    assert code_of(refusal) == "closed"


def test_an_order_counts_its_first_choice_most():
    room, groups = voting_room()
    room.lead("stage.start", stage=room.rank.pk)
    room.do(room.people[0], "rank.set", stage=room.rank.pk, targets=[groups[2], groups[0]])
    room.do(room.people[1], "rank.set", stage=room.rank.pk, targets=[groups[2]])
    tallies = state_of(room.room, room.facilitator)["tallies"]
    points = {key.partition(":")[2]: tally["points"] for key, tally in tallies.items()}
    assert points == {groups[2]: 6, groups[0]: 2}
    with pytest.raises(Refused) as refusal:
        room.do(room.people[0], "rank.set", stage=room.rank.pk, targets=[groups[0], groups[0]])
    assert code_of(refusal) == "twice"


def test_the_grid_wants_effort_and_effect():
    room, groups = voting_room()
    grid = add_stage(room.workshop, Stage.Kind.GRID, source=room.group)
    room.lead("stage.start", stage=grid.pk)
    with pytest.raises(Refused) as refusal:
        room.do(room.people[0], "vote.set", stage=grid.pk, target=groups[0], points=4)
    assert code_of(refusal) == "off_scale"
    room.do(room.people[0], "vote.set", stage=grid.pk, target=groups[0], points=4, effort=2)
    assert grid.votes.get().effort == 2


def test_two_facilitators_merging_the_same_groups_merge_them_once():
    room, groups = sorted_room()
    room.lead("group.merge", source=groups[0], target=groups[1])
    assert room.lead("group.merge", source=groups[0], target=groups[1]) == {"already": True}
    with pytest.raises(Refused) as refusal:
        room.lead("group.merge", source=groups[1], target=groups[0])
    assert code_of(refusal) == "merged"
    assert "Groupe 1" in refusal.value.message


def sorted_room():
    room = open_room(write={"private_first": False})
    cards = [a_card(room, text=f"Idée {index}") for index in range(3)]
    groups = [
        room.lead("group.create", stage=room.group.pk, name=f"Groupe {n}", cards=[str(card.pk)])["group"]
        for n, card in enumerate(cards)
    ]
    return room, groups


def test_undo_gives_back_the_groups_before_the_last_operations():
    room, groups = sorted_room()
    before = cards_of(room, room.facilitator)
    room.lead("group.merge", source=groups[0], target=groups[1])
    both = [key for key, card in cards_of(room, room.facilitator).items() if card["group"] == groups[1]]
    assert len(both) == 2
    room.lead("group.split", group=groups[1], name="À part", cards=both[:1])
    for _step in range(2):
        room.lead("undo")
    assert cards_of(room, room.facilitator) == before
    for _step in range(3):
        room.lead("undo")
    assert all(card["group"] is None for card in cards_of(room, room.facilitator).values())
    with pytest.raises(Refused) as refusal:
        room.lead("undo")
    assert code_of(refusal) == "nothing_to_undo"


def undoable(room, viewer=None):
    return state_of(room.room, viewer or room.facilitator)["undoable"]


def test_undo_takes_back_what_was_read_on_the_button_and_nothing_else():
    room, groups = sorted_room()
    first = undoable(room)["last"]
    assert (
        first["kind"] == "create" and undoable(room, room.projector) == undoable(room, room.people[0]) == {}
    )
    room.lead("group.rename", group=groups[0], name="Se déplacer")
    named = undoable(room)["last"]
    assert named["kind"] == "rename"
    with pytest.raises(Refused) as refusal:
        room.lead("undo", operation=first["operation"])
    assert code_of(refusal) == "moved_on", "someone has done something else since"
    room.lead("undo", operation=named["operation"])
    with pytest.raises(Refused) as refusal:
        room.lead("undo", operation=named["operation"])
    assert code_of(refusal) == "already_undone"
    assert undoable(room)["last"] == first
    for _step in range(3):
        room.lead("undo", operation=undoable(room)["last"]["operation"])
    assert undoable(room) == {}


def test_the_operations_of_another_room_are_never_undone():
    room, _groups = sorted_room()
    elsewhere, _others = sorted_room()
    with pytest.raises(Refused) as refusal:
        room.lead("undo", operation=undoable(elsewhere)["last"]["operation"])
    assert code_of(refusal) == "already_undone"
    assert BoardOperation.objects.filter(undone=True).count() == 0


def test_groups_voted_on_keep_their_meaning():
    room, groups = voting_room()
    room.do(room.people[0], "vote.set", stage=room.dots.pk, target=groups[0], points=1)
    for verb, data in [
        ("group.merge", {"source": groups[0], "target": groups[1]}),
        ("group.merge", {"source": groups[1], "target": groups[0]}),
        ("group.split", {"group": groups[0], "name": "À part", "cards": []}),
    ]:
        with pytest.raises(Refused) as refusal:
            room.lead(verb, **data)
        assert code_of(refusal) == "voted"


def test_the_clock_pauses_resumes_and_extends():
    room = open_room()
    left = room.lead("stage.pause", stage=room.write.pk)["seconds_left"]
    assert 590 <= left <= 600
    room.lead("stage.extend", stage=room.write.pk, minutes=5)
    room.lead("stage.resume", stage=room.write.pk)
    room.write.refresh_from_db()
    assert room.write.ends_at - timezone.now() > datetime.timedelta(minutes=14)
    assert room.lead("stage.resume", stage=room.write.pk) == {"already": True}


def test_ready_is_forgotten_when_the_stage_changes_and_a_raised_hand_is_not():
    room = open_room()
    for kind in ("ready", "hand"):
        room.do(room.people[0], "signal.set", kind=kind)
    room.lead("stage.start", stage=room.group.pk)
    signals = state_of(room.room, room.facilitator)["signals"]
    assert [signal["kind"] for signal in signals.values()] == ["hand"]
    room.lead("signal.clear", participant=room.people[0].participant.pk, kind="hand")
    assert state_of(room.room, room.people[0])["signals"] == {}


def test_a_paper_card_keeps_its_mode_and_its_college():
    room = open_room()
    room.lead("card.add_for", stage=room.write.pk, text=TEXT, mode="paper", college="relatives", table="3")
    card = Card.objects.get()
    assert (card.mode, card.college, card.table, card.participant) == ("paper", "relatives", "3", None)
    with pytest.raises(Refused):
        room.lead("card.add_for", stage=room.write.pk, text=TEXT, mode="hand", college="martians")


def test_a_snapshot_of_a_full_room_stays_bounded(django_assert_max_num_queries):
    room = open_room(write={"private_first": False})
    stage = room.write
    Card.objects.bulk_create(
        Card(stage=stage, text=f"Idée {n}", college="residents", order=n) for n in range(700)
    )
    with django_assert_max_num_queries(14):
        told = state_of(room.room, room.people[0])
    assert len(told["cards"]) == 600
    assert "Idée 699" in str(told["cards"])


def a_poll(room, **fields):
    values = {"kind": "single", "question": "Par où commencer ?", "options": ["Le bus", "Les papiers"]}
    return create_poll(actor=room.user, place=("workshop", str(room.workshop.pk)), **{**values, **fields})


def test_a_poll_is_asked_answered_once_and_closed():
    room = open_room()
    poll = a_poll(room, secrecy="open", visibility="live")
    first, second = room.people
    assert state_of(room.room, first)["polls"] == {}, "a draft is the facilitators' alone"
    assert str(poll.pk) in state_of(room.room, room.facilitator)["polls"]
    with pytest.raises(Refused):
        room.do(first, "poll.vote", poll=poll.pk, choices={"le-bus": 1})
    room.lead("poll.open", poll=poll.pk)
    option = state_of(room.room, first)["polls"][str(poll.pk)]["options"][0]["code"]
    room.do(first, "poll.vote", poll=poll.pk, choices={option: 1})
    assert room.do(first, "poll.vote", poll=poll.pk, choices={option: 1}) == {"already": True}
    assert str(poll.pk) in state_of(room.room, first)["voted"]
    with pytest.raises(Refused) as refusal:
        room.do(second, "poll.vote", poll=poll.pk, choices={"nothing": 1})
    assert refusal.value.message
    room.lead("poll.hands", poll=poll.pk, counts={option: 7})
    room.lead("poll.close", poll=poll.pk)
    assert room.lead("poll.close", poll=poll.pk) == {"already": True}
    results = poll_results(Poll.objects.get(pk=poll.pk), "visitor")
    assert {line.label: line.count for line in results.lines}["Le bus"] == 8


def test_a_poll_of_another_workshop_is_refused():
    room, other = open_room(), open_room()
    poll = a_poll(other)
    with pytest.raises(Refused) as refusal:
        room.lead("poll.open", poll=poll.pk)
    assert code_of(refusal) == "gone"


def test_a_personal_question_shows_nothing_about_a_few_people():
    room = open_room()
    poll = a_poll(room, secrecy="secret", visibility="live")
    room.lead("poll.open", poll=poll.pk)
    option = state_of(room.room, room.people[0])["polls"][str(poll.pk)]["options"][0]["code"]
    for viewer in room.people:
        room.do(viewer, "poll.vote", poll=poll.pk, choices={option: 1})
    assert not poll_results(Poll.objects.get(pk=poll.pk), "facilitator").is_shown
