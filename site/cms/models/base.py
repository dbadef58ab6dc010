"""What every page of the site has: a summary, a stream of blocks, an easy-read version."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from cms import lookups
from cms.blocks.stream import ContentStreamBlock


class SitePage(Page):
    """Base of all page types; the summary is Wagtail's `search_description` (decision 0001)."""

    easy_read = models.TextField(
        _("easy-read text"),
        blank=True,
        max_length=2000,
        help_text=_("Short sentences, one idea each, no number above ten, no foreign word."),
    )
    body = StreamField(ContentStreamBlock(), verbose_name=_("content"), blank=True)

    template = "cms/article_page.html"
    content_panels = [
        *Page.content_panels,
        FieldPanel(
            "search_description",
            heading=_("Summary"),
            help_text=_("One or two sentences, shown under the title, in lists and in search results."),
        ),
        FieldPanel("body"),
        FieldPanel("easy_read"),
    ]
    promote_panels = [
        MultiFieldPanel(
            [FieldPanel("slug"), FieldPanel("seo_title")], heading=_("Address and search engines")
        )
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("search_description", boost=2),
        index.SearchField("body"),
        index.SearchField("easy_read"),
    ]

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Everything the template shows, in a number of queries that does not depend on the content."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        ancestors = self.get_ancestors().live().filter(depth__gte=2).order_by("path")
        return context | {
            "references": lookups.referenced(self.body),
            "has_figures": any(block.block_type in {"chart", "map"} for block in self.body),
            "ancestors": [] if self.depth <= 2 else list(ancestors),
        }

    @property
    def summary(self) -> str:
        return self.search_description


def children_of(page: Page) -> list[Page]:
    """Published children in the order of the tree, read from the base table alone: one query."""
    return list(page.get_children().live().public().order_by("path"))
