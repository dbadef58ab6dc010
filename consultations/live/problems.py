"""What a room answers when it will not do what was asked: a stable code, and words for people."""

from consultations.live.models import Event


class Refused(Exception):
    """Nothing was done. `code` is part of the protocol; `message` is shown to the sender alone."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        self.message = str(message)
        super().__init__(f"{code}: {self.message}")


class AlreadyDone(Exception):
    """The same message was already performed; `event` is what it did."""

    def __init__(self, event: Event) -> None:
        self.event = event
        super().__init__(str(event.client_uuid))
