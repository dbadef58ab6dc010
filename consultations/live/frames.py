"""An event ready to be sent: encoded once, whatever the number of clients."""

from dataclasses import dataclass
from typing import Self
from uuid import UUID

from consultations.live.models import Event
from consultations.live.protocol import Happened


@dataclass(frozen=True, slots=True)
class Frame:
    """An event's place, its audience, and the text every client of this audience receives."""

    room_id: UUID
    seq: int
    kind: str
    audience: str
    text: str

    @classmethod
    def of(cls, event: Event) -> Self:
        happened = Happened.model_construct(event=event.kind, data=event.payload, seq=event.seq)
        return cls(event.room_id, event.seq, event.kind, event.audience, happened.model_dump_json())

    def to_wire(self) -> bytes:
        """For another process: a heading that is read without parsing the text."""
        return f"{self.room_id} {self.seq} {self.kind} {self.audience}\n{self.text}".encode()

    @classmethod
    def from_wire(cls, message: bytes) -> Self:
        """Raises ValueError on anything else than `to_wire` gave."""
        heading, text = message.decode().split("\n", 1)
        room_id, seq, kind, audience = heading.split(" ")
        return cls(UUID(room_id), int(seq), kind, audience, text)
