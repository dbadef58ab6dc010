"""The contact page; its form is handled by `cms.views.contact`."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from cms.models.base import SitePage


class ContactPage(SitePage):
    """Ways to reach us, phone first, and a form that becomes an e-mail to the site's contact."""

    thanks = models.TextField(_("words after sending"), blank=True, max_length=400)

    template = "cms/contact_page.html"
    subpage_types: list[str] = []
    content_panels = [*SitePage.content_panels, FieldPanel("thanks")]

    class Meta:
        verbose_name = _("contact page")
        verbose_name_plural = _("contact pages")
