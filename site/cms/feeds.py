"""The news as an Atom feed, one per language."""

import datetime

from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from cms import selectors
from cms.models import NewsPage

NEWEST = 20


class NewsFeed(Feed):
    """Title, summary and address of the latest news."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest) -> selectors.Identity:
        return selectors.identity(request)

    def title(self, identity: selectors.Identity) -> str:
        return _("News of %(name)s") % {"name": identity.name}

    def subtitle(self, identity: selectors.Identity) -> str:
        return identity.baseline

    def link(self) -> str:
        return selectors.home_url(selectors.language())

    def items(self) -> QuerySet[NewsPage]:
        return NewsPage.objects.latest_first().filter(locale=selectors.locale()).defer_streamfields()[:NEWEST]

    def item_title(self, item: NewsPage) -> str:
        return item.title

    def item_description(self, item: NewsPage) -> str:
        return item.summary

    def item_link(self, item: NewsPage) -> str:
        return item.url or "/"

    def item_pubdate(self, item: NewsPage) -> datetime.datetime:
        noon = datetime.time(12)
        return timezone.make_aware(datetime.datetime.combine(item.published_on, noon))

    def item_updateddate(self, item: NewsPage) -> datetime.datetime:
        return item.last_published_at or self.item_pubdate(item)
