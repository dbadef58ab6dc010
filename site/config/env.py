"""The only reader of the environment: every variable, its default, and what it is for.

`docs/configuration.md` lists the same variables; a test compares the two.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

T = TypeVar("T")
ROOT = Path(__file__).resolve().parents[2]
LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]", "::1"})


@dataclass(frozen=True)
class Variable:
    """One environment variable: its name, what happens without it, and what it is for."""

    name: str
    default: str | None
    purpose: str


VARIABLES: dict[str, Variable] = {}


def read(name: str, default: str | None, purpose: str) -> str:
    """The value of `name`; raises ImproperlyConfigured when it is required and absent."""
    VARIABLES[name] = Variable(name, default, purpose)
    value = os.environ.get(name) or default
    if value is None:
        raise ImproperlyConfigured(f"Set the environment variable {name}: {purpose}")
    return value


def read_flag(name: str, default: bool, purpose: str) -> bool:
    """True for 1, true, yes or on, in any case."""
    return read(name, "1" if default else "0", purpose).lower() in {"1", "true", "yes", "on"}


def read_with(name: str, default: str, purpose: str, parse: Callable[[str], T]) -> T:
    """The parsed value of `name`; a value that cannot be parsed names the variable."""
    raw = read(name, default, purpose)
    try:
        return parse(raw)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}={raw!r} is not valid: {error}") from error


def is_loopback(url: str) -> bool:
    """True when the address can only be reached from this machine."""
    return (urlsplit(url).hostname or "") in LOOPBACK
