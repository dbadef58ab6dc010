"""Where a poll may be put: each app registers its places from its `AppConfig.ready()`."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from accounts.permissions import Visitor
from core.registry import Registry
from territories.models import Territory


@dataclass(frozen=True)
class PlaceInfo:
    """One place as polls see it. `is_public` false hides the poll, `is_over` closes it; `url` is its public page."""

    title: str
    url: str = ""
    workspace_url: str = ""
    territory: Territory | None = None
    organisation: str = ""
    contact: str = ""
    is_public: bool = True
    is_over: bool = False
    is_demo: bool = False
    starts_on: datetime.date | None = None
    ends_on: datetime.date | None = None
    erase_on: datetime.date | None = None
    lineage: tuple[str, str] | None = None


@dataclass(frozen=True)
class PollPlace:
    """A kind of place. In a room people vote on the room's own pages, and hands may be counted."""

    label: str | Promise
    find: Callable[[str], PlaceInfo | None]
    may_manage: Callable[[Visitor, str], bool]
    may_follow: Callable[[Visitor, str], bool]
    is_room: bool = False


poll_places: Registry[PollPlace] = Registry("places where a poll may be put")


def place_of(kind: str, key: str) -> PlaceInfo | None:
    """The place, or None when it no longer exists."""
    return poll_places[kind].find(key) if kind in poll_places else None


def is_room(kind: str) -> bool:
    """True for places whose own pages hold the vote."""
    return kind in poll_places and poll_places[kind].is_room
