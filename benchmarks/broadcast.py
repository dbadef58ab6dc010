"""A room of a thousand against a raw ASGI broadcast under the same server: from commit to the last client.

Clients share the machine's cores with the server: only the ratios mean something. One process, then two with Redis.
"""

import asyncio
import gc
import json
import statistics
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from uuid import uuid4

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connections  # noqa: E402

from benchmarks.measuring import line  # noqa: E402
from benchmarks.sockets.fleet import Fleet, message  # noqa: E402
from benchmarks.sockets.serving import memory_of, served  # noqa: E402
from consultations.live.identity import cookie_name  # noqa: E402
from consultations.live.services import join_room, open_room  # noqa: E402
from tests.environment import find_program, private_redis  # noqa: E402

CLIENTS, MESSAGES = 1_000, 60
RATE, SECONDS = 10, 5
SLOW, SLOW_MESSAGES, HEAVY = 20, 15, 8_000
HELLO = json.dumps({"hello": {"seq": 0}})


@dataclass
class Side:
    """One of two set-ups measured in turn, message by message, so that both feel the same machine. Seconds."""

    fleet: Fleet
    ports: list[tuple[int, int]]
    hello: str = ""
    last: list[float] = field(default_factory=list)
    sustained: list[float] = field(default_factory=list)
    slow: list[float] = field(default_factory=list)
    joined: float = 0.0
    memory: float = 0.0  # bytes for one client
    numbers: Iterator[int] = field(default_factory=lambda: iter(range(1, 10**6)))

    async def join(self, path: str, cookies: list[str]) -> None:
        """Everyone enters, half on each process when there are two."""
        before = sum(memory_of(pid) for _, pid in self.ports)
        for place, (port, _) in enumerate(self.ports):
            self.joined += await self.fleet.join(port, path, cookies[place :: len(self.ports)], self.hello)
        await asyncio.sleep(1.5)  # presence has been told
        self.memory = (sum(memory_of(pid) for _, pid in self.ports) - before) / CLIENTS

    async def say(self, sender: int, size: int = 200) -> float:
        """Seconds from the commit of a message to its last client."""
        number = next(self.numbers)
        return await self.fleet.broadcast(number, message(number, str(uuid4()), size), sender)

    async def at_rate(self) -> None:
        """Ten messages a second from as many people, whether or not the previous ones have arrived."""
        tasks = []
        for turn in range(RATE * SECONDS):
            tasks.append(asyncio.create_task(self.say(100 + turn)))
            await asyncio.sleep(1 / RATE)
        self.sustained = list(await asyncio.gather(*tasks))

    async def with_slow_clients(self) -> None:
        """What the others feel while some stop reading heavy messages."""
        for member in self.fleet.members[-SLOW:]:
            member.transport.pause_reading()
        self.fleet.expected = CLIENTS - SLOW
        self.slow = [await self.say(300 + turn, HEAVY) for turn in range(SLOW_MESSAGES)]


async def measure(sides: list[Side], path: str, cookies: list[str]) -> None:
    """Fill both sides, then broadcast on each in turn."""
    for side in sides:
        await side.join(path, cookies)
    gc.collect()
    gc.disable()
    for turn in range(MESSAGES):
        for side in sides:
            side.last.append(await side.say(turn))
            await asyncio.sleep(0.01)
    for side in sides:
        await side.at_rate()
    for side in sides:
        await side.with_slow_clients()
        side.fleet.close()
    gc.enable()


def run(processes: int, path: str, cookies: list[str]) -> tuple[Side, Side]:
    """The room on that many processes beside the raw broadcast: ours, raw."""
    with ExitStack() as stack:
        redis = stack.enter_context(private_redis()) if processes > 1 else ""
        servers = [
            stack.enter_context(served("config.asgi:application", REDIS_URL=redis)) for _ in range(processes)
        ]
        bare = stack.enter_context(served("benchmarks.sockets.raw:application"))
        ours, raw = Side(Fleet(), servers, HELLO), Side(Fleet(), [bare])
        asyncio.run(measure([ours, raw], path, cookies))
    return ours, raw


def prepare() -> tuple[str, list[str]]:
    """An address and a thousand devices that have joined it."""
    call_command("migrate", verbosity=0)
    room = open_room(kind="bench", key=str(uuid4()))
    tokens = [join_room(room=room, college="residents").token for _ in range(CLIENTS)]
    connections.close_all()
    return f"/direct/{room.pk}/", [f"{cookie_name(room)}={token}" for token in tokens]


def milliseconds(times: list[float], place: int = 50) -> float:
    return 1000 * statistics.quantiles(times, n=100, method="inclusive")[place - 1]


def lines_of(name: str, ours: Side, raw: Side) -> list[dict[str, object]]:
    last, bare = milliseconds(ours.last), milliseconds(raw.last)
    held, bare_held = milliseconds(ours.sustained), milliseconds(raw.sustained)
    return [
        line(f"{name}: commit to the last of {CLIENTS}, p50", last, bare, most=1.5),
        line(f"{name}: the same, p99", milliseconds(ours.last, 99), milliseconds(raw.last, 99)),
        line(f"{name}: {RATE} messages/s sustained, p50", held, bare_held, limit=1000),
        line(f"{name}: the same, p99", milliseconds(ours.sustained, 99), milliseconds(raw.sustained, 99)),
        line(f"{name}: {CLIENTS} joins, each with its snapshot", ours.joined, raw.joined, limit=10, unit="s"),
        line(f"{name}: memory of a client", ours.memory / 1000, raw.memory / 1000, unit="kB"),
        line(
            f"{name}: others, p50, {SLOW} clients not reading",
            milliseconds(ours.slow),
            milliseconds(raw.slow),
        ),
    ]


def main() -> None:
    """Print the lines of this bench as JSON."""
    path, cookies = prepare()
    lines = lines_of("one process", *run(1, path, cookies))
    if find_program("redis-server"):
        lines += lines_of("two and Redis", *run(2, path, cookies))
    print(json.dumps(lines))


if __name__ == "__main__":
    main()
