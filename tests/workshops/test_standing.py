"""What each screen may ask is looked at again when a stage or a role ends, and its connection is told."""

import pytest
from asgiref.sync import sync_to_async
from django.test import Client as Browser
from django.utils import timezone

from accounts.models import Membership
from consultations.live.hub import hub as hub_module
from consultations.live.hub import watch
from consultations.live.protocol import Close
from consultations.live.selectors import allowed_verbs
from consultations.polls.services import create_poll
from tests.factories.workshops import OpenRoom, add_stage
from tests.live.talking import device_cookie, play, staff_cookie, talking

ALWAYS = ["card.withdraw", "react", "signal.set"]
OPEN = {
    "write": ["card.add", "card.edit"],
    "feedback": ["card.add", "card.edit"],
    "group": [],
    "dots": ["ballot.set", "vote.set"],
    "scores": ["ballot.set", "vote.set"],
    "grid": ["ballot.set", "vote.set"],
    "rank": ["rank.set"],
    "poll": [],
    "talk": [],
}


def verbs_of(room: OpenRoom) -> list[str]:
    room.room.refresh_from_db()
    return allowed_verbs(room.room, room.people[0])


@pytest.mark.django_db
@pytest.mark.parametrize("kind", OPEN)
def test_stage_opens_its_own_verbs_and_closes_them(kind: str) -> None:
    room = OpenRoom(1)
    stage = add_stage(room.workshop, kind)
    assert verbs_of(room) == ALWAYS
    room.lead("stage.start", stage=stage.pk)
    assert verbs_of(room) == sorted(ALWAYS + OPEN[kind])
    if kind != "talk":
        room.lead("contributions.close", stage=stage.pk)
    assert verbs_of(room) == ALWAYS
    room.lead("stage.close", stage=stage.pk)
    assert verbs_of(room) == ALWAYS
    assert "stage.start" in allowed_verbs(room.room, room.facilitator)
    assert "stage.start" not in allowed_verbs(room.room, room.projector)


@pytest.mark.django_db
def test_moving_cards_and_voting_in_a_poll_are_open_where_they_are_taken() -> None:
    room = OpenRoom(1, group={"participants_move": True})
    poll = create_poll(
        actor=room.user, place=("workshop", str(room.workshop.pk)), kind="yes_no", question="On commence ?"
    )
    room.lead("stage.start", stage=room.group.pk)
    assert "group.move" in verbs_of(room)
    assert "poll.vote" not in verbs_of(room)
    room.lead("poll.open", poll=poll.pk)
    assert "poll.vote" in verbs_of(room)
    room.lead("poll.close", poll=poll.pk)
    assert "poll.vote" not in verbs_of(room)


@pytest.mark.django_db(transaction=True)
def test_phones_are_told_when_the_stage_ends() -> None:
    board = OpenRoom(0)
    board.lead("stage.start", stage=board.write.pk)
    cookie = device_cookie(board.room)

    async def story() -> None:
        async with talking(board.room, cookie) as (phone,):
            assert "ack" in await phone.do("card.add", stage=str(board.write.pk), text="Le bus")
            await sync_to_async(board.lead)("stage.start", stage=board.dots.pk)
            told = (await phone.hear("role"))["role"]["verbs"]
            assert "card.add" not in told and "vote.set" in told
            refused = await phone.do(
                "vote.set", stage=str(board.rank.pk), target=str(board.rank.pk), points=1
            )
            assert refused["code"] == "closed"

    play(story)


@pytest.mark.django_db(transaction=True)
def test_facilitator_whose_role_ends_is_shown_out_of_the_console(
    client: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing happens in the room: the hub looks at roles by itself, here at once rather than every half minute."""
    monkeypatch.setattr(watch, "REVIEW_EVERY", 0.0)
    monkeypatch.setattr(hub_module, "EVERY", 0.05)
    board = OpenRoom(0)
    cookie = staff_cookie(client, board.user)

    async def story() -> None:
        async with talking(board.room, cookie) as (console,):
            assert "ack" in await console.do("stage.start", stage=str(board.write.pk))
            mine = Membership.objects.filter(user=board.user)
            await sync_to_async(mine.update)(withdrawn_at=timezone.now())
            assert await console.closed_with() == Close.FORBIDDEN

    play(story)
