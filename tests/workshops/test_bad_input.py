"""What a socket of a workshop may be sent by mistake or by malice: said to the sender, without any effect, logged.

Broken messages, floods, replays and closed connections are in `tests/live`; guessed codes in `test_room_pages`.
"""

import logging
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async
from django.test import Client as Browser

from consultations.live import consumers
from consultations.live.limits import Bucket
from consultations.live.models import Event
from consultations.live.registries import Role
from consultations.polls.services import create_poll
from consultations.workshops.board.verbs import VERBS
from tests.factories.workshops import OpenRoom
from tests.live.talking import Talker, device_cookie, play, staff_cookie, talking

pytestmark = pytest.mark.django_db(transaction=True)
SECRET = "Mots que le journal ne garde pas"
NOBODY = "00000000-0000-4000-8000-000000000000"
Sent = tuple[str, dict[str, Any], str]


class Scene:
    """Dots are being given to two groups; two stages are to come, one is over."""

    def __init__(self) -> None:
        self.room = OpenRoom(1, write={"private_first": False}, rank={"places": 2})
        self.room.lead("stage.start", stage=self.room.write.pk)
        author = self.room.people[0]
        self.cards = [
            self.room.do(author, "card.add", stage=self.room.write.pk, text=text)["card"] for text in "AB"
        ]
        self.groups = [
            self.room.lead("group.create", stage=self.room.group.pk, name=f"G{n}", cards=[card])["group"]
            for n, card in enumerate(self.cards)
        ]
        place = ("workshop", str(self.room.workshop.pk))
        poll = create_poll(actor=self.room.user, place=place, kind="yes_no", question="On commence ?")
        self.poll = str(poll.pk)
        self.stage = {name: str(getattr(self.room, name).pk) for name in ("write", "group", "dots", "rank")}

    def move_on(self) -> None:
        self.room.lead("stage.close", stage=self.room.write.pk)
        self.room.lead("stage.start", stage=self.room.dots.pk)
        self.room.lead("poll.open", poll=self.poll)

    def while_writing(self) -> Iterator[Sent]:
        """Cards, the writing stage under way."""
        write = self.stage["write"]
        yield "card.add", {"stage": write, "text": "x" * 20_000}, "too_long"
        yield "card.add", {"stage": write, "text": "🦊" * 20}, "no_words"
        yield "card.add", {"stage": write, "text": " \u202e\u200b "}, "empty"
        yield "card.add", {"stage": write, "text": 12}, "invalid"
        yield "card.add", {"stage": write}, "invalid"
        yield "card.add", {"stage": write, "text": SECRET, "as": "facilitator"}, "invalid"
        yield "card.add", {"stage": write, "text": SECRET, "need": "pas-un-code"}, "unknown_need"
        yield "card.add", {"stage": write, "text": SECRET, "level": "lune"}, "unknown_level"
        yield "card.add", {"stage": NOBODY, "text": SECRET}, "gone"
        yield "card.add", {"stage": self.stage["rank"], "text": SECRET}, "closed"
        yield "card.edit", {"card": self.cards[0], "text": SECRET}, "not_yours"
        yield "card.withdraw", {"card": self.cards[0]}, "not_yours"
        yield "card.withdraw", {"card": NOBODY}, "gone"
        yield "react", {"card": self.cards[0], "kind": "insult"}, "unknown_reaction"
        yield "signal.set", {"kind": "fire"}, "unknown_signal"
        yield "group.move", {"card": self.cards[0], "group": self.groups[1]}, "closed"
        yield "vote.set", {"stage": self.stage["dots"], "target": self.groups[0], "points": 1}, "closed"

    def while_voting(self) -> Iterator[Sent]:
        """Dots, the writing stage over and the order to come."""
        dots, one = self.stage["dots"], self.groups[0]
        vote = {"stage": dots, "target": one}
        yield "vote.set", {**vote, "points": 6}, "over_budget"
        yield "vote.set", {**vote, "points": 4}, "too_many_on_one"
        yield "vote.set", {**vote, "points": -1}, "invalid"
        yield "vote.set", {**vote, "points": 10**9}, "invalid"
        yield "vote.set", {**vote, "points": "beaucoup"}, "invalid"
        yield "vote.set", {**vote, "target": NOBODY, "points": 1}, "gone"
        yield "vote.set", {**vote, "target": [one], "points": 1}, "invalid"
        over = [{"target": one, "points": 3}, {"target": self.groups[1], "points": 3}]
        yield "ballot.set", {"stage": dots, "votes": over}, "over_budget"
        yield "ballot.set", {"stage": dots, "votes": [over[0], over[0]]}, "twice"
        yield "ballot.set", {"stage": dots, "votes": [over[0]] * 201}, "invalid"
        yield "rank.set", {"stage": self.stage["rank"], "targets": [one]}, "closed"
        yield "rank.set", {"stage": dots, "targets": [one]}, "closed"
        yield "poll.vote", {"poll": NOBODY, "choices": {"yes": 1}}, "gone"
        yield "poll.vote", {"poll": self.poll, "choices": {"peut-être": 1}}, "invalid"
        yield "poll.vote", {"poll": self.poll, "choices": {}}, "invalid"
        for verb in VERBS:
            if Role.PARTICIPANT not in VERBS[verb].roles:
                yield verb, {}, "forbidden"

    def while_leading(self) -> Iterator[Sent]:
        """What a facilitator may ask wrongly."""
        one, other = self.groups
        yield "group.merge", {"source": one, "target": one}, "same_group"
        yield "group.merge", {"source": NOBODY, "target": one}, "gone"
        split = {"group": one, "name": "À part"}
        yield "group.split", {**split, "cards": [self.cards[1]]}, "not_in_group"
        yield "group.split", {**split, "cards": []}, "not_in_group"
        yield "group.create", {"stage": self.stage["group"], "name": "  "}, "empty"
        yield "group.rename", {"group": other, "name": "x" * 81}, "too_long"
        yield "card.hide", {"card": self.cards[0], "reason": "x" * 121}, "too_long"
        yield "card.hide", {"card": NOBODY, "reason": SECRET}, "gone"
        yield "cards.reveal", {"stage": self.stage["rank"]}, "not_started"
        yield "stage.pause", {"stage": self.stage["rank"]}, "not_current"
        yield "stage.start", {"stage": self.stage["write"]}, "closed"
        yield "stage.extend", {"stage": self.stage["dots"], "minutes": 0}, "invalid"
        yield "stage.extend", {"stage": self.stage["dots"], "minutes": 10_000}, "invalid"
        yield "spotlight", {"target": NOBODY}, "gone"
        yield "projector.show", {"view": "ailleurs"}, "invalid"
        yield "signal.clear", {"participant": NOBODY, "kind": "hand"}, "gone"
        late = {"stage": self.stage["write"], "text": SECRET, "mode": "paper", "college": "martiens"}
        yield "card.add_for", late, "unknown_college"


async def all_refused(talker: Talker, sent: Iterator[Sent]) -> list[str]:
    """What was not refused as it should be, with a message for the person."""
    wrong = []
    for verb, data, code in sent:
        answer = await talker.do(verb, uuid4(), **data)
        if answer.get("code") != code or not answer.get("message"):
            wrong.append(f"{verb} {str(data)[:80]}: {answer.get('code', 'done')} rather than {code}")
    return wrong


def test_what_is_wrong_is_refused_to_its_sender_without_effect_and_logged_without_words(
    client: Browser, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(consumers, "Bucket", lambda: Bucket(rate=1_000.0, burst=1_000))
    caplog.set_level(logging.INFO, logger="consultations.live")
    scene = Scene()
    phone, console = device_cookie(scene.room.room), staff_cookie(client, scene.room.user)
    seen: list[int] = []

    def count() -> None:
        seen.append(Event.objects.filter(room=scene.room.room).count())

    async def story() -> None:
        async with talking(scene.room.room, phone, console) as (participant, facilitator):
            await sync_to_async(count)()
            assert await all_refused(participant, scene.while_writing()) == []
            await sync_to_async(count)()
            await sync_to_async(scene.move_on)()
            await sync_to_async(count)()
            assert await all_refused(participant, scene.while_voting()) == []
            assert await all_refused(facilitator, scene.while_leading()) == []
            await sync_to_async(count)()

    play(story)
    assert seen[0] == seen[1] and seen[2] == seen[3]
    assert caplog.text.count("Refused in room") >= 60
    assert SECRET not in caplog.text
