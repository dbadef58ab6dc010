"""What something followed holds, filled by the apps above: a programme its sheets, a council its opinions."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from consultations.lineage.registries import Item
from core.registry import Registry


@dataclass(frozen=True)
class Held:
    """The news of what an object of `kind` holds are its own; `read(key)` gives them, private ones left out or marked."""

    kind: str
    read: Callable[[str], Iterable[Item]]


held_items: Registry[Held] = Registry("what followed things hold")
