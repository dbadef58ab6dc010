"""A table with one device: its people are counted, whatever the vote."""

import pytest

from consultations.live.problems import Refused
from consultations.polls.models import Ballot, Poll
from consultations.polls.services import create_poll
from consultations.workshops.board.snapshot import state_of
from consultations.workshops.board.verbs import ready_count
from consultations.workshops.models import Stage
from consultations.workshops.screens import participant_screen
from tests.factories.workshops import OpenRoom, add_stage

pytestmark = pytest.mark.django_db
PEOPLE = 6


class Tables:
    """A room with one person on a phone, and a table of six with one tablet."""

    def __init__(self) -> None:
        self.room = OpenRoom(1, write={"private_first": False})
        self.room.lead("stage.start", stage=self.room.write.pk)
        self.alone = self.room.people[0]
        self.table = self.room.join(device="tablet", headcount=PEOPLE, table="2")
        written = [self._card(text) for text in ("Le bus", "Les papiers")]
        self.groups = [
            self.room.lead("group.create", stage=self.room.group.pk, name=f"Groupe {n}", cards=[card])[
                "group"
            ]
            for n, card in enumerate(written)
        ]

    def _card(self, text: str) -> str:
        card: str = self.room.do(self.alone, "card.add", stage=self.room.write.pk, text=text)["card"]
        return card

    def vote(self, kind: str, **settings: object) -> Stage:
        stage = add_stage(self.room.workshop, kind, source=self.room.group, settings=settings)
        self.room.lead("stage.start", stage=stage.pk)
        return stage

    def total(self, stage: Stage, index: int = 0) -> dict[str, object]:
        tallies = state_of(self.room.room, self.room.facilitator)["tallies"]
        found = tallies[f"{stage.pk}:{self.groups[index]}"]
        return {name: found[name] for name in ("points", "effort", "voters")}

    def voters(self, stage: Stage) -> int:
        count: int = state_of(self.room.room, self.room.facilitator)["counts"][str(stage.pk)]["voters"]
        return count


@pytest.fixture
def tables() -> Tables:
    return Tables()


def test_score_of_a_table_counts_for_each_of_its_people(tables: Tables) -> None:
    stage = tables.vote("scores")
    for viewer, points in ((tables.alone, 1), (tables.table, 4)):
        tables.room.do(viewer, "vote.set", stage=stage.pk, target=tables.groups[0], points=points)
    assert tables.total(stage) == {"points": 1 + 4 * PEOPLE, "effort": 0, "voters": 1 + PEOPLE}
    assert tables.voters(stage) == 1 + PEOPLE


def test_place_of_a_table_on_the_grid_counts_for_each(tables: Tables) -> None:
    stage = tables.vote("grid")
    for viewer, points in ((tables.alone, 1), (tables.table, 4)):
        vote = {"stage": stage.pk, "target": tables.groups[0], "points": points, "effort": 2}
        tables.room.do(viewer, "vote.set", **vote)
    assert tables.total(stage) == {"points": 25, "effort": 2 * 7, "voters": 7}


def test_order_of_a_table_counts_for_each(tables: Tables) -> None:
    stage = tables.vote("rank", places=2)
    tables.room.do(tables.alone, "rank.set", stage=stage.pk, targets=[tables.groups[1]])
    tables.room.do(tables.table, "rank.set", stage=stage.pk, targets=tables.groups)
    assert tables.total(stage, 0) == {"points": 2 * PEOPLE, "effort": 0, "voters": PEOPLE}
    assert tables.total(stage, 1) == {"points": 2 + 1 * PEOPLE, "effort": 0, "voters": 1 + PEOPLE}


def test_table_has_the_dots_of_its_people_and_not_more(tables: Tables) -> None:
    stage = tables.vote("dots", dots=2, most_per_target=2)
    tables.room.do(tables.table, "vote.set", stage=stage.pk, target=tables.groups[0], points=2 * PEOPLE)
    assert tables.total(stage) == {"points": 2 * PEOPLE, "effort": 0, "voters": PEOPLE}
    with pytest.raises(Refused) as refusal:
        tables.room.do(tables.table, "vote.set", stage=stage.pk, target=tables.groups[1], points=1)
    assert refusal.value.code == "over_budget"


def test_table_that_has_finished_counts_its_people(tables: Tables) -> None:
    for viewer in (tables.alone, tables.table):
        tables.room.do(viewer, "signal.set", kind="ready")
    assert ready_count(tables.room.room) == 1 + PEOPLE


def test_each_person_of_a_table_votes_in_a_poll_in_turn(tables: Tables) -> None:
    place = ("workshop", str(tables.room.workshop.pk))
    poll = create_poll(actor=tables.room.user, place=place, kind="yes_no", question="On commence ?")
    tables.room.lead("poll.open", poll=poll.pk)
    code = Poll.objects.get(pk=poll.pk).asked.choices()[0].code
    for turn in range(1, PEOPLE + 1):
        (shown,) = participant_screen(tables.room.room, tables.table.participant).polls
        assert (shown.turn, shown.people, shown.can_vote) == (turn, PEOPLE, True)
        result = tables.room.do(tables.table, "poll.vote", poll=poll.pk, choices={code: 1})
        assert result["left"] == PEOPLE - turn
    (shown,) = participant_screen(tables.room.room, tables.table.participant).polls
    assert shown.has_voted and not shown.can_vote
    assert tables.room.do(tables.table, "poll.vote", poll=poll.pk, choices={code: 1}) == {"already": True}
    assert Ballot.objects.filter(poll=poll, mode="tablet").count() == PEOPLE
    assert str(poll.pk) in state_of(tables.room.room, tables.table)["voted"]
