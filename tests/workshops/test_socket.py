"""A workshop's board over a socket: the snapshot and the events of the kind travel as they are."""

import pytest
from django.test import Client as Browser

from consultations.live.identity import cookie_name
from consultations.live.services import join_room
from tests.factories.workshops import OpenRoom
from tests.live.talking import play, staff_cookie, talking

pytestmark = pytest.mark.django_db(transaction=True)


def test_card_written_on_a_phone_reaches_the_console(client: Browser) -> None:
    board = OpenRoom(1)
    board.lead("stage.start", stage=board.write.pk)
    token = join_room(room=board.room, college="residents").token
    phone_cookie = f"{cookie_name(board.room)}={token}"
    console_cookie = staff_cookie(client, board.user)

    async def story() -> None:
        async with talking(board.room, phone_cookie, console_cookie) as (phone, console):
            answer = await phone.do(
                "card.add", stage=str(board.write.pk), text="Le bus ne passe plus le samedi."
            )
            assert "ack" in answer, answer
            heard = await console.hear("event")
            assert "Le bus ne passe plus" in str(heard["data"])

    play(story)
