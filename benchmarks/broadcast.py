"""A room of a thousand against a raw ASGI broadcast under the same server: from commit to the last client.

Clients share the machine's cores with the server: only the ratios mean something. One process, then two with Redis.
"""

import asyncio
import gc
import json
import statistics
import sys
from contextlib import ExitStack
from dataclasses import dataclass
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

CLIENTS, MESSAGES, ROUNDS = 1_000, 25, 2
RATE, SECONDS = 10, 5
SLOW, SLOW_MESSAGES, HEAVY = 20, 150, 8_000
HELLO = json.dumps({"hello": {"seq": 0}})


@dataclass
class Measured:
    """What one set-up did, times in seconds."""

    last: list[float]
    sustained: list[float]
    joined: float
    memory: float  # bytes for one client
    slow: list[float]
    dropped: int = 0


def prepare() -> tuple[str, list[str]]:
    """An address and a thousand devices that have joined it."""
    call_command("migrate", verbosity=0)
    room = open_room(kind="bench", key=str(uuid4()))
    tokens = [join_room(room=room, college="residents").token for _ in range(CLIENTS)]
    connections.close_all()
    return f"/direct/{room.pk}/", [f"{cookie_name(room)}={token}" for token in tokens]


async def measure(ports: list[tuple[int, int]], path: str, cookies: list[str], hello: str) -> Measured:
    """Join, broadcast one at a time, then at a fixed rate, then with clients that stop reading."""
    fleet, before = Fleet(), sum(memory_of(pid) for _, pid in ports)
    joined = 0.0
    for place, (port, _) in enumerate(ports):
        joined += await fleet.join(port, path, cookies[place :: len(ports)], hello)
    await asyncio.sleep(1.5)  # presence has been told
    memory = (sum(memory_of(pid) for _, pid in ports) - before) / CLIENTS
    gc.collect()
    gc.disable()
    numbers = iter(range(1, 10**6))
    last = []
    for _ in range(MESSAGES):
        number = next(numbers)
        last.append(await fleet.broadcast(number, message(number, str(uuid4())), number % CLIENTS))
        await asyncio.sleep(0.02)
    sustained = await at_rate(fleet, numbers)
    slow, dropped = await with_slow_clients(fleet, numbers)
    gc.enable()
    fleet.close()
    return Measured(last, sustained, joined, memory, slow, dropped)


async def at_rate(fleet: Fleet, numbers) -> list[float]:  # type: ignore[no-untyped-def]
    """Ten messages a second from ten people, whether or not the previous ones have arrived."""
    tasks = []
    for turn in range(RATE * SECONDS):
        number = next(numbers)
        text = message(number, str(uuid4()))
        tasks.append(asyncio.create_task(fleet.broadcast(number, text, 100 + turn)))
        await asyncio.sleep(1 / RATE)
    return list(await asyncio.gather(*tasks))


async def with_slow_clients(fleet: Fleet, numbers) -> tuple[list[float], int]:  # type: ignore[no-untyped-def]
    """What the others feel while some stop reading heavy messages; how many of these were shown out."""
    slow = fleet.members[-SLOW:]
    for member in slow:
        member.transport.pause_reading()
    fleet.expected = CLIENTS - SLOW
    times = []
    for turn in range(SLOW_MESSAGES // 10):
        number = next(numbers)
        times.append(await fleet.broadcast(number, message(number, str(uuid4()), HEAVY), 300 + turn))
    return times, sum(member.is_lost for member in slow)


def run(stack: ExitStack, kind: str, path: str, cookies: list[str]) -> Measured:
    """One set-up, on servers of its own."""
    if kind == "raw":
        ports, hello = [stack.enter_context(served("benchmarks.sockets.raw:application"))], ""
    else:
        variables = (
            {"REDIS_URL": stack.enter_context(private_redis())} if kind == "two" else {"REDIS_URL": ""}
        )
        count = 2 if kind == "two" else 1
        ports = [stack.enter_context(served("config.asgi:application", **variables)) for _ in range(count)]
        hello = HELLO
    return asyncio.run(measure(ports, path, cookies, hello))


def milliseconds(times: list[float], place: int = 50) -> float:
    return 1000 * statistics.quantiles(times, n=100, method="inclusive")[place - 1]


def best(runs: list[Measured]) -> Measured:
    """The round with the lowest median: other work on the machine only ever adds."""
    return min(runs, key=lambda measured: statistics.median(measured.last))


def lines_of(name: str, ours: Measured, raw: Measured) -> list[dict[str, object]]:
    return [
        line(
            f"{name}: commit to the last of {CLIENTS}, p50",
            milliseconds(ours.last),
            milliseconds(raw.last),
            most=1.5,
        ),
        line(f"{name}: the same, p99", milliseconds(ours.last, 99), milliseconds(raw.last, 99)),
        line(
            f"{name}: {RATE} messages/s sustained, p50",
            milliseconds(ours.sustained),
            milliseconds(raw.sustained),
            limit=1000,
        ),
        line(f"{name}: the same, p99", milliseconds(ours.sustained, 99), milliseconds(raw.sustained, 99)),
        line(f"{name}: {CLIENTS} joins with their snapshot", ours.joined, raw.joined, limit=10, unit="s"),
        line(f"{name}: memory of a client", ours.memory / 1000, raw.memory / 1000, unit="kB"),
        line(f"{name}: {SLOW} clients stop reading, the others p50", milliseconds(ours.slow), 0),
    ]


def main() -> None:
    """Print the lines of this bench as JSON."""
    path, cookies = prepare()
    kinds = ["raw", "one"] + (["two"] if find_program("redis-server") else [])
    measured: dict[str, list[Measured]] = {kind: [] for kind in kinds}
    for _ in range(ROUNDS):
        for kind in kinds:
            with ExitStack() as stack:
                measured[kind].append(run(stack, kind, path, cookies))
    raw = best(measured["raw"])
    lines = lines_of("one process", best(measured["one"]), raw)
    if "two" in measured:
        lines += lines_of("two and Redis", best(measured["two"]), raw)
    print(json.dumps(lines), file=sys.stdout)


if __name__ == "__main__":
    main()
