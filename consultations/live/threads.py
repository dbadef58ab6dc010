"""Database work of the sockets: a few long-lived threads, each with its connection, none of it on the loop."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from functools import cache, partial
from threading import Lock
from typing import Any, TypeVar
from uuid import UUID

from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import close_old_connections, connection

T = TypeVar("T")
_turn = Lock()
_room_turns = [Lock() for _room in range(64)]


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(settings.LIVE_THREADS, thread_name_prefix="live")


async def in_thread(work: Callable[..., T], *arguments: Any, **named: Any) -> T:
    """Do `work` in one of the threads; in the caller's database thread when settings give none (tests)."""
    bound = partial(work, *arguments, **named)
    if not settings.LIVE_THREADS:
        return await sync_to_async(bound, thread_sensitive=True)()
    return await asyncio.get_running_loop().run_in_executor(_pool(), _with_connection, bound)


def _with_connection(work: Callable[[], T]) -> T:
    close_old_connections()
    try:
        return work()
    finally:
        close_old_connections()


def one_writer(room_id: UUID | None = None) -> AbstractContextManager[Any]:
    """Writers of this process queue here, those of a room or, on SQLite, all of them.

    SQLite's own queue sleeps up to a tenth of a second; PostgreSQL's would let the next writer begin before this
    process has kept what the last one left (`cowriting.open_texts`). Rooms share the turns: one waits for another
    now and then.
    """
    if connection.in_atomic_block:
        return nullcontext()
    if connection.vendor == "sqlite":
        return _turn
    return nullcontext() if room_id is None else _room_turns[room_id.int % len(_room_turns)]
