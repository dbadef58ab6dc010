"""Many come into a room at once: each sees their own, read once for all."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from consultations.live.selectors import take_snapshots
from consultations.workshops.board import snapshot as board
from tests.factories.workshops import OpenRoom

pytestmark = pytest.mark.django_db
PEOPLE = 12


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> OpenRoom:
    made = OpenRoom(PEOPLE)
    made.lead("stage.start", stage=made.write.pk)
    for place, person in enumerate(made.people[:4]):
        for number in range(place):
            made.do(person, "card.add", stage=made.write.pk, text=f"Carte {place}-{number}")
        made.do(person, "signal.set", kind="ready", on=True)
    now = timezone.now()
    monkeypatch.setattr(board.timezone, "now", lambda: now)
    return made


def test_each_sees_what_they_would_see_alone(room: OpenRoom) -> None:
    viewers = [*room.people, room.facilitator, room.projector]
    together = board.snapshots(room.room, viewers)
    assert together == [board.snapshot(room.room, viewer) for viewer in viewers]
    assert [len(one["own"].get("cards", {})) for one in together[:5]] == [0, 1, 2, 3, 0]


def test_a_whole_hall_costs_what_two_people_cost(room: OpenRoom) -> None:
    costs = []
    for viewers in (room.people[:2], room.people):
        with CaptureQueriesContext(connection) as captured:
            found = take_snapshots(room.room.pk, viewers)
        assert len(found) == len(viewers)
        costs.append(len(captured))
    assert costs[1] <= costs[0] <= 30
