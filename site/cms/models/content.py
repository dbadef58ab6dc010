"""Sections, articles, questions, consultations and the legal pages."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from cms import lookups
from cms.models.base import SitePage, children_of
from cms.models.fields import ConsultationSlugField


class SectionPage(SitePage):
    """Groups pages: its own words, then a tile for each page under it."""

    template = "cms/section_page.html"

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return context | {"children": children_of(self)}


class ArticlePage(SitePage):
    """A page of text."""

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")


class FaqPage(SitePage):
    """Frequently asked questions; written as blocks of questions and answers."""

    template = "cms/article_page.html"

    class Meta:
        verbose_name = _("frequently asked questions")
        verbose_name_plural = _("pages of frequently asked questions")


class ConsultationPage(SitePage):
    """What the editors tell around a consultation; its dates, surveys and thread come from the consultation."""

    consultation = ConsultationSlugField(blank=False)

    template = "cms/consultation_page.html"
    content_panels = [*Page.content_panels, FieldPanel("consultation"), *SitePage.content_panels[1:]]

    class Meta:
        verbose_name = _("page of a consultation")
        verbose_name_plural = _("pages of consultations")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return context | {"story": lookups.stories([self.consultation]).get(self.consultation)}


class LegalPage(SitePage):
    """A page the law requires; its kind decides the parts that are written for you."""

    class Kind(models.TextChoices):
        NOTICE = "notice", _("legal notice")
        PRIVACY = "privacy", _("personal data")
        COOKIES = "cookies", _("cookies")
        ACCESSIBILITY = "accessibility", _("accessibility statement")

    kind = models.CharField(_("kind"), max_length=15, choices=Kind)

    template = "cms/legal_page.html"
    content_panels = [*Page.content_panels, FieldPanel("kind"), *SitePage.content_panels[1:]]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("legal page")
        verbose_name_plural = _("legal pages")
