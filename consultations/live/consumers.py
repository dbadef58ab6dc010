"""The socket of a room: authorise, relay, and ask `perform`. Nothing is decided here."""

import logging
from time import monotonic
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

from django.conf import settings
from django.http.cookie import parse_cookie
from django.http.request import validate_host
from django.utils import translation
from django.utils.translation import gettext as _

from consultations.live.hub.arrivals import Behind
from consultations.live.hub.client import Client, Send
from consultations.live.hub.hub import current_hub
from consultations.live.hub.standing import Found, standing_of
from consultations.live.identity import WANTED, Identity, find_viewer, milliseconds
from consultations.live.limits import Bucket
from consultations.live.models import Room
from consultations.live.problems import Refused
from consultations.live.protocol import (
    LARGEST_MESSAGE,
    Ack,
    Close,
    Do,
    Hello,
    Malformed,
    Pong,
    Refusal,
    RoleChanged,
    Snapshot,
    Welcome,
    Welcomed,
    leading_id,
    message_id,
    parse_message,
)
from consultations.live.selectors import recent_room
from consultations.live.services import Outcome, perform
from consultations.live.threads import in_thread

logger = logging.getLogger(__name__)
MOST_MALFORMED = 5
MOST_TOO_FAST = 200
MOST_CONNECTIONS = 6  # of one device in one process: tabs and reconnections
MOST_OF_STAFF = 24  # consoles and projectors of one account


async def room_socket(scope: dict[str, Any], receive: Any, send: Send) -> None:
    """One connection to one room, from handshake to close."""
    await receive()
    if not is_own_origin(scope):
        await send({"type": "websocket.close", "code": Close.FORBIDDEN})
        return
    connection = Connection(scope, receive, send)
    await send({"type": "websocket.accept"})
    if (refused := await connection.enter()) is not None:
        await send({"type": "websocket.close", "code": int(refused)})
        return
    await connection.run()


def headers_of(scope: dict[str, Any]) -> dict[str, str]:
    return {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}


def is_own_origin(scope: dict[str, Any]) -> bool:
    """True when the page that opens the socket is one of ours: a socket carries cookies from anywhere."""
    headers = headers_of(scope)
    try:
        origin = urlsplit(headers.get("origin", ""))
        name = origin.hostname or ""
    except ValueError:
        return False
    if origin.scheme not in {"http", "https"} or not validate_host(name, settings.ALLOWED_HOSTS):
        return False
    own = f"{origin.scheme}://{origin.netloc}" in settings.CSRF_TRUSTED_ORIGINS
    return own or origin.netloc == headers.get("host", "")


def identity_of(scope: dict[str, Any]) -> Identity:
    cookies = parse_cookie(headers_of(scope).get("cookie", ""))
    query = parse_qs(scope.get("query_string", b"").decode("latin-1"))
    return Identity(cookies, query.get(WANTED, [""])[0])


def language_of(scope: dict[str, Any]) -> str:
    """The language of the page that opened the socket, so that refusals speak it."""
    asked = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("langue", [""])[0]
    return asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


class Connection:
    """What one socket says and hears."""

    def __init__(self, scope: dict[str, Any], receive: Any, send: Send) -> None:
        self.room_id: UUID = scope["url_route"]["kwargs"]["room_id"]
        self.identity, self.language = identity_of(scope), language_of(scope)
        self.receive, self.send = receive, send
        self.bucket, self.malformed, self.too_fast = Bucket(), 0, 0
        self.said_hello = False
        self.found: Found | None = None
        self.found_at = 0.0

    async def enter(self) -> Close | None:
        """Find who this is; the reason to close when it is nobody."""
        self.hub = current_hub()
        room, found = await self.hub.arrivals.ask((self.room_id, self.identity))
        if room is None:
            return Close.NOT_FOUND
        if found is None:
            return Close.FORBIDDEN
        viewer, standing = found
        most = MOST_CONNECTIONS if viewer.user is None else MOST_OF_STAFF
        if self.hub.count_of(room.pk, viewer) >= most:
            return Close.TOO_MANY
        self.client = Client(self.send, room_id=room.pk, viewer=viewer)
        self.client.standing = RoleChanged(role=standing).model_dump_json()
        welcome = Welcome(
            **standing.model_dump(), room=room.pk, kind=room.kind, is_open=room.is_open, now=milliseconds()
        )
        self.client.say(Welcomed(welcome=welcome, seq=room.seq).model_dump_json())
        self.feed = self.hub.enter(self.client, self.identity)
        return None

    async def run(self) -> None:
        """Hear until one side ends; whatever happens, the room is left."""
        client = self.client
        try:
            await client.until_ended(self._hear)
        finally:
            self.hub.leave(client)
            await client.close()

    async def _hear(self) -> None:
        while (message := await self.receive())["type"] == "websocket.receive":
            await self._take(message.get("text"))

    async def _take(self, text: str | None) -> None:
        self.client.hear()
        if text is None:
            self._refuse(None, "binary", _("Only text is understood here."), strike=True)
        elif len(text) > LARGEST_MESSAGE:
            self._refuse(leading_id(text), "too_large", _("This message is too long."), strike=True)
        elif not self.bucket.take():
            self.too_fast += 1
            self._refuse(leading_id(text), "too_fast", _("Too many messages at once: wait a little."))
            if self.too_fast > MOST_TOO_FAST:
                self.client.end(Close.TOO_MANY)
        else:
            await self._understand(text)

    async def _understand(self, text: str) -> None:
        try:
            message = parse_message(text)
        except Malformed:
            self._refuse(message_id(text), "malformed", _("This message is not understood."), strike=True)
            return
        if isinstance(message, Do):
            await self._do(message)
        elif isinstance(message, Hello):
            await self._bring_up_to_date(message.hello.seq)
        else:
            self.client.say(Pong(pong=message.ping, now=milliseconds()).model_dump_json())

    async def _do(self, message: Do) -> None:
        """Perform, and acknowledge once it is committed. Who asks is looked up again first, within a second."""
        try:
            found, outcome = await in_thread(self._perform, message)
        except Refused as refusal:
            self._refuse(message.id, refusal.code, refusal.message)
        except Exception:  # the action is undone; one connection's bug is not the others'
            logger.exception("An action failed: %s", message.do)
            self._refuse(message.id, "failed", _("This could not be done. Try again in a moment."))
        else:
            if found[0].role is not self.client.viewer.role:
                self.hub.watch.apply(self.client, found)
            ack = Ack(ack=message.id, result=outcome.result, seq=outcome.seq)
            self.client.say(ack.model_dump_json())

    def _perform(self, message: Do) -> tuple[Found, Outcome]:
        with translation.override(self.language):
            room = recent_room(self.room_id)
            if room is None:
                raise Refused("forbidden", _("You are no longer in this room."))
            found = self._found_lately() or self._find(room)
            viewer, data, key = found[0], message.data, message.id
            return found, perform(room=room, viewer=viewer, verb=message.do, data=data, client_uuid=key)

    def _find(self, room: Room) -> Found:
        viewer = find_viewer(room, self.identity)
        if viewer is None:
            raise Refused("forbidden", _("You are no longer in this room."))
        self.found = viewer, standing_of(room, viewer)
        self.found_at = monotonic()
        return self.found

    def _found_lately(self) -> Found | None:
        """Who an account was found to be within `LIVE_FRESH_SECONDS`: its session and roles take several reads."""
        fresh = monotonic() - self.found_at < settings.LIVE_FRESH_SECONDS
        return self.found if fresh and self.found is not None and self.found[0].user is not None else None

    async def _bring_up_to_date(self, seq: int) -> None:
        """The first hello gets what was missed; a later one means the client lost its way: all of it."""
        self.client.hold()
        known = 0 if self.said_hello else seq
        self.said_hello = True
        asked = Behind(self.room_id, self.client.viewer, known, self.language)
        caught = await self.hub.behind.ask(asked)
        self.feed.start(caught.seq)
        texts = [frame.text for frame in caught.frames]
        if caught.snapshot is not None:
            texts = [Snapshot.written(caught.snapshot, seq=caught.seq, now=milliseconds())]
        self.client.resume(caught.seq, texts)

    def _refuse(self, key: UUID | None, code: str, message: str, *, strike: bool = False) -> None:
        self.client.say(Refusal(refused=key, code=code, message=str(message)).model_dump_json())
        if strike:
            self.malformed += 1
            logger.info("Refused in room %s: %s", self.room_id, code)
            if self.malformed >= MOST_MALFORMED:
                self.client.end(Close.MALFORMED)
