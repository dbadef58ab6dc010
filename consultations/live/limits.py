"""How much one connection may ask."""

from dataclasses import dataclass, field
from time import monotonic


@dataclass
class Bucket:
    """Lets `burst` messages through at once, then `rate` a second."""

    rate: float = 10.0
    burst: float = 40.0
    left: float = field(default=0.0, init=False)
    at: float = field(default_factory=monotonic, init=False)

    def __post_init__(self) -> None:
        self.left = self.burst

    def take(self) -> bool:
        """True when one more message may pass."""
        now = monotonic()
        self.left = min(self.burst, self.left + (now - self.at) * self.rate)
        self.at = now
        if self.left < 1:
            return False
        self.left -= 1
        return True
