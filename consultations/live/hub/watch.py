"""What a hub watches: who is present, told at most once a second, and what each client may still do."""

import logging
from collections.abc import Mapping
from time import monotonic
from uuid import UUID

from consultations.live.hub.client import Client
from consultations.live.hub.feed import Feed
from consultations.live.hub.standing import Found, look_up
from consultations.live.identity import Identity
from consultations.live.models import Room
from consultations.live.protocol import Close, Counts, Present, RoleChanged
from consultations.live.registries import Role
from consultations.live.selectors import Presence, count_present
from consultations.live.services.presence import keep_presence
from consultations.live.threads import in_thread

logger = logging.getLogger(__name__)
FLUSH_EVERY = 10.0
RECOUNT_EVERY = 5.0  # people may come through another process
REVIEW_EVERY = 30.0  # an account may lose its role without any event of the room
CHUNK = 100


class Watch:
    """Presence and standing of the clients of a hub."""

    def __init__(self, feeds: Mapping[UUID, Feed]) -> None:
        self.feeds = feeds
        self.identities: dict[Client, Identity] = {}
        self.changed: set[UUID] = set()
        self.gone: set[UUID] = set()
        self.back: set[UUID] = set()
        self.told: dict[UUID, Presence] = {}
        self.flushed_at = self.counted_at = self.reviewed_at = monotonic()

    def note_arrival(self, client: Client) -> None:
        if client.viewer.participant is not None:
            self.back.add(client.viewer.participant.pk)
            self.gone.discard(client.viewer.participant.pk)
        self.told.pop(client.room_id, None)  # the newcomer has been told nothing
        self.changed.add(client.room_id)

    def note_departure(self, client: Client) -> None:
        """A person leaves with their last connection to this process."""
        self.identities.pop(client, None)
        participant = client.viewer.participant
        feed = self.feeds.get(client.room_id)
        if participant is not None and (feed is None or feed.senders[client.viewer.sender] <= 0):
            self.gone.add(participant.pk)
            self.back.discard(participant.pk)
        self.changed.add(client.room_id)

    def note_event(self, room_id: UUID) -> None:
        """What people said may change how many are ready."""
        self.changed.add(room_id)

    async def turn(self) -> None:
        """Once a second: keep presence, tell it where it changed, look again at roles now and then."""
        now = monotonic()
        await self._flush(now)
        if now - self.counted_at >= RECOUNT_EVERY:
            self.counted_at = now
            self.changed.update(self.feeds)
        changed, self.changed = self.changed & self.feeds.keys(), set()
        for room_id in changed:
            await self._tell_presence(room_id)
        if now - self.reviewed_at >= REVIEW_EVERY:
            self.reviewed_at = now
            await self.review([client for client in self.identities if client.viewer.user is not None])

    async def _flush(self, now: float) -> None:
        present = self.back
        if now - self.flushed_at >= FLUSH_EVERY:
            self.flushed_at = now
            clients = [client for feed in self.feeds.values() for client in feed.clients]
            present = {c.viewer.participant.pk for c in clients if c.viewer.participant is not None}
        gone, self.gone, self.back = self.gone, set(), set()
        if present or gone:
            await in_thread(keep_presence, present=present, gone=gone)

    async def _tell_presence(self, room_id: UUID) -> None:
        presence = await in_thread(_count, room_id)
        feed = self.feeds.get(room_id)
        if feed is None or presence is None or self.told.get(room_id) == presence:
            return
        self.told[room_id] = presence
        brief = Present(presence=Counts(total=presence.total)).model_dump_json(exclude_none=True)
        whole = Counts(total=presence.total, by_college=dict(presence.by_college), ready=presence.ready)
        detailed = Present(presence=whole).model_dump_json(exclude_none=True)
        for client in list(feed.clients):
            client.say(brief if client.viewer.role is Role.PARTICIPANT else detailed)

    async def review(self, clients: list[Client]) -> None:
        """Look again at who each client is and what it may do; tell those for whom it changed."""
        for start in range(0, len(clients), CHUNK):
            some = [client for client in clients[start : start + CHUNK] if client in self.identities]
            asked = [(client.room_id, self.identities[client]) for client in some]
            for client, (_room, found) in zip(some, await in_thread(look_up, asked), strict=True):
                self.apply(client, found)

    def apply(self, client: Client, found: Found | None) -> None:
        """The client sees and does what its viewer may now; one with no place here is shown out."""
        if found is None:
            client.end(Close.FORBIDDEN)
            return
        viewer, standing = found
        feed = self.feeds.get(client.room_id)
        if (viewer.role, viewer.sender) != (client.viewer.role, client.viewer.sender) and feed is not None:
            known = feed.remove(client)
            client.see_as(viewer)
            if known:
                feed.add(client)
        text = RoleChanged(role=standing).model_dump_json()
        if text != client.standing:
            client.standing = text
            client.say(text)


def _count(room_id: UUID) -> Presence | None:
    room = Room.objects.filter(pk=room_id).first()
    return count_present(room) if room is not None else None
