"""A room's events as this process receives them, put back in order whatever way they came."""

from collections import Counter
from uuid import UUID

from consultations.live.frames import Frame
from consultations.live.hub.client import Client

MOST_PENDING = 5_000


class Feed:
    """Hands each event of a room to its clients once, in order; one that is missing holds the next ones back."""

    def __init__(self, room_id: UUID) -> None:
        self.room_id = room_id
        self.clients: dict[Client, None] = {}
        self.senders: Counter[str] = Counter()
        self.seq: int | None = None  # unknown until a first client was brought up to date
        self.pending: dict[int, Frame] = {}
        self.is_reading = False

    def add(self, client: Client) -> None:
        """A connection more."""
        self.clients[client] = None
        self.senders[client.viewer.sender] += 1

    def remove(self, client: Client) -> bool:
        """A connection less; False when it was not there."""
        if client not in self.clients:
            return False
        del self.clients[client]
        self.senders[client.viewer.sender] -= 1
        return True

    @property
    def has_gap(self) -> bool:
        """True when an event is here before the ones that precede it."""
        return self.seq is not None and bool(self.pending)

    def start(self, seq: int) -> None:
        """The place from which events count, read by the first client; later ones change nothing."""
        if self.seq is None:
            self.seq = seq
            self._advance()

    def take(self, frame: Frame) -> list[Frame]:
        """Receive an event from anywhere, any number of times; gives those it let through."""
        if self.seq is not None and frame.seq <= self.seq:
            return []
        if len(self.pending) < MOST_PENDING:  # beyond, the log is read again
            self.pending[frame.seq] = frame
        return self._advance()

    def _advance(self) -> list[Frame]:
        through: list[Frame] = []
        if self.seq is None:
            return through
        while (frame := self.pending.pop(self.seq + 1, None)) is not None:
            self.seq = frame.seq
            through.append(frame)
            for client in list(self.clients):
                client.give(frame)
        if self.pending and through:
            self.pending = {seq: frame for seq, frame in self.pending.items() if seq > self.seq}
        return through
