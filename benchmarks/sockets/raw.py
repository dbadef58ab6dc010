"""The least an ASGI server can do: what one client sends goes to all, nothing is kept or checked."""

import time
from typing import Any

clients: set[Any] = set()


async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """A set of sends; the sender is told when the broadcast began."""
    if scope["type"] != "websocket":
        return
    await receive()
    await send({"type": "websocket.accept"})
    clients.add(send)
    try:
        while (message := await receive())["type"] == "websocket.receive":
            began = time.monotonic()
            for other in list(clients):
                await other({"type": "websocket.send", "text": message["text"]})
            await send({"type": "websocket.send", "text": f'{{"ack":1,"result":{{"at":{began}}}}}'})
    finally:
        clients.discard(send)
