"""The demo data, in the order it is loaded; each step is a module of this package with `load()`."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
STEPS = ("places", "people", "pages", "voices", "figures")


@dataclass(frozen=True)
class Step:
    """One module of demo data, and the stamp of everything it is made from."""

    name: str
    stamp: str
    load: Callable[[], None]


def steps() -> list[Step]:
    """The steps that exist, each stamped with its own files and the steps before it."""
    digest, found = hashlib.sha256(), []
    for name in STEPS:
        if find_spec(f"demo.{name}") is None:
            continue
        for source in sorted([*FOLDER.glob(f"{name}*.py"), *FOLDER.glob(f"data/{name}*")]):
            digest.update(source.read_bytes())
        found.append(Step(name, digest.hexdigest(), import_module(f"demo.{name}").load))
    return found
