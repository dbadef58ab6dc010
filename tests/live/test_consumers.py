"""The socket: who enters, what is heard, what is refused, what the others notice."""

from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async
from django.test import Client as Browser

from accounts.models import User
from consultations.live import publication
from consultations.live.hub import hub as hub_module
from consultations.live.models import Event, Participant, Room
from consultations.live.protocol import Close
from consultations.live.services import append_event, close_room, recheck_viewers
from tests.live.talking import Talker, device_cookie, play, staff_cookie, talking

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def room(committed_room: Room) -> Room:
    return committed_room


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
