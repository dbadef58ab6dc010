"""What the apps below the pages offer to them: embedded content and search sources.

Pages sit above every app; an app that wants to be shown in a page or found by the search registers here
from its `AppConfig.ready()` and never imports the pages.
"""

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.functional import Promise

from core.registry import Registry

Label = str | Promise


@dataclass(frozen=True)
class ContentBlock:
    """Something an editor may put in a page: `choices` lists (reference, label), `render` draws one.

    `render` returns safe HTML, and a helpful sentence rather than an error when the reference is gone.
    """

    label: Label
    choices: Callable[[], Sequence[tuple[str, str]]]
    render: Callable[[str, HttpRequest | None], str]


@dataclass(frozen=True)
class SearchHit:
    """One result: plain text everywhere, `url` on this site.

    `excerpt` sums it up; `text` is everything it says, of which the search shows what surrounds the words found.
    """

    title: str
    url: str
    kind: Label
    excerpt: str = ""
    score: float = 0.0
    text: str = ""


@dataclass(frozen=True)
class SearchSource:
    """Something the site's search looks through: `find(words, limit)` returns hits, best first."""

    label: Label
    find: Callable[[str, int], Sequence[SearchHit]]


@dataclass(frozen=True)
class PublicAddress:
    """A page anyone may read, for search engines: its path, and the day its words last changed."""

    path: str
    changed_on: datetime.date | None = None


content_blocks: Registry[ContentBlock] = Registry("content of pages")
search_sources: Registry[SearchSource] = Registry("sources of the search")
public_addresses: Registry[Callable[[], Iterable[PublicAddress]]] = Registry("addresses of the site map")
