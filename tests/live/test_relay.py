"""Between processes: a frame arrives as it left, and a Redis that is away costs nothing but time."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Self
from uuid import uuid4

import pytest
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from consultations.live.frames import Frame
from consultations.live.hub import relay
from consultations.live.limits import Bucket
from tests.environment import free_port

FRAME = Frame(uuid4(), 7, "said", "all", "{}")


@given(
    st.integers(1, 2**53),
    st.sampled_from(["all", f"participant:{uuid4()}"]),
    st.text(st.characters(exclude_categories=["Cs"])),
)
def test_frame_arrives_as_it_left(seq: int, audience: str, text: str) -> None:
    frame = Frame(uuid4(), seq, "card.added", audience, text)
    assert Frame.from_wire(frame.to_wire()) == frame


@pytest.mark.parametrize("message", [b"", b"noise", b"a b c d\ntext", b"\xff\n"])
def test_noise_is_not_a_frame(message: bytes) -> None:
    with pytest.raises(ValueError):
        Frame.from_wire(message)


def test_redis_that_is_away_neither_fails_nor_slows_a_commit(caplog: pytest.LogCaptureFixture) -> None:
    with override_settings(REDIS_URL=f"redis://127.0.0.1:{free_port()}/0"):
        relay.publish(FRAME)
        started = time.monotonic()
        for _turn in range(100):
            relay.publish(FRAME)
        assert time.monotonic() - started < 0.5
    assert "Redis is away" in caplog.text
    relay._rest_until = 0.0


class LosesCancellations:
    """A Redis whose writes end at the very moment they are cancelled, as `asyncio.wait_for` lets happen."""

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_error: object) -> None:
        return None

    def pubsub(self, **_options: object) -> Self:
        return self

    async def subscribe(self, _channel: str) -> None:
        with suppress(asyncio.CancelledError):
            await asyncio.sleep(60)

    async def get_message(self, *, timeout: float) -> None:
        await asyncio.sleep(timeout / 100)

    async def listen(self) -> AsyncIterator[None]:
        await asyncio.sleep(60)
        yield


def test_listening_ends_when_asked_even_if_the_cancellation_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        relay.redis.asyncio.Redis, "from_url", lambda *_args, **_options: LosesCancellations()
    )

    async def story() -> bool:
        listening = asyncio.create_task(relay.listen(lambda frame: None, lambda: None))
        await asyncio.sleep(0.01)
        listening.cancel()
        await asyncio.wait({listening}, timeout=2)
        return listening.done()

    assert asyncio.run(story())


def test_messages_pass_in_a_burst_then_at_a_rate() -> None:
    bucket = Bucket(rate=2, burst=3)
    assert [bucket.take() for _turn in range(4)] == [True, True, True, False]
    bucket.at -= 0.5
    assert bucket.take() and not bucket.take()
