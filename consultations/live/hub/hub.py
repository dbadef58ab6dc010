"""The hub of a process: events in from any thread or process, out to the sockets of their room.

It lives on one loop, from the first socket to the last. Being told at once is an optimisation; the log, read
every second for rooms with sockets, is what makes events certain.
"""

import asyncio
import logging
from collections.abc import Coroutine, Iterable
from time import monotonic
from typing import Any
from uuid import UUID

from django.conf import settings

from consultations.live import publication
from consultations.live.frames import Frame
from consultations.live.hub import relay
from consultations.live.hub.arrivals import Together, bring_up_to_date
from consultations.live.hub.client import Client
from consultations.live.hub.feed import Feed
from consultations.live.hub.standing import look_up
from consultations.live.hub.watch import Watch
from consultations.live.identity import Identity
from consultations.live.protocol import Close
from consultations.live.registries import Viewer
from consultations.live.selectors import MOST_READ, current_places, frames_after
from consultations.live.services.log import CLOSED, OPENED, RECHECK
from consultations.live.threads import in_thread

logger = logging.getLogger(__name__)
EVERY = 1.0  # second: how late an event written elsewhere may be without Redis
PATIENCE = 0.05  # seconds an event waits for the one before it, which another thread is about to hand over
SILENT_FOR = 90.0  # seconds
CHANGES_STANDING = frozenset({OPENED, CLOSED, RECHECK})


class Hub:
    """Feeds of the rooms that have sockets in this process."""

    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.feeds: dict[UUID, Feed] = {}
        self.watch = Watch(self.feeds)
        self.tasks: set[asyncio.Task[None]] = set()
        self.arrivals = Together(look_up)
        self.behind = Together(bring_up_to_date)

    def enter(self, client: Client, identity: Identity) -> Feed:
        """A client is in the room from now on; the first one wakes the hub."""
        if not self.feeds:
            self.watch = Watch(self.feeds)  # what was known of those who left is too old to be told
            self.wake()
        feed = self.feeds.setdefault(client.room_id, Feed(client.room_id))
        feed.add(client)
        self.watch.identities[client] = identity
        self.watch.note_arrival(client)
        return feed

    def leave(self, client: Client) -> None:
        """A client is gone; with the last one the hub sleeps."""
        feed = self.feeds.get(client.room_id)
        if feed is not None and feed.remove(client):
            self.watch.note_departure(client)
            if not feed.clients:
                del self.feeds[client.room_id]
                self.watch.told.pop(client.room_id, None)
        if not self.feeds:
            self.sleep()

    def count_of(self, room_id: UUID, viewer: Viewer) -> int:
        """How many connections this viewer already has here."""
        feed = self.feeds.get(room_id)
        return feed.senders[viewer.sender] if feed is not None else 0

    def wake(self) -> None:
        """Listen to this process, to the others, and to the clock."""
        publication.listeners.append(self.announce)
        self.spawn(self._tick())
        if settings.REDIS_URL:
            self.spawn(relay.listen(self.receive, self.read_all))

    def sleep(self) -> None:
        """Stop listening."""
        if self.announce in publication.listeners:
            publication.listeners.remove(self.announce)
        for task in self.tasks:
            task.cancel()

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """A task of the hub's own, kept until it ends."""
        task = self.loop.create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    def announce(self, frame: Frame) -> None:
        """An event was committed in this process: cross from its thread to the loop."""
        if frame.room_id in self.feeds:
            self.loop.call_soon_threadsafe(self.receive, frame)

    def receive(self, frame: Frame) -> None:
        """An event, from here, from Redis or from the log."""
        feed = self.feeds.get(frame.room_id)
        if feed is None:
            return
        self._let_through(feed, feed.take(frame))
        if feed.has_gap and not feed.is_reading:
            self.spawn(self._fill(feed, PATIENCE))

    def _let_through(self, feed: Feed, frames: Iterable[Frame]) -> None:
        for frame in frames:
            self.watch.note_event(feed.room_id)
            if frame.kind in CHANGES_STANDING:
                self.spawn(self.watch.review(list(feed.clients)))

    async def _fill(self, feed: Feed, patience: float = 0.0) -> None:
        """Read from the log what did not come by itself."""
        if feed.is_reading:
            return
        feed.is_reading = True
        try:
            await asyncio.sleep(patience)
            while feed.seq is not None and (feed.has_gap or not patience):
                frames = await in_thread(frames_after, room_id=feed.room_id, seq=feed.seq)
                for frame in frames:
                    self._let_through(feed, feed.take(frame))
                if len(frames) < MOST_READ:
                    return
        finally:
            feed.is_reading = False

    def read_all(self) -> None:
        """Look at once for what was missed while Redis was away."""
        self.spawn(self._read_behind())

    async def _read_behind(self) -> None:
        """Fill the feeds whose room went further than what came."""
        places = await in_thread(current_places, list(self.feeds))
        for room_id, seq in places.items():
            feed = self.feeds.get(room_id)
            if feed is not None and feed.seq is not None and seq > feed.seq:
                await self._fill(feed)

    async def _tick(self) -> None:
        while not relay.is_cancelled():
            await asyncio.sleep(EVERY)
            try:
                await self._read_behind()
                await self.watch.turn()
            except Exception:  # the database may be away for a while; sockets stay
                logger.exception("A turn of the hub failed")
            self._close_silent()

    def _close_silent(self) -> None:
        limit = monotonic() - SILENT_FOR
        for feed in self.feeds.values():
            for client in feed.clients:
                if client.heard_at < limit:
                    client.end(Close.IDLE)


_hub: Hub | None = None


def current_hub() -> Hub:
    """The hub of the running loop; a process that serves has one loop."""
    global _hub
    if _hub is None or _hub.loop is not asyncio.get_running_loop():
        _hub = Hub()
    return _hub
