"""The site map of search engines: published pages and their translations, in one query."""

import datetime
from collections import defaultdict
from dataclasses import dataclass

from django.http import HttpRequest
from wagtail.models import Page


@dataclass(frozen=True)
class SitemapEntry:
    """One address; `alternates` pairs languages with addresses and includes the page itself."""

    url: str
    changed_on: datetime.date | None
    alternates: tuple[tuple[str, str], ...]


def sitemap_entries(request: HttpRequest) -> list[SitemapEntry]:
    """Absolute addresses; a page that is only in one language has no alternate."""
    pages = Page.objects.live().public().filter(depth__gte=2).select_related("locale").order_by("path")
    located = [(page, page.get_full_url(request)) for page in pages]
    groups: dict[object, list[tuple[str, str]]] = defaultdict(list)
    for page, url in located:
        if url:
            groups[page.translation_key].append((page.locale.language_code, url))
    return [_entry(page, url, groups[page.translation_key]) for page, url in located if url]


def _entry(page: Page, url: str, group: list[tuple[str, str]]) -> SitemapEntry:
    changed = page.last_published_at.date() if page.last_published_at else None
    return SitemapEntry(url, changed, tuple(group) if len(group) > 1 else ())
