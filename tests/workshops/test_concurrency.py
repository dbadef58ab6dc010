"""Several people at the same instant, on a real database file or server: budgets hold, merges happen once."""

import uuid

import pytest
from django.db import connections

from consultations.live.models import Event, Participant, Room
from consultations.live.problems import Refused
from consultations.live.registries import Role as RoomRole
from consultations.live.registries import Viewer
from consultations.live.services import perform
from consultations.workshops.models import BoardOperation, Card, Group, Stage, Vote
from tests.factories.workshops import OpenRoom
from tests.surveys.test_concurrency import real_database, run_together

pytestmark = pytest.mark.django_db(transaction=True)


def voting_room():
    room = OpenRoom(1, write={"private_first": False})
    room.lead("stage.start", stage=room.write.pk)
    cards = [
        room.do(room.people[0], "card.add", stage=room.write.pk, text=f"Idée {n}")["card"] for n in range(6)
    ]
    groups = [
        room.lead("group.create", stage=room.group.pk, name=f"Groupe {n}", cards=[card])["group"]
        for n, card in enumerate(cards)
    ]
    return room, groups


def do(room, viewer, verb, key=None, **data):
    """Perform in the connection of this thread; a refusal is a result."""
    live = Room.objects.get(pk=room.room.pk)
    plain = {name: str(value) for name, value in data.items()}
    try:
        return perform(
            room=live, viewer=viewer, verb=verb, data=plain, client_uuid=key or uuid.uuid4()
        ).result
    except Refused as refusal:
        return {"refused": refusal.code}


def read(task):
    """A read on the real database."""
    return run_together([task])[0][0]


def test_dots_given_at_once_stay_within_the_budget(tmp_path):
    room, groups = voting_room()
    room.lead("stage.start", stage=room.dots.pk)
    voter = room.people[0].participant.pk
    with real_database(tmp_path):

        def vote(group):
            viewer = Viewer(RoomRole.PARTICIPANT, participant=Participant.objects.get(pk=voter))
            return do(room, viewer, "vote.set", stage=room.dots.pk, target=group, points=2)

        results, failures = run_together([lambda group=group: vote(group) for group in groups])
        points = read(lambda: sum(Vote.objects.values_list("points", flat=True)))
    assert failures == []
    assert points == 4
    assert sorted("refused" in result for result in results) == [False, False, True, True, True, True]


def test_the_same_message_sent_by_several_roads_acts_once(tmp_path):
    room, _groups = voting_room()
    voter, key = room.people[0].participant.pk, uuid.uuid4()
    with real_database(tmp_path):

        def add():
            viewer = Viewer(RoomRole.PARTICIPANT, participant=Participant.objects.get(pk=voter))
            return do(room, viewer, "card.add", key, stage=room.write.pk, text="Une seule fois")

        results, failures = run_together([add] * 5)
        count = read(lambda: Card.objects.filter(text="Une seule fois").count())
    assert failures == []
    assert count == 1
    assert len({result["card"] for result in results}) == 1


def test_facilitators_merging_the_same_groups_at_once_merge_them_once(tmp_path):
    room, groups = voting_room()
    with real_database(tmp_path):

        def merge(source, target):
            viewer = Viewer(RoomRole.FACILITATOR, user=type(room.user).objects.get(pk=room.user.pk))
            return do(room, viewer, "group.merge", source=source, target=target)

        pairs = [(groups[0], groups[1]), (groups[0], groups[1]), (groups[1], groups[0])]
        results, failures = run_together([lambda pair=pair: merge(*pair) for pair in pairs])
        merged = read(lambda: Group.objects.exclude(merged_into=None).count())
        operations = read(lambda: BoardOperation.objects.filter(kind="merge").count())
        seqs = read(lambda: list(Event.objects.order_by("seq").values_list("seq", flat=True)))
        lost = read(lambda: Card.objects.filter(group__merged_into__isnull=False).count())
    assert failures == []
    assert (merged, operations, lost) == (1, 1, 0)
    assert seqs == list(range(1, len(seqs) + 1)), "the room's order has no gap"
    assert sum("group" in result for result in results) == 1
    connections.close_all()


def test_facilitators_who_press_undo_at_once_undo_one_thing(tmp_path):
    room, _groups = voting_room()
    last = BoardOperation.objects.last_of(room.workshop.pk).pk
    with real_database(tmp_path):

        def undo():
            viewer = Viewer(RoomRole.FACILITATOR, user=type(room.user).objects.get(pk=room.user.pk))
            return do(room, viewer, "undo", operation=last)

        results, failures = run_together([undo] * 3)
        undone = read(lambda: BoardOperation.objects.filter(undone=True).count())
    assert (failures, undone) == ([], 1)
    assert sum(result == {"refused": "already_undone"} for result in results) == 2
    connections.close_all()


def test_facilitators_starting_two_stages_at_once_start_one_and_the_other_is_told(tmp_path):
    room, _groups = voting_room()
    seen = room.write.pk
    with real_database(tmp_path):

        def start(stage):
            viewer = Viewer(RoomRole.FACILITATOR, user=type(room.user).objects.get(pk=room.user.pk))
            return do(room, viewer, "stage.start", stage=stage, seen=seen)

        results, failures = run_together(
            [lambda pk=stage.pk: start(pk) for stage in (room.group, room.dots, room.rank)]
        )
        running = read(lambda: list(Stage.objects.filter(state="running").values_list("pk", flat=True)))
    assert failures == []
    assert len(running) == 1
    assert [result["refused"] for result in results if "refused" in result] == ["moved_on", "moved_on"]
    assert [result["stage"] for result in results if "stage" in result] == [str(running[0])]


def test_a_card_written_while_the_stage_ends_is_kept_in_time_or_late_never_lost(tmp_path):
    room, _groups = voting_room()
    writer = room.people[0].participant.pk
    with real_database(tmp_path):

        def write(number):
            viewer = Viewer(RoomRole.PARTICIPANT, participant=Participant.objects.get(pk=writer))
            return do(room, viewer, "card.add", stage=room.write.pk, text=f"Au dernier moment {number}")

        def end():
            viewer = Viewer(RoomRole.FACILITATOR, user=type(room.user).objects.get(pk=room.user.pk))
            return do(room, viewer, "stage.close", stage=room.write.pk)

        tasks = [end, *[lambda number=number: write(number) for number in range(4)]]
        results, failures = run_together(tasks)
        kept = read(lambda: Card.objects.filter(text__startswith="Au dernier").count())
    assert failures == []
    assert kept == len([result for result in results if "card" in result]) == 4
