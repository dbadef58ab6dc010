"""Events between processes, over one Redis channel; what it loses is read again from the log."""

import asyncio
import logging
import threading
from collections.abc import Callable
from functools import cache
from time import monotonic

import redis
import redis.asyncio
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry

from consultations.live.frames import Frame
from core.receipts import keyed_digest

logger = logging.getLogger(__name__)
FIRST_PAUSE, LONGEST_PAUSE = 0.2, 2.0
LISTENING = 1.0  # second between two looks at whether the task was asked to stop
REST_AFTER_FAILURE = 1.0  # seconds without trying: a commit never waits for a Redis that is away
_rest_until = 0.0
_lock = threading.Lock()


def channel() -> str:
    """Ours alone, even on a Redis that others use."""
    return f"diapason.live.{keyed_digest('live.channel', '').hex()[:16]}"


@cache
def _publisher(url: str) -> redis.Redis:
    return redis.Redis.from_url(
        url, socket_timeout=0.2, socket_connect_timeout=0.2, retry=Retry(NoBackoff(), 0)
    )


def publish(frame: Frame) -> None:
    """Tell the other processes, from any thread; silent while Redis is away."""
    global _rest_until
    if not settings.REDIS_URL or monotonic() < _rest_until:
        return
    try:
        _publisher(settings.REDIS_URL).publish(channel(), frame.to_wire())
    except (redis.RedisError, OSError) as error:
        with _lock:
            _rest_until = monotonic() + REST_AFTER_FAILURE
        logger.warning("Redis is away, rooms are read from their log: %s", type(error).__name__)


def is_cancelled() -> bool:
    """True when the running task was asked to stop, even if something swallowed the exception."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


async def listen(receive: Callable[[Frame], None], on_connected: Callable[[], None]) -> None:
    """Receive what others publish until cancelled; calls `on_connected` each time it starts again.

    A cancellation may be lost on the way: closing a connection fails while it passes and takes its place, or what
    was awaited ends at the same moment (`asyncio.wait_for`, cpython issue 86296). So it is asked for, every second.
    """
    pause = FIRST_PAUSE
    while not is_cancelled():
        try:
            client = redis.asyncio.Redis.from_url(
                settings.REDIS_URL,
                socket_connect_timeout=2,
                health_check_interval=10,
                retry=redis.asyncio.retry.Retry(NoBackoff(), 0),
            )
            async with client, client.pubsub(ignore_subscribe_messages=True) as subscription:
                await subscription.subscribe(channel())
                on_connected()
                pause = FIRST_PAUSE
                while not is_cancelled():
                    message = await subscription.get_message(timeout=LISTENING)
                    if message is not None:
                        receive(Frame.from_wire(message["data"]))
        except (redis.RedisError, OSError) as error:
            logger.warning("Lost Redis: %s; trying again", type(error).__name__)
        except Exception:
            logger.exception("What came from Redis was not understood; rooms are read from their log")
        if not is_cancelled():
            await asyncio.sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE)
