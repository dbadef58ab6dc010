"""Clients that send too much, too often, or nonsense, or that do not read: they alone notice."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from consultations.live import consumers
from consultations.live.hub import client as client_module
from consultations.live.limits import Bucket
from consultations.live.models import Event, Room
from consultations.live.protocol import Close
from tests.live.talking import Talker, device_cookie, play, talking

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def room(committed_room: Room) -> Room:
    return committed_room


BAD: list[tuple[str, Any, str]] = [
    ("not JSON", "bonjour", "malformed"),
    ("nothing", "", "malformed"),
    ("a list", "[]", "malformed"),
    ("an empty object", "{}", "malformed"),
    ("an unknown message", '{"shout": 1}', "malformed"),
    ("an id that is not one", '{"id": "1", "do": "say"}', "malformed"),
    ("no id", '{"do": "say"}', "malformed"),
    ("data that is a list", {"id": str(uuid4()), "do": "say", "data": []}, "malformed"),
    ("something more", {"id": str(uuid4()), "do": "say", "data": {}, "as": "facilitator"}, "malformed"),
    ("a negative place", {"hello": {"seq": -1}}, "malformed"),
    ("a place beyond numbers", {"hello": {"seq": 10**30}}, "malformed"),
    ("not a number", '{"ping": NaN}', "malformed"),
    ("bottomless", "[" * 30_000, "malformed"),
    ("oversized", {"id": str(uuid4()), "do": "say", "data": {"text": "x" * 70_000}}, "too_large"),
    ("20,000 characters", {"id": str(uuid4()), "do": "say", "data": {"text": "x" * 20_000}}, "invalid"),
    ("a null character", {"id": str(uuid4()), "do": "say", "data": {"text": "a\0b"}}, "invalid"),
    ("half a character", {"id": str(uuid4()), "do": "say", "data": {"text": "\ud800"}}, "invalid"),
    ("an unknown verb", {"id": str(uuid4()), "do": "shout", "data": {}}, "unknown_verb"),
    ("a verb of facilitators", {"id": str(uuid4()), "do": "move", "data": {"stage": "1"}}, "forbidden"),
]


@pytest.mark.parametrize(("sent", "code"), [line[1:] for line in BAD], ids=[line[0] for line in BAD])
def test_bad_input_is_refused_to_its_sender_alone(room: Room, sent: Any, code: str) -> None:
    one, other = device_cookie(room), device_cookie(room)

    async def story() -> None:
        async with talking(room, one, other) as (sender, bystander):
            await sender.say(sent)
            refusal = await sender.hear("refused")
            assert refusal["code"] == code and refusal["message"]
            if isinstance(sent, dict) and "id" in sent:
                assert refusal["refused"] == sent["id"]
            assert "ack" in await sender.do("say", text="ensuite")
            assert (await bystander.hear("event"))["data"]["text"] == "ensuite"

    play(story)
    assert Event.objects.filter(kind="said").count() == 1


def test_only_emoji_is_a_text_like_another(room: Room) -> None:
    cookie = device_cookie(room)

    async def story() -> None:
        async with talking(room, cookie) as (talker,):
            assert "ack" in await talker.do("say", text="🦊" * 100)

    play(story)


def test_binary_is_refused_then_the_insistent_is_shown_out(room: Room) -> None:
    cookie = device_cookie(room)

    async def story() -> None:
        async with talking(room, cookie) as (talker,):
            for _turn in range(consumers.MOST_MALFORMED):
                await talker.say_bytes(b"\x00\x01")
            assert (await talker.hear("refused"))["code"] == "binary"
            assert await talker.closed_with() == Close.MALFORMED

    play(story)


def test_too_frequent_messages_are_refused_then_pass_again(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    cookie = device_cookie(room)
    monkeypatch.setattr(consumers, "Bucket", lambda: Bucket(rate=0.0, burst=3))

    async def story() -> None:
        async with talking(room, cookie) as (talker,):
            answers = [await talker.do("say", text="vite") for _turn in range(4)]
            assert ["ack" in answer for answer in answers] == [True, True, False, False]
            assert answers[-1]["code"] == "too_fast" and answers[-1]["refused"]

    play(story)


def test_one_device_opens_a_few_connections_only(room: Room) -> None:
    cookie = device_cookie(room)

    async def story() -> None:
        async with talking(room, *[cookie] * consumers.MOST_CONNECTIONS):
            extra = Talker(room, cookie)
            assert await extra.open()
            assert await extra.closed_with() == Close.TOO_MANY

    play(story)


async def network_that_takes_nothing(message: dict[str, Any]) -> None:
    await asyncio.get_running_loop().create_future()


def test_client_that_does_not_read_is_told_to_resync(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "MOST_WAITING", 3)
    monkeypatch.setattr(client_module, "CLOSING_SECONDS", 0.1)
    one, other = device_cookie(room), device_cookie(room)

    async def story() -> None:
        async with talking(room, one, other) as (reader, _silent):
            stuck = list(consumers.current_hub().feeds[room.pk].clients)[1]
            stuck._send = network_that_takes_nothing
            for number in range(8):
                await reader.do("say", text=str(number))
            assert stuck.ended.done() and stuck.ended.result() is Close.TOO_SLOW
            assert "ack" in await reader.do("say", text="encore")

    play(story)
