"""The socket: who enters, what is heard, what is refused, what the others notice."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async
from django.test import Client as Browser

from accounts.models import User
from consultations.live import consumers, publication
from consultations.live.hub import client as client_module
from consultations.live.hub import hub as hub_module
from consultations.live.limits import Bucket
from consultations.live.models import Event, Participant, Room
from consultations.live.protocol import Close
from consultations.live.services import append_event, close_room, recheck_viewers
from tests.live.talking import Talker, device_cookie, play, staff_cookie, talking

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def room(transactional_db: None, echo_kind: object) -> Room:
    from consultations.live.services import open_room  # noqa: PLC0415 - the fixture of the folder, committed

    return open_room(kind="echo", key="1")


def facilitator() -> User:
    return User.objects.create_user("facilitator@example.org")


def test_someone_who_joined_enters_speaks_and_is_heard(room: Room) -> None:
    one, other = device_cookie(room), device_cookie(room, college="officials")

    async def story() -> None:
        async with talking(room, one, other) as (speaker, listener):
            ack = await speaker.do("say", text="bonjour")
            assert ack["result"] == {"seq": ack["seq"]}
            for talker in (speaker, listener):
                assert "snapshot" not in talker.waiting
            heard = await listener.hear("event")
            assert (heard["event"], heard["data"]["text"], heard["seq"]) == ("said", "bonjour", ack["seq"])

    play(story)


def test_welcome_says_who_one_is_and_what_one_may(room: Room) -> None:
    cookie = device_cookie(room)

    async def story() -> None:
        talker = Talker(room, cookie)
        assert await talker.open()
        welcome = (await talker.hear("welcome"))["welcome"]
        assert (welcome["role"], welcome["verbs"], welcome["kind"]) == ("participant", ["say"], "echo")
        assert welcome["is_open"] and welcome["now"] > 1_600_000_000_000
        await talker.leave()

    play(story)


@pytest.mark.parametrize(
    "origin",
    [None, "", "null", "http://evil.example", "https://evil.example:443", "file://localhost", "http://["],
)
def test_page_of_another_site_opens_nothing(room: Room, origin: str | None) -> None:
    cookie = device_cookie(room)

    async def story() -> None:
        assert not await Talker(room, cookie, origin=origin).open()

    play(story)


@pytest.mark.parametrize(
    ("cookie", "code"), [("", Close.FORBIDDEN), ("live_x=1", Close.FORBIDDEN), ("=;;=\x01", Close.FORBIDDEN)]
)
def test_stranger_is_shown_out(room: Room, cookie: str, code: Close) -> None:
    async def story() -> None:
        talker = Talker(room, cookie)
        assert await talker.open()
        assert await talker.closed_with() == code

    play(story)


def test_room_that_does_not_exist(room: Room) -> None:
    cookie = device_cookie(room)

    async def story() -> None:
        talker = Talker(uuid4(), cookie)
        assert await talker.open()
        assert await talker.closed_with() == Close.NOT_FOUND

    play(story)


@pytest.mark.parametrize(("verified", "role"), [(True, "facilitator"), (False, None)])
def test_staff_enter_with_their_session_and_second_factor(
    room: Room, client: Browser, verified: bool, role: str | None
) -> None:
    user = facilitator()
    user.is_superuser = True
    user.save()
    cookie = staff_cookie(client, user, second_factor=verified)

    async def story() -> None:
        talker = Talker(room, cookie)
        assert await talker.open()
        if role is None:
            assert await talker.closed_with() == Close.FORBIDDEN
            return
        assert (await talker.hear("welcome"))["welcome"]["role"] == role
        await talker.hello()
        assert "ack" in await talker.do("move", stage="2")
        await talker.leave()

    play(story)


def test_facilitator_may_ask_to_see_as_the_projector(room: Room, client: Browser) -> None:
    cookie = staff_cookie(client, facilitator())

    async def story() -> None:
        async with talking(room, cookie, query="vue=projector") as (projector,):
            assert (await projector.do("move", stage="2"))["code"] == "forbidden"

    play(story)


def test_audiences(room: Room, client: Browser) -> None:
    one, other, staff = device_cookie(room), device_cookie(room), staff_cookie(client, facilitator())
    first = Participant.objects.order_by("joined_at").first()
    assert first is not None

    async def story() -> None:
        async with talking(room, one, other, staff) as talkers:
            speaker = talkers[1]
            for audience in ("facilitators", f"participant:{first.pk}", "nobody", "all"):
                await speaker.do("say", text=audience.split(":")[0], to=audience)
            heard = []
            for talker in talkers:
                words: list[str] = []
                while "all" not in words:
                    message = await talker.hear("event") if talker is not speaker or words else None
                    if message is None:
                        break
                    words.append(message["data"]["text"])
                heard.append(words)
            assert heard[0] == ["participant", "all"] and heard[2] == ["facilitators", "all"]

    play(story)


def test_who_comes_back_hears_what_was_missed_and_only_that(room: Room) -> None:
    cookie = device_cookie(room)
    for number in range(5):
        append_event(room=room, kind="said", payload={"text": str(number), "by": ""})
    append_event(room=room, kind="said", payload={"text": "secret", "by": ""}, audience="facilitators")

    async def story() -> None:
        talker = Talker(room, cookie)
        assert await talker.open()
        first = await talker.hello(3)
        rest = [await talker.hear("event") for _turn in range(2)]
        assert [message["seq"] for message in (first, *rest)] == [4, 5, 6]
        assert (await talker.do("say", text="et moi"))["seq"] == 8
        await talker.leave()

    play(story)


@pytest.mark.parametrize("seq", [0, 1, 9_999])
def test_late_joiner_and_lost_client_get_a_snapshot(room: Room, seq: int) -> None:
    cookie = device_cookie(room)
    for number in range(205):
        append_event(room=room, kind="said", payload={"text": str(number), "by": ""})

    async def story() -> None:
        talker = Talker(room, cookie)
        assert await talker.open()
        drawn = await talker.hello(seq)
        assert len(drawn["snapshot"]["said"]) == 205 and drawn["seq"] == 206
        await talker.leave()

    play(story)


def test_second_hello_is_a_resync(room: Room) -> None:
    cookie = device_cookie(room)

    async def story() -> None:
        async with talking(room, cookie) as (talker,):
            await talker.do("say", text="bonjour")
            await talker.say({"hello": {"seq": 2}})
            assert (await talker.hear("snapshot"))["snapshot"]["said"] == ["bonjour"]

    play(story)


def test_message_sent_again_is_acknowledged_again_and_heard_once(room: Room) -> None:
    cookie, key = device_cookie(room), uuid4()

    async def story() -> None:
        async with talking(room, cookie) as (talker,):
            acks = [await talker.do("say", key, text="bonjour") for _turn in range(3)]
            assert acks[0] == acks[1] == acks[2]
            events = await sync_to_async(Event.objects.filter(kind="said").count)()
            assert events == 1

    play(story)


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


def test_ping_is_answered_with_the_servers_clock(room: Room) -> None:
    cookie = device_cookie(room)

    async def story() -> None:
        async with talking(room, cookie) as (talker,):
            await talker.say({"ping": 7})
            answer = await talker.hear("pong")
            assert answer["pong"] == 7 and answer["now"] > 1_600_000_000_000

    play(story)


def test_closed_room_is_told_and_refuses(room: Room) -> None:
    cookie = device_cookie(room)

    async def story() -> None:
        async with talking(room, cookie) as (talker,):
            await sync_to_async(close_room)(room=room)
            assert (await talker.hear("event"))["event"] == "room.closed"
            assert (await talker.hear("role"))["role"]["verbs"] == []
            assert (await talker.do("say", text="trop tard"))["code"] == "room_closed"

    play(story)


def test_account_that_loses_its_role_is_shown_out(room: Room, client: Browser) -> None:
    user = facilitator()
    cookie = staff_cookie(client, user)

    def demote() -> None:
        User.objects.filter(pk=user.pk).update(email="resident@example.org")
        recheck_viewers(room=room)

    async def story() -> None:
        async with talking(room, cookie) as (talker,):
            await sync_to_async(demote)()
            assert await talker.closed_with() == Close.FORBIDDEN

    play(story)


def test_account_that_lost_its_role_does_nothing_more(room: Room, client: Browser) -> None:
    user = facilitator()
    cookie = staff_cookie(client, user)

    async def story() -> None:
        async with talking(room, cookie) as (talker,):
            await sync_to_async(User.objects.filter(pk=user.pk).update)(is_active=False)
            assert (await talker.do("move", stage="2"))["code"] == "forbidden"

    play(story)


def test_presence_is_told_by_college_to_facilitators_only(room: Room, client: Browser) -> None:
    one = device_cookie(room)
    table = device_cookie(room, college="relatives", device="tablet", headcount=6)
    staff = staff_cookie(client, facilitator())

    async def story() -> None:
        async with talking(room, one, table, staff) as (talker, _tablet, console):
            assert (await console.hear("presence"))["presence"] == {
                "total": 7,
                "by_college": {"relatives": 6, "residents": 1},
            }
            assert (await talker.hear("presence"))["presence"] == {"total": 7}

    play(story)


def test_what_is_refused_is_logged_without_content(room: Room, caplog: pytest.LogCaptureFixture) -> None:
    cookie = device_cookie(room)

    async def story() -> None:
        async with talking(room, cookie) as (talker,):
            await talker.say('{"secret": "bavard"}')
            await talker.hear("refused")

    with caplog.at_level("INFO"):
        play(story)
    assert "malformed" in caplog.text and "bavard" not in caplog.text


def test_silent_connection_is_closed(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub_module, "SILENT_FOR", 0.2)
    monkeypatch.setattr(hub_module, "EVERY", 0.3)
    cookie = device_cookie(room)

    async def story() -> None:
        async with talking(room, cookie) as (talker,):
            assert await talker.closed_with() == Close.IDLE

    play(story)


def test_what_another_process_wrote_is_read_from_the_log(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub_module, "EVERY", 0.2)
    monkeypatch.setattr(publication, "announce", lambda event: None)  # nobody tells this process
    cookie = device_cookie(room)

    async def story() -> None:
        async with talking(room, cookie) as (talker,):
            for word in ("un", "deux"):
                await sync_to_async(append_event)(room=room, kind="said", payload={"text": word, "by": ""})
            assert [(await talker.hear("event"))["data"]["text"] for _turn in range(2)] == ["un", "deux"]

    play(story)
