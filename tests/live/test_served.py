"""Rooms on real servers: killed in mid-flow, cut, moved between processes; nothing acknowledged is lost."""

import asyncio
import itertools
import json
import random
import subprocess
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

from tests.environment import find_program, free_port, stopping, wait_for
from tests.live.served import Hall, Server, a_hall, serving

PATIENCE = 60
LOST = (WebSocketException, OSError, TimeoutError)


@dataclass
class Person:
    """A client as `room.js` is: a queue, one message at a time, the last place known; reconnects for ever."""

    hall: Hall
    cookie: str
    ports: Iterator[int]
    said: list[str] = field(default_factory=list)
    heard: list[tuple[int, str]] = field(default_factory=list)
    acked: list[str] = field(default_factory=list)
    seq: int = 0
    is_done: bool = False

    async def live(self) -> None:
        """Until everything is said and the story is over."""
        keys = {text: str(uuid4()) for text in self.said}
        while not self.is_done:
            with suppress(*LOST):
                await self.visit(next(self.ports), keys)
            await asyncio.sleep(0.05 + random.random() / 10)

    async def visit(self, port: int, keys: dict[str, str]) -> None:
        headers = {"Cookie": self.cookie}
        address = f"ws://127.0.0.1:{port}{self.hall.path}"
        async with connect(
            address,
            additional_headers=headers,
            origin=f"http://127.0.0.1:{port}",
            compression=None,  # type: ignore[arg-type]
        ) as wire:
            await wire.send(json.dumps({"hello": {"seq": self.seq}}))
            sent = ""
            while not self.is_done:
                waiting = [text for text in self.said if text not in self.acked]
                if waiting and sent != waiting[0] and self.seq:
                    sent = waiting[0]
                    await wire.send(json.dumps({"id": keys[sent], "do": "say", "data": {"text": sent}}))
                with suppress(TimeoutError):
                    whole = json.loads(await asyncio.wait_for(wire.recv(), 0.2))
                    for part in whole.get("batch", [whole]):
                        self.take(part, keys)

    def take(self, part: dict, keys: dict[str, str]) -> None:
        if "snapshot" in part:
            self.heard = [(place, text) for place, text in enumerate(part["snapshot"]["said"])]
            self.seq = part["seq"]
        elif "event" in part:
            assert part["seq"] > self.seq, "an event came twice or out of order"
            self.seq = part["seq"]
            if part["event"] == "said":
                self.heard.append((part["seq"], part["data"]["text"]))
        elif "ack" in part:
            self.acked.extend(
                text for text, key in keys.items() if key == part["ack"] and text not in self.acked
            )
        elif "refused" in part and part["code"] != "failed":
            raise AssertionError(part)

    def words(self) -> list[str]:
        return [text for _place, text in self.heard]


async def tell(people: list[Person], disturb: Callable[[], Awaitable[None]]) -> None:
    """Everyone speaks while the world is disturbed; ends when all have heard all."""
    lives = [asyncio.create_task(person.live()) for person in people]
    everything = sum(len(person.said) for person in people)
    try:
        await disturb()
        async with asyncio.timeout(PATIENCE):
            while any(
                len(person.acked) < len(person.said) or len(person.heard) < everything for person in people
            ):
                for life in lives:
                    if life.done():
                        life.result()
                await asyncio.sleep(0.1)
    finally:
        for person in people:
            person.is_done = True
        await asyncio.gather(*lives, return_exceptions=True)


def people_of(hall: Hall, servers: list[Server], messages: int) -> list[Person]:
    """Each device speaks on one process, then on the next when it is cut."""
    return [
        Person(
            hall,
            cookie,
            itertools.cycle([servers[(place + turn) % len(servers)].port for turn in range(len(servers))]),
            said=[f"{place}-{number}" for number in range(messages)],
        )
        for place, cookie in enumerate(hall.cookies)
    ]


def check(hall: Hall, people: list[Person]) -> None:
    """One order, everywhere: each word once in the database, and every client heard it so."""
    log = [text for _seq, text in hall.log()]
    assert sorted(log) == sorted(text for person in people for text in person.said)
    for person in people:
        assert person.words() == log
        assert [text for text in log if text in person.said] == person.said, "a person's order is kept"


def test_server_killed_in_mid_flow_loses_nothing_acknowledged(tmp_path: Path) -> None:
    hall = a_hall(tmp_path)
    with serving(hall) as servers:
        people = people_of(hall, servers, 25)

        async def disturb() -> None:
            for _turn in range(2):
                await asyncio.sleep(0.4)
                servers[0].kill()
                await asyncio.to_thread(servers[0].start)

        asyncio.run(tell(people, disturb))
        check(hall, people)


def test_word_written_by_another_process_arrives_without_redis(tmp_path: Path) -> None:
    hall = a_hall(tmp_path)
    with serving(hall, 2) as servers:
        people = people_of(hall, servers, 3)

        async def disturb() -> None:
            await asyncio.sleep(0)

        asyncio.run(tell(people, disturb))
        check(hall, people)


@pytest.mark.redis
@pytest.mark.skipif(not find_program("redis-server"), reason="redis-server is not installed")
def test_two_processes_and_a_redis_killed_in_mid_flow(tmp_path: Path) -> None:
    port = free_port()

    def start_redis() -> subprocess.Popen[bytes]:
        command = ["redis-server", "--port", str(port), "--save", "", "--appendonly", "no"]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        wait_for(port, process, "Redis")
        return process

    redis = start_redis()
    url = f"redis://127.0.0.1:{port}/0"
    hall = a_hall(tmp_path, REDIS_URL=url)
    with serving(hall, 2) as servers:
        people = people_of(hall, servers, 25)

        async def disturb() -> None:
            nonlocal redis
            await asyncio.sleep(0.4)
            redis.kill()
            redis.wait()
            await asyncio.sleep(0.8)
            servers[0].kill()
            redis = await asyncio.to_thread(start_redis)
            await asyncio.to_thread(servers[0].start)

        try:
            asyncio.run(tell(people, disturb))
        finally:
            with stopping(redis):
                pass
        check(hall, people)
