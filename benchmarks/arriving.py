"""A hall of a thousand coming into a workshop that has begun, and phones that stop reading, under one server.

The workshop has stages, cards shown to all and cards of one's own: what a late joiner really needs.
"""

import asyncio
import json
from uuid import uuid4

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connections  # noqa: E402

from benchmarks.broadcast import HELLO  # noqa: E402
from benchmarks.measuring import line  # noqa: E402
from benchmarks.sockets.fleet import PATIENCE, Fleet, message  # noqa: E402
from benchmarks.sockets.serving import served  # noqa: E402
from consultations.live.identity import cookie_name  # noqa: E402
from consultations.live.models import Room  # noqa: E402
from consultations.live.protocol import Close  # noqa: E402
from consultations.live.services import join_room, open_room  # noqa: E402
from tests.factories.workshops import OpenRoom  # noqa: E402

CLIENTS, WRITERS, CARDS_EACH = 1_000, 40, 5
SLOW, HEAVY, HEAVY_MESSAGES = 20, 60_000, 160  # beyond what may wait, here and in the system


def path_of(room: Room) -> str:
    return f"/direct/{room.pk}/"


def devices(room: Room, count: int) -> list[str]:
    """The cookies of as many new participants."""
    tokens = [join_room(room=room, college="residents").token for _ in range(count)]
    return [f"{cookie_name(room)}={token}" for token in tokens]


def prepare() -> tuple[Room, list[str], Room, list[str]]:
    """A workshop under way with the devices of a hall, and a bare room with a few."""
    call_command("migrate", verbosity=0)
    workshop = OpenRoom(WRITERS)
    workshop.lead("stage.start", stage=workshop.write.pk)
    for person in workshop.people:
        for number in range(CARDS_EACH):
            workshop.do(person, "card.add", stage=workshop.write.pk, text=f"Le bus du samedi, {number}. " * 4)
    workshop.lead("cards.reveal", stage=workshop.write.pk)
    bare = open_room(kind="bench", key=str(uuid4()))
    prepared = workshop.room, devices(workshop.room, CLIENTS), bare, devices(bare, 2 * SLOW)
    connections.close_all()
    return prepared


async def come_in(port: int, path: str, cookies: list[str], hello: str) -> float:
    """Seconds until the last of the hall has the room before them."""
    fleet = Fleet()
    seconds = await fleet.join(port, path, cookies, hello)
    fleet.close()
    return seconds


async def stop_reading(port: int, path: str, cookies: list[str]) -> tuple[int, int]:
    """How many of those who stop reading are shown out, then hear the next message once they are back."""
    fleet = Fleet()
    await fleet.join(port, path, cookies, HELLO)
    slow, others = fleet.members[:SLOW], fleet.members[SLOW:]
    for member in slow:
        member.stop_reading()
    fleet.members, fleet.expected = others, len(others)
    for number in range(1, HEAVY_MESSAGES + 1):
        await fleet.broadcast(number, message(number, str(uuid4()), HEAVY), sender=number % SLOW)
    for member in slow:
        member.transport.resume_reading()
    async with asyncio.timeout(PATIENCE):
        while not all(member.is_lost for member in slow):
            await asyncio.sleep(0.05)
    await fleet.join(port, path, cookies[:SLOW], HELLO)
    last = HEAVY_MESSAGES + 1
    await fleet.broadcast(last, message(last, str(uuid4())))
    back = sum(member.last == last for member in fleet.members[SLOW:])
    fleet.close()
    return sum(member.closed_with == Close.TOO_SLOW for member in slow), back


def main() -> None:
    """Print the lines of this bench as JSON."""
    workshop, hall, bare, few = prepare()
    with served("config.asgi:application") as (port, _), served("benchmarks.sockets.raw:application") as raw:
        joined = asyncio.run(come_in(port, path_of(workshop), hall, HELLO))
        plain = asyncio.run(come_in(raw[0], path_of(workshop), hall, ""))
        dropped, back = asyncio.run(stop_reading(port, path_of(bare), few))
    cards = WRITERS * CARDS_EACH
    lines = [
        line(f"{CLIENTS} joins of a workshop of {cards} cards", joined, plain, limit=10, unit="s"),
        line("phones that stop reading: shown out", dropped, SLOW, least=1, unit="phones"),
        line("the same: hear the room once back", back, SLOW, least=1, unit="phones"),
    ]
    print(json.dumps(lines))


if __name__ == "__main__":
    main()
