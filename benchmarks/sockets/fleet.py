"""A thousand protocol clients in one process: handshake, frames, and when the last one heard each message."""

import asyncio
import base64
import json
import os
import re
import socket
import time
from dataclasses import dataclass, field

NUMBER = re.compile(rb'"n":\s?(\d+)')
AT = re.compile(rb'"at":\s?([\d.]+)')
PATIENCE = 30.0
MASK = bytes(4)


def masked(text: str) -> bytes:
    """A text frame as a client sends it (a mask of zeros is a mask)."""
    body = text.encode()
    assert len(body) < 65_536
    short = len(body) < 126
    return b"\x81" + (bytes([128 | len(body)]) if short else b"\xfe" + len(body).to_bytes(2)) + MASK + body


@dataclass
class Fleet:
    """Clients of one address, and what they have heard."""

    heard: dict[int, int] = field(default_factory=dict)
    last: dict[int, float] = field(default_factory=dict)
    committed: dict[int, float] = field(default_factory=dict)
    waiting: dict[int, asyncio.Event] = field(default_factory=dict)
    members: list["Member"] = field(default_factory=list)
    expected: int = 0
    acks: list[float] = field(default_factory=list)

    def hear(self, number: int) -> None:
        """One more client has this message."""
        count = self.heard[number] = self.heard.get(number, 0) + 1
        if count == self.expected:
            self.last[number] = time.monotonic()
            if number in self.waiting:
                self.waiting[number].set()

    async def join(self, port: int, path: str, cookies: list[str], hello: str, at_once: int = 50) -> float:
        """Connect a client for each cookie; seconds until the last one is up to date."""
        gate, loop = asyncio.Semaphore(at_once), asyncio.get_running_loop()

        async def one(cookie: str) -> None:
            async with gate:
                _, member = await loop.create_connection(lambda: Member(self), "127.0.0.1", port)
                self.members.append(member)
                member.shake_hands(port, path, cookie)
                await asyncio.wait_for(member.ready, PATIENCE)
                if hello:
                    member.say(hello)
                    await asyncio.wait_for(member.answered, PATIENCE)

        started = time.monotonic()
        await asyncio.gather(*(one(cookie) for cookie in cookies))
        self.expected = len(self.members)
        return time.monotonic() - started

    async def broadcast(self, number: int, text: str, sender: int = 0) -> float:
        """Say a message and wait until everyone has it; seconds from its commit."""
        reached = self.waiting[number] = asyncio.Event()
        speaker = self.members[sender]
        acked = speaker.acked = asyncio.get_running_loop().create_future()
        speaker.say(text)
        await asyncio.wait_for(reached.wait(), PATIENCE)
        committed = await asyncio.wait_for(acked, PATIENCE)
        return self.last[number] - committed

    def close(self) -> None:
        for member in self.members:
            member.transport.abort()


class Member(asyncio.Protocol):
    """One connection: as little work as a client can do."""

    def __init__(self, fleet: Fleet) -> None:
        self.fleet, self.buffer, self.open = fleet, b"", False
        loop = asyncio.get_running_loop()
        self.ready: asyncio.Future[None] = loop.create_future()
        self.answered: asyncio.Future[None] = loop.create_future()
        self.acked: asyncio.Future[float] = loop.create_future()
        self.is_lost, self.closed_with = False, 0
        self.last = 0  # the last message heard

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport: asyncio.Transport = transport  # type: ignore[assignment]

    def connection_lost(self, error: Exception | None) -> None:
        self.is_lost = True

    def shake_hands(self, port: int, path: str, cookie: str) -> None:
        lines = [
            f"GET {path} HTTP/1.1",
            f"Host: 127.0.0.1:{port}",
            f"Origin: http://127.0.0.1:{port}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}",
            "Sec-WebSocket-Version: 13",
            f"Cookie: {cookie}",
        ]
        self.transport.write(("\r\n".join(lines) + "\r\n\r\n").encode())

    def stop_reading(self) -> None:
        """A phone in a tunnel: its system takes a few messages, then nothing."""
        self.transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65_536)
        self.transport.pause_reading()

    def say(self, text: str) -> None:
        self.transport.write(masked(text))

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        if not self.open:
            head, found, rest = self.buffer.partition(b"\r\n\r\n")
            if not found:
                return
            if b" 101 " not in head.split(b"\r\n")[0]:
                self.ready.set_exception(ConnectionError(head.split(b"\r\n")[0].decode()))
                return
            self.open, self.buffer = True, rest
            self.ready.set_result(None)
        while (frame := self.next_frame()) is not None:
            self.take(*frame)

    def next_frame(self) -> tuple[int, bytes] | None:
        data = self.buffer
        if len(data) < 2:
            return None
        size, start = data[1] & 127, 2
        if size >= 126:
            start = 4 if size == 126 else 10
            if len(data) < start:
                return None
            size = int.from_bytes(data[2:start])
        if len(data) < start + size:
            return None
        self.buffer = data[start + size :]
        return data[0] & 15, data[start : start + size]

    def take(self, opcode: int, body: bytes) -> None:
        if opcode == 9:
            self.transport.write(b"\x8a" + bytes([128 | len(body)]) + MASK + body)
        if opcode == 8:
            self.closed_with = int.from_bytes(body[:2])
            self.transport.close()
        if opcode != 1:
            return
        if b'"ack"' in body and (found := AT.search(body)) and not self.acked.done():
            self.acked.set_result(float(found.group(1)))
        if b'"snapshot"' in body and not self.answered.done():
            self.answered.set_result(None)
        for number in NUMBER.findall(body):
            self.last = int(number)
            self.fleet.hear(int(number))


def message(number: int, key: str, size: int = 200) -> str:
    """What a client asks, with enough around the number to weigh as a card does."""
    return json.dumps({"id": key, "do": "say", "data": {"n": number, "pad": "x" * size}})
