"""From a committed event to the sockets: whoever listens in this process is told, from any thread."""

import logging
from collections.abc import Callable

from consultations.live.models import Event

logger = logging.getLogger(__name__)
Listener = Callable[[Event], None]
listeners: list[Listener] = []


def announce(event: Event) -> None:
    """Tell the hub of this process and the other processes. What is lost here is read again from the log."""
    for listen in list(listeners):
        try:
            listen(event)
        except Exception:
            logger.exception("An event was not announced; the log will be read again")
