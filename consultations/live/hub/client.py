"""One connection: what it has been told, and a bounded queue that a slow network cannot make grow."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Generator, Iterable
from contextlib import suppress
from functools import partial
from time import monotonic
from typing import Any
from uuid import UUID

from consultations.live.audiences import audiences_of
from consultations.live.frames import Frame
from consultations.live.protocol import Close, Resync
from consultations.live.registries import Viewer

Send = Callable[[dict[str, Any]], Coroutine[Any, Any, None]]
MOST_WAITING = 500  # messages
MOST_CHARACTERS = 1_000_000
BATCH = 64
CLOSING_SECONDS = 5.0
RESYNC = Resync().model_dump_json()


class Started:
    """A coroutine that ran up to its first wait, for a task to go on with."""

    def __init__(self, coroutine: Coroutine[Any, Any, None], waited: Any) -> None:
        self.coroutine, self.waited = coroutine, waited

    def __await__(self) -> Generator[Any, Any, None]:
        waited = self.waited
        while True:
            try:
                sent = yield waited
            except BaseException as error:
                resume = partial(self.coroutine.throw, error)
            else:
                resume = partial(self.coroutine.send, sent)
            try:
                waited = resume()
            except StopIteration:
                return


class Client:
    """A viewer's connection. Everything it is sent goes through its queue, in order; used on the loop only."""

    __slots__ = (
        "_characters",
        "_queue",
        "_send",
        "_started",
        "_wake",
        "audiences",
        "ended",
        "heard_at",
        "held",
        "room_id",
        "seq",
        "standing",
        "viewer",
        "writer",
    )

    def __init__(self, send: Send, *, room_id: UUID, viewer: Viewer) -> None:
        self.room_id = room_id
        self.seq = -1
        self.held: list[Frame] | None = []  # until the client has said hello and was brought up to date
        self.heard_at = monotonic()
        self.ended: asyncio.Future[Close] = asyncio.get_running_loop().create_future()
        self.standing = ""
        self._send = send
        self._queue: deque[str] = deque()
        self._characters = 0
        self._started: Started | None = None
        self._wake: asyncio.Future[None] | None = None
        self.see_as(viewer)
        self.writer = asyncio.create_task(self._write_while_it_can())

    def hear(self) -> None:
        """The client said something: it is alive."""
        self.heard_at = monotonic()

    async def until_ended(self, hear: Callable[[], Awaitable[None]]) -> None:
        """Hear the client until it leaves or is shown out."""
        hearing = asyncio.ensure_future(hear())
        try:
            await asyncio.wait((hearing, self.ended), return_when=asyncio.FIRST_COMPLETED)
            if hearing.done():
                hearing.result()
        finally:
            hearing.cancel()

    def see_as(self, viewer: Viewer) -> None:
        """From now on, this is who looks."""
        self.viewer = viewer
        self.audiences = audiences_of(viewer)

    def give(self, frame: Frame) -> None:
        """Hand over an event of the room, once, in order, when it is for this viewer."""
        if self.held is not None:
            self.held.append(frame)
            if len(self.held) > MOST_WAITING:
                self.drop()
        elif frame.seq > self.seq and frame.audience in self.audiences:
            self.seq = frame.seq
            self.say(frame.text)

    def hold(self) -> None:
        """Keep events back while what the client missed is read."""
        if self.held is None:
            self.held = []

    def resume(self, seq: int, texts: Iterable[str]) -> None:
        """Bring the client up to `seq` with these texts, then go on with the events that came meanwhile."""
        held, self.held, self.seq = self.held or [], None, seq
        for text in texts:
            self.say(text)
        for frame in held:
            self.give(frame)

    def say(self, text: str) -> None:
        """Queue a message; a client that does not read is dropped and will resync."""
        if self.ended.done():
            return
        if self._wake is not None and not self._queue and self._send_at_once(text):
            return
        self._queue.append(text)
        self._characters += len(text)
        if len(self._queue) > MOST_WAITING or self._characters > MOST_CHARACTERS + len(text):
            self.drop()
        else:
            self._wake_writer()

    def drop(self) -> None:
        """Forget what waits: the client is told to resync, if it still listens, and is closed."""
        if not self.ended.done():
            self._queue.clear()
            self._queue.append(RESYNC)
            self.end(Close.TOO_SLOW)

    def end(self, code: Close) -> None:
        """Close once what waits is sent, within a few seconds."""
        if not self.ended.done():
            self.ended.set_result(code)
            self._wake_writer()

    def _send_at_once(self, text: str) -> bool:
        """Send without waking the writer when the network takes it: what a thousand wake-ups would cost is saved.

        The server's `send` ends without waiting unless its buffer is full; then the writer goes on with it.
        """
        sending = self._send({"type": "websocket.send", "text": text})
        try:
            waited = sending.send(None)
        except StopIteration:
            return True
        except Exception:  # the connection is lost: the server says so to who hears it
            return False
        self._started = Started(sending, waited)
        self._wake_writer()
        return True

    def _wake_writer(self) -> None:
        wake, self._wake = self._wake, None
        if wake is not None and not wake.done():
            wake.set_result(None)

    async def close(self) -> None:
        """Send what is left and the reason, then stop; never waits for a network that is gone."""
        if self.ended.done():
            await asyncio.wait((self.writer,), timeout=CLOSING_SECONDS)
            with suppress(Exception):
                async with asyncio.timeout(CLOSING_SECONDS):
                    await self._send({"type": "websocket.close", "code": int(self.ended.result())})
        self.writer.cancel()

    async def _write_while_it_can(self) -> None:
        """A connection that is lost ends the writing; whoever hears it is told by the server."""
        with suppress(Exception):
            await self._write()

    async def _write(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            if (started := self._started) is not None:
                self._started = None
                await started
            while self._queue:
                await self._send({"type": "websocket.send", "text": self._next()})
            if self.ended.done():
                return
            if self._started is None:
                self._wake = loop.create_future()
                await self._wake

    def _next(self) -> str:
        """The next message, or several that waited together as one."""
        if len(self._queue) == 1:
            self._characters = 0
            return self._queue.popleft()
        texts = [self._queue.popleft() for _turn in range(min(BATCH, len(self._queue)))]
        self._characters -= sum(map(len, texts))
        return f'{{"batch":[{",".join(texts)}]}}'
