"""A feed (Atom) of what becomes of something public, for those who read feeds."""

import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from consultations.following.selectors import News, followed_item, news_of
from consultations.lineage.registries import Item

FOR = datetime.timedelta(days=366)


class NewsFeed(Feed):
    """What moved in a year, newest first."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, kind: str, key: str) -> tuple[str, str, Item]:
        item = followed_item(kind, key)
        if item is None:
            raise Http404
        return kind, key, item

    def title(self, obj: tuple[str, str, Item]) -> str:
        return _("News: %(title)s") % {"title": obj[2].title}

    def link(self, obj: tuple[str, str, Item]) -> str:
        return obj[2].url

    def items(self, obj: tuple[str, str, Item]) -> list[News]:
        today = timezone.localdate()
        return news_of(obj[0], obj[1], after=today - FOR, until=today)[::-1]

    def item_title(self, item: Any) -> str:
        return f"{item.label} – {item.title}"

    def item_description(self, item: Any) -> str:
        return str(item.label)

    def item_link(self, item: Any) -> str:
        return item.url or "/"

    def item_guid(self, item: Any) -> str:
        return f"{item.day:%Y-%m-%d} {item.label} {item.title}"

    item_guid_is_permalink = False

    def item_pubdate(self, item: Any) -> datetime.datetime:
        return timezone.make_aware(datetime.datetime.combine(item.day, datetime.time(12)))
