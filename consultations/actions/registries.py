"""What upper apps, and this one, put among what waits for an action."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from accounts.models import User
from core.registry import Registry


@dataclass(frozen=True)
class WaitingLine:
    """Something said that no action answers: a node of lineage, its words, where to read it."""

    kind: str
    key: str
    title: str
    detail: str = ""
    url: str = ""


@dataclass(frozen=True)
class WaitingSource:
    """A part of the page of what waits, in its order; `empty` is said when nothing waits."""

    label: str | Promise
    empty: str | Promise
    lines: Callable[[User], Sequence[WaitingLine]]
    order: int = 50


waiting_sources: Registry[WaitingSource] = Registry("what waits for an action sheet")
