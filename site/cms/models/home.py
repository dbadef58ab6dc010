"""The home page: three doors, one thread, one figure on the map, what moves and what waits."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from cms import lookups
from cms.blocks.stream import ProgressStreamBlock
from cms.models.base import SitePage
from cms.models.fields import ConsultationSlugField, IndicatorCodeField
from observatory.portal.cards import MAP


class HomePage(SitePage):
    """One per language, at the root of its tree."""

    headline = models.CharField(
        _("headline"), max_length=120, help_text=_("A sentence a neighbour would say.")
    )
    lead = models.TextField(_("introduction"), max_length=400)
    opinion_text = models.CharField(
        _("give my opinion"),
        max_length=160,
        blank=True,
        help_text=_("Shown after the number of open surveys."),
    )
    service_text = models.CharField(_("find a service"), max_length=160, blank=True)
    service_page = models.ForeignKey(
        Page,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("page of the services"),
    )
    receipt_text = models.CharField(_("what became of my opinion"), max_length=160, blank=True)
    featured_consultation = ConsultationSlugField(help_text=_("Empty: the one that is furthest along."))
    map_title = models.CharField(_("title over the map"), max_length=120, blank=True)
    map_text = models.TextField(_("text beside the map"), max_length=400, blank=True)
    featured_indicator = IndicatorCodeField()
    progress = StreamField(
        ProgressStreamBlock(),
        verbose_name=_("what moves, what waits"),
        blank=True,
        help_text=_("Empty: the action sheets that moved last, and one that waits."),
    )

    template = "cms/home_page.html"
    parent_page_types = ["wagtailcore.Page"]
    max_count_per_parent = 2
    content_panels = [
        *Page.content_panels,
        FieldPanel("headline"),
        FieldPanel("lead"),
        MultiFieldPanel(
            [
                FieldPanel("opinion_text"),
                FieldPanel("service_text"),
                FieldPanel("service_page"),
                FieldPanel("receipt_text"),
            ],
            heading=_("The three doors"),
        ),
        FieldPanel("featured_consultation"),
        MultiFieldPanel(
            [FieldPanel("map_title"), FieldPanel("map_text"), FieldPanel("featured_indicator")],
            heading=_("The figure on the map"),
        ),
        FieldPanel("progress"),
        HelpPanel(_("The content below comes after what moves and what waits.")),
        FieldPanel("search_description", heading=_("Summary")),
        FieldPanel("body"),
        FieldPanel("easy_read"),
    ]
    search_fields = [*SitePage.search_fields, index.SearchField("headline"), index.SearchField("lead")]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        service = self.service_page
        return context | {
            "open_surveys": lookups.open_survey_count(),
            "story": lookups.featured_story(self.featured_consultation),
            "figure": lookups.figure_of(self.featured_indicator, MAP) or lookups.figure_of("", MAP),
            "movers": [] if self.progress else lookups.movers(),
            "service_url": service.get_url(request)
            if service and service.live
            else reverse("directory:search"),
        }
