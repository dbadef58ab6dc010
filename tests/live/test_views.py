"""The room over plain HTTP: the same order, the same door."""

import json
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client as Browser

from consultations.live import views
from consultations.live.identity import cookie_name
from consultations.live.models import Event, Participant, Room
from consultations.live.services import append_event, close_room, join_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def device(room: Room, client: Browser) -> Browser:
    """A browser that joined the room."""
    client.cookies[cookie_name(room)] = join_room(room=room, college="residents").token
    return client


def act(browser: Browser, room: Room, message: Any) -> tuple[int, dict[str, Any]]:
    text = message if isinstance(message, str) else json.dumps(message)
    answer = browser.post(f"/direct/{room.pk}/agir/", text, content_type="application/json")
    return answer.status_code, answer.json()


def say(text: str, key: object = None) -> dict[str, Any]:
    return {"id": str(key or uuid4()), "do": "say", "data": {"text": text}}


def test_newcomer_gets_a_snapshot_then_what_follows(device: Browser, room: Room) -> None:
    drawn = device.get(f"/direct/{room.pk}/depuis/0/").json()
    assert drawn["snapshot"] == {"said": []} and drawn["role"] == {"role": "participant", "verbs": ["say"]}
    append_event(room=room, kind="said", payload={"text": "a", "by": ""})
    append_event(room=room, kind="said", payload={"text": "b", "by": ""}, audience="facilitators")
    later = device.get(f"/direct/{room.pk}/depuis/{drawn['seq']}/").json()
    assert [event["data"]["text"] for event in later["events"]] == ["a"]
    assert later["seq"] == drawn["seq"] + 2


def test_action_is_done_once_and_acknowledged_twice(device: Browser, room: Room) -> None:
    key = uuid4()
    answers = [act(device, room, say("bonjour", key)) for _turn in range(2)]
    assert answers[0] == answers[1] == (200, {"ack": str(key), "result": {"seq": 2}, "seq": 2})
    assert Event.objects.filter(kind="said").count() == 1


@pytest.mark.parametrize(
    ("message", "status", "code"),
    [
        ("", 400, "malformed"),
        ("[]", 400, "malformed"),
        ({"ping": 1}, 400, "malformed"),
        (say("x" * 20_000), 400, "invalid"),
        (say("x" * 300_000), 413, "too_large"),
        ({"id": str(uuid4()), "do": "move", "data": {"stage": "1"}}, 403, "forbidden"),
        ({"id": str(uuid4()), "do": "dance"}, 400, "unknown_verb"),
    ],
)
def test_refusals(device: Browser, room: Room, message: Any, status: int, code: str) -> None:
    answer = act(device, room, message)
    assert (answer[0], answer[1]["code"]) == (status, code) and answer[1]["message"]


def test_stranger_reads_and_does_nothing(client: Browser, room: Room) -> None:
    assert client.get(f"/direct/{room.pk}/depuis/0/").status_code == 403
    assert act(client, room, say("bonjour"))[0] == 403
    assert client.get(f"/direct/{uuid4()}/depuis/0/").status_code == 404


def test_closed_room_says_so(device: Browser, room: Room) -> None:
    close_room(room=room)
    assert act(device, room, say("trop tard"))[:1] == (410,)
    assert device.get(f"/direct/{room.pk}/depuis/0/").json()["is_open"] is False


def test_one_device_acts_so_many_times_a_minute(
    device: Browser, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "ACTIONS_PER_MINUTE", 1)
    assert [act(device, room, say(str(turn)))[0] for turn in range(3)] == [200, 429, 429]


def test_who_polls_is_present(device: Browser, room: Room) -> None:
    Participant.objects.update(left_at="2026-01-01T00:00Z")
    device.get(f"/direct/{room.pk}/depuis/0/")
    assert Participant.objects.get().left_at is None


def test_polling_costs_few_queries(device: Browser, room: Room, django_assert_num_queries: Any) -> None:
    append_event(room=room, kind="said", payload={"text": "a", "by": ""})
    with django_assert_num_queries(4):  # the room, the device, its place, what was missed
        device.get(f"/direct/{room.pk}/depuis/1/")
