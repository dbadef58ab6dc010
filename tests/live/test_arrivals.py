"""A thousand people come in together: they are looked up a few dozen at a time, and each gets their own."""

import asyncio
from collections.abc import Callable, Sequence

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consultations.live.hub import arrivals
from consultations.live.hub.arrivals import Behind, Together, bring_up_to_date
from consultations.live.hub.standing import look_up
from consultations.live.identity import Identity
from consultations.live.models import Participant, Room
from consultations.live.protocol import leading_id
from consultations.live.registries import Role, Viewer
from consultations.live.selectors import MOST_MISSED, catch_up
from consultations.live.services import append_event
from tests.live.talking import device_cookie, play

pytestmark = pytest.mark.django_db
MANY = 30


def told(room: Room, *words: str) -> None:
    for word in words:
        append_event(room=room, kind="said", payload={"text": word, "by": ""})


def identity(cookie: str) -> Identity:
    name, _, value = cookie.partition("=")
    return Identity({name: value})


class TestTogether:
    def test_what_is_asked_meanwhile_is_answered_in_one_go(self) -> None:
        batches: list[list[int]] = []

        def double(asked: Sequence[int]) -> list[int]:
            batches.append(list(asked))
            return [2 * one for one in asked]

        async def story() -> None:
            together = Together(double)
            answers = await asyncio.gather(*(together.ask(number) for number in range(120)))
            assert answers == [2 * number for number in range(120)]
            assert await together.ask(7) == 14

        play(story)
        assert len(batches) == 4
        assert max(map(len, batches)) == arrivals.MOST_TOGETHER

    def test_one_that_fails_fails_alone(self) -> None:
        def halve(asked: Sequence[int]) -> list[int]:
            return [one // one for one in asked]

        async def story() -> None:
            together = Together(halve)
            asked = [together.ask(number) for number in (1, 0, 2)]
            one, wrong, two = await asyncio.gather(*asked, return_exceptions=True)
            assert (one, two) == (1, 1)
            assert isinstance(wrong, ZeroDivisionError)

        play(story)

    def test_who_left_meanwhile_stops_nobody(self) -> None:
        async def story() -> None:
            together = Together(lambda asked: list(asked))
            gone, here = (asyncio.ensure_future(together.ask(word)) for word in ("parti", "là"))
            await asyncio.sleep(0)
            gone.cancel()
            assert await here == "là"

        play(story)


class TestLookingUp:
    def test_each_is_told_who_they_are(self, room: Room) -> None:
        cookies = [device_cookie(room, display_name=name) for name in ("Marie", "Paul")]
        stranger = Identity({})
        asked = [(room.pk, identity(cookies[1])), (room.pk, stranger), (room.pk, identity(cookies[0]))]
        found = look_up([*asked, (Participant().pk, stranger)])
        names = [one[0].participant.display_name if one else None for _room, one in found]
        assert names == ["Paul", None, "Marie", None]
        assert [each.pk if each else None for each, _one in found] == [room.pk] * 3 + [None]

    def test_many_cost_what_one_costs(self, room: Room) -> None:
        asked = [(room.pk, identity(device_cookie(room))) for _one in range(MANY)]
        assert queries(lambda: look_up(asked)) == queries(lambda: look_up(asked[:1])) == 2


class TestCatchingUp:
    def behind(self, room: Room, *places: int) -> list[Behind]:
        asked = [identity(device_cookie(room)) for _place in places]
        viewers = [found[0] for _room, found in look_up([(room.pk, one) for one in asked]) if found]
        return [Behind(room.pk, viewer, seq, "fr") for viewer, seq in zip(viewers, places, strict=True)]

    def test_each_gets_what_it_would_get_alone(self, room: Room) -> None:
        told(room, *(f"mot {number}" for number in range(MOST_MISSED + 10)))
        behind = self.behind(room, 0, room.seq, room.seq - 3, 2, room.seq + 5, room.seq - 1)
        together = bring_up_to_date(behind)
        alone = [catch_up(room=room, viewer=one.viewer, seq=one.seq) for one in behind]
        assert together == alone
        assert [len(one.frames) for one in together] == [0, 0, 3, 0, 0, 1]
        assert [one.snapshot is None for one in together] == [False, True, True, False, False, True]

    def test_many_cost_what_one_costs(self, room: Room) -> None:
        told(room, *"abcdef")
        behind = self.behind(room, *[2, 4] * (MANY // 2))
        assert queries(lambda: bring_up_to_date(behind)) == queries(lambda: bring_up_to_date(behind[:2])) == 2

    def test_what_is_for_another_is_not_told(self, room: Room) -> None:
        start = room.seq
        append_event(room=room, kind="said", payload={"text": "secret", "by": ""}, audience="facilitators")
        one, _other = self.behind(room, start, start)
        facilitator = Behind(room.pk, Viewer(Role.FACILITATOR), start, "fr")
        kept, all_of_it = bring_up_to_date([one, facilitator])
        assert (len(kept.frames), len(all_of_it.frames)) == (0, 1)


def queries(work: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as captured:
        work()
    return len(captured)


KEY = "5f0c2a52-6a0a-4a63-9d0b-0b8f7b7a9d11"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f'{{"id":"{KEY}","do":"say"}}', True),
        (f' {{ "id" : "{KEY}" , "data": ' + "[" * 10_000, True),
        (f'{{"data":{{"id":"{KEY}"}}}}', False),
        ('{"id":"' + "-" * 36 + '"}', False),
        ('{"id": 3}', False),
        ("", False),
    ],
)
def test_the_id_of_what_is_refused_unread_is_read_at_its_head_only(text: str, found: bool) -> None:
    assert (str(leading_id(text)) == KEY) is found
