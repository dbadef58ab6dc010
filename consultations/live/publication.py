"""From a committed event to the sockets: this process's hub and the other processes are told, from any thread."""

import logging
from collections.abc import Callable

from django.conf import settings

from consultations.live.frames import Frame
from consultations.live.hub import relay
from consultations.live.models import Event

logger = logging.getLogger(__name__)
listeners: list[Callable[[Frame], None]] = []


def announce(event: Event) -> None:
    """Never fails, since the event is committed: who is not told reads the log a second later."""
    if not listeners and not settings.REDIS_URL:
        return
    try:
        frame = Frame.of(event)
        relay.publish(
            frame
        )  # first: once this loop is busy with its own clients, this thread waits for its turn
        for listen in list(listeners):
            listen(frame)
    except Exception:
        logger.exception("An event was not announced; the log will be read again")
