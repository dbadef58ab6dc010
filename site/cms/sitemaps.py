"""The site map of search engines: published pages with their translations, and what the apps below show."""

import datetime
from collections import defaultdict
from dataclasses import dataclass

from django.http import HttpRequest
from wagtail.models import Page

from core.content import public_addresses


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
    entries = [_entry(page, url, groups[page.translation_key]) for page, url in located if url]
    shown = (one for source in public_addresses for one in source())
    return entries + [SitemapEntry(request.build_absolute_uri(one.path), one.changed_on, ()) for one in shown]


def _entry(page: Page, url: str, group: list[tuple[str, str]]) -> SitemapEntry:
    changed = page.last_published_at.date() if page.last_published_at else None
    return SitemapEntry(url, changed, tuple(group) if len(group) > 1 else ())
