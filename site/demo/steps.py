"""The demo data, in the order it is loaded; each step is a module of this package with `load()`.

A module may name in `SHIPPED` the folders and files it loads from outside this package.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
STEPS = (
    "places",
    "people",
    "pages",
    "directory",
    "orientation",
    "voices",
    "polls",
    "figures",
    "signals",
    "workshops",
    "syntheses",
    "actions",
    "threads",
    "announced",
    "councils",
    "meetings",
    "elections",
    "opinions",
    "federation",
)


@dataclass(frozen=True)
class Step:
    """One module of demo data, and the stamp of everything it is made from."""

    name: str
    stamp: str
    load: Callable[[], None]


def steps() -> list[Step]:
    """The steps that exist, each stamped with all the files it is made from and the steps before it."""
    digest, found = hashlib.sha256(), []
    for name in STEPS:
        if find_spec(f"demo.{name}") is None:
            continue
        module = import_module(f"demo.{name}")
        for source in sources(name, getattr(module, "SHIPPED", ())):
            digest.update(source.name.encode() + b"\0" + source.read_bytes())
        found.append(Step(name, digest.hexdigest(), module.load))
    return found


def sources(name: str, shipped: Iterable[Path]) -> list[Path]:
    """The files a step is made from: its own code and data, then what it loads from elsewhere."""
    own = [*FOLDER.glob(f"{name}*.py"), *FOLDER.glob(f"data/{name}*")]
    outside = [file for each in shipped for file in (each.rglob("*") if each.is_dir() else [each])]
    return [*sorted(own), *sorted(file for file in outside if file.is_file())]
