"""Twenty screens on one text: from a stroke to the other screens, against a raw broadcast of the same messages.

Two of them write, which has a budget (design, §6), then all twenty at once. Each types at the pace of a person, in a copy of the text of their own; a message leaves when the one before it is
acknowledged, as in the browser. Then what opening a text with a long history costs, and what open texts weigh.
"""

import asyncio
import json
import random
import statistics
import time
from base64 import b64decode, b64encode
from typing import Any
from uuid import uuid4

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connections  # noqa: E402
from pycrdt import Doc, Text  # noqa: E402
from websockets.asyncio.client import ClientConnection, connect  # noqa: E402
from websockets.typing import Origin  # noqa: E402

from accounts.models import User  # noqa: E402
from benchmarks.measuring import line  # noqa: E402
from benchmarks.sockets.serving import memory_of, served  # noqa: E402
from consultations.cowriting.selectors import load_texts  # noqa: E402
from consultations.cowriting.services.writing import open_manuscript_room, start_manuscript  # noqa: E402

SCREENS, STROKES = 20, 40
PACE = (0.15, 0.45)  # seconds between two strokes of a person
PAUSE = 0.12  # seconds a text rests between two messages, as in the browser
HISTORY = 5_000


class Screen:
    """One screen: a copy of the text, what it typed, and when it saw what others typed."""

    def __init__(self, number: int, seen: dict[str, list[float]], typed: dict[str, float]) -> None:
        self.number, self.seen, self.typed = number, seen, typed
        self.doc: Doc = Doc()
        self.text: Text = self.doc.get("text", type=Text)
        self.sent = self.doc.get_state()
        self.acked = asyncio.Event()
        self.due: list[str] = []

    async def live(self, address: str, cookie: str, together: asyncio.Barrier, *, writes: bool) -> None:
        """Type and send, or only hear, until everyone is done."""
        origin = Origin(address.replace("ws:", "http:").split("/direct")[0])
        async with connect(
            address, origin=origin, additional_headers={"Cookie": cookie}, max_size=None
        ) as wire:
            await wire.send(json.dumps({"hello": {"seq": 0}}))
            hearing = asyncio.create_task(self.hear(wire))
            await together.wait()
            await asyncio.sleep(1)
            await asyncio.gather(*((self.type(), self.send(wire)) if writes else ()))
            await together.wait()
            await asyncio.sleep(2)
            hearing.cancel()

    async def type(self) -> None:
        for stroke in range(STROKES):
            mark = f"[{self.number}.{stroke}]"
            self.text.insert(0, mark)
            self.typed[mark] = time.monotonic()
            self.due.append(mark)
            await asyncio.sleep(random.uniform(*PACE))
        self.due.append("")

    async def send(self, wire: ClientConnection) -> None:
        while True:
            while not self.due:
                await asyncio.sleep(0.005)
            over = "" in self.due
            marks, self.due = [mark for mark in self.due if mark], []
            if marks:
                update, self.sent = self.doc.get_update(self.sent), self.doc.get_state()
                data = {"name": "context", "update": encode(update), "known": encode(self.sent)}
                self.acked.clear()
                await wire.send(json.dumps({"id": str(uuid4()), "do": "text.write", "data": data}))
                await asyncio.wait_for(self.acked.wait(), 30)
            if over:
                return
            await asyncio.sleep(PAUSE)

    async def hear(self, wire: ClientConnection) -> None:
        async for message in wire:
            part = json.loads(message)
            for one in part.get("batch", [part]):
                self.take(one)

    def take(self, part: dict[str, Any]) -> None:
        if "ack" in part:
            self.acked.set()
        data = part.get("data", {})
        if "update" not in data:
            assert "refused" not in part, part
            return
        before = str(self.text)
        self.doc.apply_update(b64decode(data["update"]))
        now = time.monotonic()
        for mark in new_marks(before, str(self.text)):
            self.seen.setdefault(mark, []).append(now)


def new_marks(before: str, after: str) -> list[str]:
    """The strokes that were not there."""
    old = set(before.replace("]", "]\n").split("\n"))
    return [
        mark for mark in after.replace("]", "]\n").split("\n") if mark.startswith("[") and mark not in old
    ]


def encode(data: bytes) -> str:
    return b64encode(data).decode()


async def write_together(port: int, path: str, cookies: list[str], writers: int) -> list[float]:
    """Seconds from each stroke of so many writers to each of the other screens."""
    seen: dict[str, list[float]] = {}
    typed: dict[str, float] = {}
    screens = [Screen(number, seen, typed) for number in range(SCREENS)]
    address, together = f"ws://127.0.0.1:{port}{path}", asyncio.Barrier(SCREENS)
    pairs = zip(screens, cookies, strict=True)
    await asyncio.gather(
        *(one.live(address, cookie, together, writes=one.number < writers) for one, cookie in pairs)
    )
    texts = {str(one.text) for one in screens}
    assert len(texts) == 1, f"{len(texts)} different texts"
    return [at - typed[mark] for mark, times in seen.items() for at in times]


def session_cookie(user: User) -> str:
    """What the browser of someone signed in carries."""
    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.save()
    return f"{settings.SESSION_COOKIE_NAME}={store.session_key}"


def prepare() -> tuple[list[str], list[str], str]:
    """Two leaflets to write in, those who have them open, and another with a long history."""
    call_command("migrate", verbosity=0)
    users = [User.objects.create_user(f"{uuid4()}@example.org", "!") for _ in range(SCREENS)]
    new = [start_manuscript(actor=users[0], kind="bench", key=str(uuid4()), texts={}) for _ in range(3)]
    rooms = [open_manuscript_room(manuscript=manuscript, actor=users[0]) for manuscript in new[:2]]
    history: Doc = Doc()
    text: Text = history.get("text", type=Text)
    for turn in range(HISTORY):
        text.insert(random.randint(0, len(text)), "a")
        if turn % 3 == 2:
            del text[0:1]
    new[2].texts.filter(name="context").update(text=str(text), state=history.get_update())
    cookies = [session_cookie(user) for user in users]
    return [f"/direct/{room.pk}/" for room in rooms], cookies, str(new[2].pk)


def opening(manuscript: str) -> float:
    """Milliseconds to read a text of a long history."""
    times = []
    for _ in range(20):
        began = time.perf_counter()
        load_texts(manuscript)
        times.append(time.perf_counter() - began)
    return 1000 * statistics.median(times)


def quantile(times: list[float], place: int) -> float:
    return 1000 * statistics.quantiles(times, n=100, method="inclusive")[place - 1]


def main() -> None:
    """Print the lines of this bench as JSON."""
    paths, cookies, old = prepare()
    load = opening(old)
    connections.close_all()
    lines = []
    with (
        served("config.asgi:application") as (port, pid),
        served("benchmarks.sockets.raw:application") as (bare, _),
    ):
        empty = memory_of(pid)
        for path, writers, limit in zip(paths, (2, SCREENS), (50, None), strict=True):
            raw = asyncio.run(write_together(bare, path, cookies, writers))
            ours = asyncio.run(write_together(port, path, cookies, writers))
            name = f"{writers} writers, {SCREENS} screens on one text: a stroke to another screen"
            lines += [
                line(f"{name}, p50", quantile(ours, 50), quantile(raw, 50), limit=limit),
                line(f"{name}, p99", quantile(ours, 99), quantile(raw, 99)),
            ]
        weight = (memory_of(pid) - empty) / 1e6
    lines += [
        line(f"reading a text of {HISTORY} changes", load, 0, limit=50),
        line(f"memory after {SCREENS} writers", weight, 0, unit="MB"),
    ]
    print(json.dumps(lines))


if __name__ == "__main__":
    main()
