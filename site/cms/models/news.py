"""News, latest first, with a feed."""

from typing import Any, Self

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet

from cms.models.base import SitePage

PAGE_SIZE = 10


class NewsQuerySet(PageQuerySet):
    def latest_first(self) -> Self:
        """Published ones, by their date."""
        return self.live().public().order_by("-published_on", "-pk")


class NewsIndexPage(SitePage):
    """The list of news; the address of its feed is on the page and in its head."""

    template = "cms/news_index_page.html"
    subpage_types = ["cms.NewsPage"]

    class Meta:
        verbose_name = _("list of news")
        verbose_name_plural = _("lists of news")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        news = NewsPage.objects.child_of(self).latest_first().defer_streamfields()
        return context | {"news": Paginator(news, PAGE_SIZE).get_page(request.GET.get("page"))}


class NewsPage(SitePage):
    """One piece of news."""

    published_on = models.DateField(_("date"), default=timezone.localdate)

    objects = PageManager.from_queryset(NewsQuerySet)()

    template = "cms/news_page.html"
    parent_page_types = ["cms.NewsIndexPage"]
    subpage_types: list[str] = []
    content_panels = [*Page.content_panels, FieldPanel("published_on"), *SitePage.content_panels[1:]]

    class Meta:
        verbose_name = _("news")
        verbose_name_plural = _("news")
