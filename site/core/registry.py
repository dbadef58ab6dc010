"""The one inversion allowed: a lower app declares a registry, upper apps fill it from `ready()`."""

from collections.abc import Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class Registry(Generic[T]):
    """Named entries in order of registration; a name is registered once."""

    def __init__(self, purpose: str) -> None:
        self.purpose = purpose
        self._entries: dict[str, T] = {}

    def register(self, name: str, entry: T) -> T:
        """Add `entry`; raises ValueError when the name is taken by another entry."""
        if self._entries.setdefault(name, entry) is not entry:
            raise ValueError(f"{self.purpose}: {name!r} is already registered")
        return entry

    def __getitem__(self, name: str) -> T:
        return self._entries[name]

    def __contains__(self, name: object) -> bool:
        return name in self._entries

    def __iter__(self) -> Iterator[T]:
        return iter(self._entries.values())

    def items(self) -> Iterator[tuple[str, T]]:
        """Names and entries, in order of registration."""
        return iter(self._entries.items())
