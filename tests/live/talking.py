"""A browser's end of a socket, through the communicator that Channels' own is made of."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID, uuid4

from asgiref.sync import async_to_sync
from asgiref.testing import ApplicationCommunicator
from django.conf import settings
from django.test import Client as Browser

from accounts.models import User
from consultations.live.hub import hub as hub_module
from consultations.live.identity import cookie_name
from consultations.live.models import Room
from consultations.live.routing import router
from consultations.live.services import join_room

ORIGIN = "http://localhost"
PATIENCE = 5


def device_cookie(room: Room, **fields: Any) -> str:
    """The cookie of someone who just joined."""
    joined = join_room(room=room, college=fields.pop("college", "residents"), **fields)
    return f"{cookie_name(room)}={joined.token}"


def staff_cookie(browser: Browser, user: User, **options: Any) -> str:
    """The cookie of someone signed in."""
    browser.force_login(user, **options)
    return f"{settings.SESSION_COOKIE_NAME}={browser.cookies[settings.SESSION_COOKIE_NAME].value}"


class Talker:
    """One connection, in the words of the protocol."""

    def __init__(
        self, room: Room | UUID, cookie: str, *, origin: str | None = ORIGIN, query: str = ""
    ) -> None:
        headers = [(b"cookie", cookie.encode()), (b"host", b"localhost")]
        if origin is not None:
            headers.append((b"origin", origin.encode()))
        key = room.pk if isinstance(room, Room) else room
        path = f"/direct/{key}/"
        scope = {"type": "websocket", "path": path, "query_string": query.encode(), "headers": headers}
        self.wire = ApplicationCommunicator(router, scope)
        self.waiting: list[dict[str, Any]] = []

    async def open(self) -> bool:
        """True when the handshake is accepted."""
        await self.wire.send_input({"type": "websocket.connect"})
        answer = await self.wire.receive_output(timeout=PATIENCE)
        return bool(answer["type"] == "websocket.accept")

    async def leave(self) -> None:
        await self.wire.send_input({"type": "websocket.disconnect", "code": 1000})
        await self.wire.wait(timeout=PATIENCE)

    async def say(self, message: Any) -> None:
        text = message if isinstance(message, str) else json.dumps(message)
        await self.wire.send_input({"type": "websocket.receive", "text": text})

    async def say_bytes(self, content: bytes) -> None:
        await self.wire.send_input({"type": "websocket.receive", "bytes": content})

    async def hear(self, *kinds: str) -> dict[str, Any]:
        """The next message of one of these kinds (`ack`, `event`…); others are passed over."""
        while True:
            message = await self.hear_any()
            if not kinds or set(kinds) & message.keys():
                return message

    async def hear_any(self) -> dict[str, Any]:
        if not self.waiting:
            message = await self.wire.receive_output(timeout=PATIENCE)
            assert message["type"] == "websocket.send", message
            heard = json.loads(message["text"])
            self.waiting = heard.get("batch", [heard])
        return self.waiting.pop(0)

    async def hello(self, seq: int = 0) -> dict[str, Any]:
        await self.say({"hello": {"seq": seq}})
        return await self.hear("snapshot", "event")

    async def do(self, verb: str, key: UUID | None = None, **data: Any) -> dict[str, Any]:
        """Ask for an action; its acknowledgement or its refusal."""
        await self.say({"id": str(key or uuid4()), "do": verb, "data": data})
        return await self.hear("ack", "refused")

    async def closed_with(self) -> int:
        """The code the server closes with, whatever it says before."""
        while True:
            message = await self.wire.receive_output(timeout=PATIENCE)
            if message["type"] == "websocket.close":
                return int(message["code"])


@asynccontextmanager
async def talking(room: Room, *cookies: str, query: str = "") -> AsyncIterator[list[Talker]]:
    """Connections that have said hello; all closed in the end, which puts the hub to sleep."""
    talkers = [Talker(room, cookie, query=query) for cookie in cookies]
    try:
        for talker in talkers:
            assert await talker.open()
            assert "welcome" in await talker.hear()
            await talker.hello()
        yield talkers
    finally:
        for talker in talkers:
            await talker.leave()
        assert hub_module._hub is None or not hub_module._hub.feeds


def play(story: Callable[[], Awaitable[None]]) -> None:
    """Run an asynchronous story on the test's own database connection."""
    async_to_sync(story)()
