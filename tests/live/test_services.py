"""Rooms, their order, and the one door."""

import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import RequestFactory
from django.utils import timezone

from accounts.models import User
from consultations.live.models import Event, Participant, Room
from consultations.live.problems import AlreadyDone, Refused
from consultations.live.registries import Role, Viewer
from consultations.live.services import (
    ROOM_CODES,
    append_event,
    close_room,
    find_participant,
    find_room,
    join_room,
    once,
    open_room,
    perform,
    purge_rooms,
)
from core.models import AuditEntry
from core.tolls import FREE_PER_MINUTE, ask_toll

SAID = {"text": "bonjour", "by": ""}


def a_participant(room: Room, **fields: Any) -> Viewer:
    return Viewer(Role.PARTICIPANT, join_room(room=room, college="residents", **fields).participant)


def say(room: Room, viewer: Viewer, text: str = "bonjour", key: UUID | None = None) -> Any:
    return perform(room=room, viewer=viewer, verb="say", data={"text": text}, client_uuid=key or uuid4())


def words(room: Room) -> list[str]:
    return [event.payload["text"] for event in room.events.filter(kind="said").order_by("seq")]


def refusal(code: str) -> Any:
    return pytest.raises(Refused, match=f"^{code}:")


def test_opening_twice_gives_the_same_room(room: Room) -> None:
    assert open_room(kind="echo", key="1") == room
    assert Room.objects.count() == 1 and AuditEntry.objects.filter(verb="room_opened").count() == 1


def test_room_closed_and_opened_again_keeps_its_log(room: Room) -> None:
    close_room(room=room)
    again = open_room(kind="echo", key="1")
    assert again.pk == room.pk and again.is_open
    assert list(again.events.order_by("seq").values_list("seq", "kind")) == [
        (1, "room.opened"),
        (2, "room.closed"),
        (3, "room.opened"),
    ]


def test_unknown_kind_is_a_bug(db: None) -> None:
    with pytest.raises(ValueError, match="No kind of room"):
        open_room(kind="nothing", key="1")


def test_events_follow_each_other_without_a_gap(room: Room) -> None:
    for _turn in range(5):
        append_event(room=room, kind="said", payload=SAID)
    room.refresh_from_db()
    assert [*room.events.order_by("seq").values_list("seq", flat=True)] == [1, 2, 3, 4, 5, 6]
    assert room.seq == 6


def test_event_nobody_declared_is_a_bug(room: Room) -> None:
    with pytest.raises(ValueError, match="declare no event"):
        append_event(room=room, kind="shouted", payload={})


def test_same_message_is_written_once(room: Room) -> None:
    key = uuid4()
    event = append_event(room=room, kind="said", payload=SAID, client_uuid=key)
    with pytest.raises(AlreadyDone) as again:
        append_event(room=room, kind="said", payload=SAID, client_uuid=key)
    assert again.value.event == event == once(room=room, client_uuid=key)
    assert once(room=room, client_uuid=uuid4()) is None and once(room=room, client_uuid=None) is None


@pytest.mark.parametrize("typed", ["{}", " {} ", "{0[0]}{0[1]}{0[2]}-{0[3]}{0[4]}{0[5]}"])
def test_room_is_found_however_its_code_is_typed(room: Room, typed: str) -> None:
    assert find_room(code=typed.format(room.code.lower())) == room


@pytest.mark.parametrize("typed", ["", "AAAAAA", "CDFGHJK", "é" * 6, "\0" * 6, "🦊" * 6, "C" * 10_000])
def test_unknown_code_is_refused(room: Room, typed: str) -> None:
    with refusal("unknown_code"):
        find_room(code=typed)


def test_closed_room_is_not_found(room: Room) -> None:
    close_room(room=room)
    with refusal("unknown_code"):
        find_room(code=room.code)


def test_wrong_codes_are_counted_and_a_right_one_always_opens(room: Room) -> None:
    for _turn in range(FREE_PER_MINUTE):
        with refusal("unknown_code"):
            find_room(code="CCCCCC")
    guess = RequestFactory().post("/", {"code": room.code})
    assert ask_toll(guess, ROOM_CODES, room.code) is not None
    assert find_room(code=room.code) == room


def test_device_is_known_by_its_secret_only_in_its_room(room: Room) -> None:
    joined = join_room(room=room, college="residents", display_name="Marie")
    other = open_room(kind="echo", key="2")
    assert find_participant(room=room, token=joined.token) == joined.participant
    assert joined.token not in str(Participant.objects.values().get())
    for where, token in ((other, joined.token), (room, ""), (room, "x" * 5_000), (room, "guess")):
        assert find_participant(room=where, token=token) is None


def test_namesakes_are_numbered(room: Room) -> None:
    names = [
        join_room(room=room, college="others", display_name=name).participant.display_name
        for name in ("Marie", " Marie ", "", "", "M" * 80, "M" * 80)
    ]
    assert names == ["Marie", "Marie 2", "", "", "M" * 40, "M" * 38 + " 2"]


def test_nobody_enters_a_closed_or_full_room(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("consultations.live.services.joining.MOST_PARTICIPANTS", 1)
    join_room(room=room, college="residents")
    with refusal("room_full"):
        join_room(room=room, college="residents")
    close_room(room=room)
    with refusal("room_closed"):
        join_room(room=room, college="residents")


def test_message_sent_again_is_done_once_and_answered_the_same(room: Room) -> None:
    viewer, key = a_participant(room), uuid4()
    first, again = say(room, viewer, key=key), say(room, viewer, key=key)
    assert (first.replayed, again.replayed) == (False, True)
    assert first.result == again.result == {"seq": 2} and first.seq == again.seq
    assert words(room) == ["bonjour"]


def test_key_of_a_message_serves_one_sender_and_one_verb(room: Room) -> None:
    viewer, key = a_participant(room), uuid4()
    say(room, viewer, key=key)
    with refusal("reused_id"):
        say(room, a_participant(room), key=key)


def test_message_sent_again_after_closing_is_still_acknowledged(room: Room) -> None:
    viewer, key = a_participant(room), uuid4()
    say(room, viewer, key=key)
    close_room(room=room)
    assert say(room, viewer, key=key).replayed
    with refusal("room_closed"):
        say(room, viewer)


@pytest.mark.parametrize(
    ("verb", "data", "code"),
    [
        ("shout", {}, "unknown_verb"),
        ("move", {"stage": "2"}, "forbidden"),
        ("say", {}, "invalid"),
        ("say", {"text": ""}, "invalid"),
        ("say", {"text": "x" * 20_000}, "invalid"),
        ("say", {"text": 3}, "invalid"),
        ("say", {"text": "a", "more": 1}, "invalid"),
        ("say", {"text": "forbidden word"}, "bad_word"),
        ("say", {"text": "explode after writing"}, "too_late"),
    ],
)
def test_refusal_changes_nothing(room: Room, verb: str, data: dict[str, Any], code: str) -> None:
    viewer = a_participant(room)
    with refusal(code):
        perform(room=room, viewer=viewer, verb=verb, data=data, client_uuid=uuid4())
    assert Event.objects.count() == 1 and Room.objects.get().seq == 1


def test_refusals_are_logged_without_what_was_said(room: Room, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO"), refusal("invalid"):
        say(room, a_participant(room), "secret" * 100)
    assert "invalid" in caplog.text and "secret" not in caplog.text


def test_closed_room_forgets_secrets_then_its_log(room: Room) -> None:
    joined = join_room(room=room, college="residents", display_name="Marie")
    viewer = Viewer(Role.PARTICIPANT, joined.participant)
    say(room, viewer)
    close_room(room=room)
    assert purge_rooms() == 0
    for days, secrets, events in ((61, 0, 3), (91, 0, 0)):
        Room.objects.update(closed_at=timezone.now() - datetime.timedelta(days=days))
        purge_rooms()
        assert Participant.objects.exclude(token_hash="").count() == secrets
        assert Event.objects.count() == events
    assert find_participant(room=room, token=joined.token) is None
    assert Participant.objects.get().college == "residents" and Participant.objects.get().display_name == ""
    assert Room.objects.get().seq == 3, "places go on where they were if the room opens again"


def test_facilitator_moves_the_stage(room: Room) -> None:
    user = User(email="facilitator@example.org")
    viewer = Viewer(Role.FACILITATOR, user=user)
    perform(room=room, viewer=viewer, verb="move", data={"stage": "2"}, client_uuid=uuid4())
    assert room.events.get(kind="moved").payload == {"stage": "2"}
