"""Events between processes: the listener stops when asked, whatever closing its connection does."""

import asyncio
from typing import Any

import pytest
import redis
import redis.asyncio

from consultations.live.hub import relay


class FailsToClose:
    """A connection that listens for ever and cannot be closed properly."""

    async def __aenter__(self) -> "FailsToClose":
        return self

    async def __aexit__(self, *_error: object) -> None:
        raise redis.ConnectionError("gone while closing")

    def pubsub(self, **_options: Any) -> "FailsToClose":
        return self

    async def subscribe(self, _channel: str) -> None:
        return

    async def listen(self) -> Any:
        await asyncio.get_running_loop().create_future()
        yield {}


def test_listener_stops_even_when_closing_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redis.asyncio.Redis, "from_url", lambda *_args, **_options: FailsToClose())

    async def story() -> set[asyncio.Task[None]]:
        connected = asyncio.Event()
        listening = asyncio.create_task(relay.listen(lambda frame: None, connected.set))
        await connected.wait()
        listening.cancel()
        _done, waiting = await asyncio.wait({listening}, timeout=5)
        for task in waiting:
            task.cancel()
        return waiting

    assert asyncio.run(story()) == set()
