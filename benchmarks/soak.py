"""A room that lasts: people come, go and speak for as long as asked; memory must not grow and nothing be missed.

Not part of the ordinary run: `python -m benchmarks soak --minutes 60`.
"""

import asyncio
import json
import os
import random
import statistics
import time
from uuid import uuid4

import django

django.setup()

from benchmarks.broadcast import CLIENTS, HELLO, prepare  # noqa: E402
from benchmarks.measuring import line  # noqa: E402
from benchmarks.sockets.fleet import Fleet, message  # noqa: E402
from benchmarks.sockets.serving import memory_of, served  # noqa: E402
from tests.environment import say  # noqa: E402

PRESENT, LEAVING = CLIENTS // 2, 25  # people in the room; those who leave, and come in, at each turn
MESSAGES_A_TURN, PAUSE = 10, 0.2
MOST_GROWTH = 20.0  # MB, once warm


async def live(port: int, pid: int, path: str, cookies: list[str]) -> tuple[list[float], list[float]]:
    """Until the time is over: seconds of each message to its last client, and the memory at each turn in MB."""
    fleet, until = Fleet(), time.monotonic() + 60 * float(os.environ.get("SOAK_MINUTES", "10"))
    await fleet.join(port, path, cookies[:PRESENT], HELLO)
    times: list[float] = []
    memory: list[float] = []
    number = 0
    while time.monotonic() < until:
        for _ in range(MESSAGES_A_TURN):
            number += 1
            sender = random.randrange(len(fleet.members))
            times.append(await fleet.broadcast(number, message(number, str(uuid4())), sender))
            await asyncio.sleep(PAUSE)
        leaving, fleet.members = fleet.members[:LEAVING], fleet.members[LEAVING:]
        for member in leaving:
            member.transport.abort()
        await fleet.join(port, path, random.sample(cookies, LEAVING), HELLO)
        memory.append(memory_of(pid) / 1e6)
        if len(memory) % 20 == 0:
            say(f"soak: {number} messages, {memory[-1]:.0f} MB")
    fleet.close()
    return times, memory


def main() -> None:
    """Print the lines of this bench as JSON; a message that someone misses stops it."""
    path, cookies = prepare()
    with served("config.asgi:application") as (port, pid):
        times, memory = asyncio.run(live(port, pid, path, cookies))
    part = max(1, len(memory) // 4)
    growth = statistics.mean(memory[-part:]) - statistics.mean(memory[part : 2 * part] or memory[:part])
    spread = statistics.quantiles(times, n=100, method="inclusive")
    lines = [
        line("soak: messages heard by all", len(times), 0, unit="messages"),
        line(f"soak: commit to the last of {PRESENT}, p50", 1000 * spread[49], 0, limit=1000),
        line("soak: the same, p99", 1000 * spread[98], 0),
        line("soak: memory gained once warm", growth, 0, limit=MOST_GROWTH, unit="MB"),
    ]
    print(json.dumps(lines))


if __name__ == "__main__":
    main()
