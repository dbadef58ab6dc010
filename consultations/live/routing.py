"""Addresses of the sockets."""

from typing import Any

from channels.routing import URLRouter
from django.urls import path, re_path

from consultations.live.consumers import room_socket


async def no_room(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Any other address: nothing there."""
    await receive()
    await send({"type": "websocket.close"})


# Channels gives these functions a scope where Django would give them a request.
router = URLRouter([path("direct/<uuid:room_id>/", room_socket), re_path(r"", no_room)])  # type: ignore[arg-type]
