"""What upper apps bring to meetings: what proposes itself for an agenda, and what follows from it."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from accounts.models import User
from consultations.councils.models import Council
from consultations.meetings.models import AgendaItem, Decision
from core.registry import Registry


@dataclass(frozen=True)
class Suggestion:
    """Something that asks to be on the next agenda; `key` is its identity among the source's objects."""

    key: str
    title: str
    purpose: str = AgendaItem.Purpose.DEBATE
    explanation: str = ""
    minutes: int = 15
    is_late: bool = False
    is_confidential: bool = False


def nothing_follows(*, item: AgendaItem, actor: User | None) -> None:
    """The source does not care."""


def nothing_decided(*, item: AgendaItem, decision: Decision, actor: User | None) -> None:
    """The source does not care."""


@dataclass(frozen=True)
class AgendaSource:
    """A kind of things that propose themselves. The name it is registered under is the items' `subject_kind`.

    `suggest(council, day)` gives what should come before the council; what is already on a coming agenda is left
    out by the caller. `treated` runs when the item is marked as treated, `decided` when a vote on it closes (also
    when it is not valid: look at `decision.result`), both inside the transaction.
    """

    label: str | Promise
    suggest: Callable[[Council, datetime.date], Sequence[Suggestion]]
    treated: Callable[..., None] = nothing_follows
    decided: Callable[..., None] = nothing_decided


agenda_sources: Registry[AgendaSource] = Registry("what proposes itself for an agenda")
