"""Where a poll may be put: each app registers its places from its `AppConfig.ready()`.

The contract, held by `tests/polls/test_places.py` with a place made for the test: whoever registers a place gets
its drafts, votes, results, retention, lists and permissions; it only shows `panels.place_context` on its pages.
"""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from accounts.permissions import Visitor
from core.registry import Registry
from territories.models import Territory


@dataclass(frozen=True)
class PlaceInfo:
    """One place as polls see it, read anew at each request.

    `is_public` false hides the poll and `is_over` closes it; `url` is its public page, `workspace_url` where it is
    prepared. `starts_on` and `ends_on` bound the poll's own days, last one included. `erase_on` is the first day
    ballots are no longer kept (a year after closing without it). Without `territory` results are on the
    poll's own page only: no release, no figure in the observatory. `lineage` is the place's node, when receipts should lead to it.
    """

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


def no_keys(user: Visitor) -> Iterable[str]:
    """For places whose polls are found from their own pages only."""
    return ()


@dataclass(frozen=True)
class PollPlace:
    """A kind of place. `find` answers None for a key that names nothing, whatever its form.

    `may_manage` prepares, opens and closes; `may_follow` reads where it stands. In a room people vote on the
    room's own pages, and hands may be counted. A place that is not listed is found from its own pages: neither
    editors' blocks nor the site map name its polls. `keys_of` are the places whose polls a person finds in
    the workspace's list.
    """

    label: str | Promise
    find: Callable[[str], PlaceInfo | None]
    may_manage: Callable[[Visitor, str], bool]
    may_follow: Callable[[Visitor, str], bool]
    is_room: bool = False
    is_listed: bool = True
    keys_of: Callable[[Visitor], Iterable[str]] = no_keys


poll_places: Registry[PollPlace] = Registry("places where a poll may be put")


def place_of(kind: str, key: str) -> PlaceInfo | None:
    """The place, or None when it no longer exists."""
    return poll_places[kind].find(key) if kind in poll_places else None


def is_room(kind: str) -> bool:
    """True for places whose own pages hold the vote."""
    return kind in poll_places and poll_places[kind].is_room


def unlisted_kinds() -> list[str]:
    """The places whose polls are found from their own pages only."""
    return [kind for kind, place in poll_places.items() if place.is_room or not place.is_listed]
