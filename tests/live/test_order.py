"""Whatever is lost, late, repeated or cut, each client hears the same events in the same order."""

import asyncio
import json
from contextlib import suppress
from typing import Any
from uuid import UUID, uuid4

from hypothesis import given, settings
from hypothesis import strategies as st

from consultations.live.frames import Frame
from consultations.live.hub.client import Client
from consultations.live.hub.feed import Feed
from consultations.live.models import Participant
from consultations.live.registries import Role, Viewer

ROOM = uuid4()
PEOPLE = [Viewer(Role.PARTICIPANT, Participant(id=UUID(int=number))) for number in (1, 2)]
VIEWERS = [*PEOPLE, Viewer(Role.FACILITATOR), Viewer(Role.PROJECTOR)]
AUDIENCES = ["all", "all", "facilitators", "projector", f"participant:{UUID(int=1)}", "nobody"]
FEW = 3
INDEX = st.integers(0, 30)
STEPS = st.one_of(
    st.tuples(st.just("write"), st.sampled_from(AUDIENCES)),
    st.tuples(st.sampled_from(["deliver", "lose", "repeat"]), INDEX),
    st.tuples(st.sampled_from(["enter", "hello", "cut"]), st.integers(0, len(VIEWERS) - 1)),
    st.tuples(st.sampled_from(["read", "rest"]), st.none()),
)


class Device:
    """What a client that trusts the server blindly keeps across its connections: the last place, and what it knows."""

    def __init__(self, viewer: Viewer) -> None:
        self.viewer, self.seq, self.known = viewer, 0, list[int]()
        self.client: Client | None = None

    async def receive(self, message: dict[str, Any]) -> None:
        document = json.loads(message["text"])
        for part in document.get("batch", [document]):
            if "snapshot" in part:
                self.known, self.seq = part["snapshot"], part["seq"]
            else:
                self.known.append(part["seq"])
                self.seq = part["seq"]


class World:
    """A room's log, what is in transit, and devices that come and go."""

    def __init__(self) -> None:
        self.log: list[Frame] = []
        self.transit: list[Frame] = []
        self.feed = Feed(ROOM)
        self.devices = [Device(viewer) for viewer in VIEWERS]

    def write(self, audience: str) -> None:
        seq = len(self.log) + 1
        text = json.dumps({"event": "said", "data": {}, "seq": seq})
        self.log.append(Frame(ROOM, seq, "said", audience, text))
        self.transit.append(self.log[-1])

    def deliver(self, index: int) -> None:
        if self.transit:
            self.feed.take(self.transit.pop(index % len(self.transit)))

    def lose(self, index: int) -> None:
        if self.transit:
            self.transit.pop(index % len(self.transit))

    def repeat(self, index: int) -> None:
        if self.log:
            self.feed.take(self.log[index % len(self.log)])

    def read(self, _nothing: None = None) -> None:
        if self.feed.seq is not None:
            for frame in self.log[self.feed.seq :]:
                self.feed.take(frame)

    def enter(self, place: int) -> None:
        device = self.devices[place]
        if device.client is None:
            device.client = Client(device.receive, room_id=ROOM, viewer=device.viewer)
            self.feed.add(device.client)

    def hello(self, place: int) -> None:
        """As the consumer does: what was missed when it is little, else a snapshot."""
        device = self.devices[place]
        if device.client is None or device.client.held is None:
            return
        reached = len(self.log)
        missed = [f for f in self.log[device.seq :] if f.audience in device.client.audiences]
        texts = [frame.text for frame in missed]
        if len(missed) > FEW:
            texts = [json.dumps({"snapshot": self.heard_by(device.client), "seq": reached})]
        self.feed.start(reached)
        device.client.resume(reached, texts)

    def cut(self, place: int) -> None:
        device = self.devices[place]
        if device.client is not None:
            self.feed.remove(device.client)
            device.client.writer.cancel()
            device.client.ended.cancel()
            device.client = None

    def heard_by(self, client: Client) -> list[int]:
        return [frame.seq for frame in self.log if frame.audience in client.audiences]

    async def rest(self, _nothing: None = None) -> None:
        for _turn in range(5):
            await asyncio.sleep(0)

    async def end(self) -> None:
        """Everyone comes back, the log is read: all know all that is for them."""
        await self.rest()
        for place in range(len(self.devices)):
            self.enter(place)
            self.hello(place)
        self.read()
        await self.rest()
        for device in self.devices:
            assert device.client is not None
            assert device.known == self.heard_by(device.client)
        for place, device in enumerate(self.devices):
            writer = device.client.writer if device.client else None
            self.cut(place)
            with suppress(asyncio.CancelledError):
                await writer  # type: ignore[misc]


@settings(max_examples=200)
@given(st.lists(STEPS, max_size=60))
def test_any_interleaving_gives_each_client_the_same_order(steps: list[tuple[str, Any]]) -> None:
    async def play() -> None:
        world = World()
        for name, argument in steps:
            done = getattr(world, name)(argument)
            if done is not None:
                await done
        await world.end()

    asyncio.run(play())
