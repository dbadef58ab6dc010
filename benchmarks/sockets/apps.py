"""A room where one number is said to everyone: the least an event can be."""

import time
from typing import Any
from uuid import UUID

from django.apps import AppConfig
from django.db import transaction


class SocketsConfig(AppConfig):
    name = "benchmarks.sockets"

    def ready(self) -> None:
        from consultations.live.registries import room_kinds  # noqa: PLC0415 - needs models

        room_kinds.register("bench", bench_kind())
        register_manuscript()


def bench_kind() -> Any:
    from pydantic import BaseModel  # noqa: PLC0415

    from consultations.live.registries import Role, RoomKind, Verb  # noqa: PLC0415
    from consultations.live.services import append_event  # noqa: PLC0415

    class Number(BaseModel):
        n: int
        pad: str

    def say(*, room: Any, viewer: Any, message: Number, client_uuid: UUID) -> dict[str, Any]:
        """The acknowledgement carries when the transaction was committed, on this machine's clock."""
        result: dict[str, Any] = {}
        transaction.on_commit(lambda: result.update(at=time.monotonic()))
        append_event(room=room, kind="said", payload=message.model_dump(), client_uuid=client_uuid)
        return result

    return RoomKind(
        key="bench",
        verbs={"say": Verb(Number, frozenset({Role.PARTICIPANT}), say)},
        snapshot=lambda room, viewer: {"stage": 1},
        view_of=lambda user, room: None,
        events={"said": Number},
    )


def register_manuscript() -> None:
    """A text anyone signed in may write."""
    from consultations.cowriting.registries import ManuscriptKind, TextField, manuscript_kinds  # noqa: PLC0415

    kind = ManuscriptKind(
        key="bench",
        label="bench",
        fields=(TextField("context", "Context", most=100_000),),
        may=lambda user, verb, key, name: user is not None and user.is_authenticated,
        title=lambda key: key,
        url=lambda key: "/",
    )
    manuscript_kinds.register("bench", kind)
