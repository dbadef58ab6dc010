"""One JSON row, and one Wagtail page."""

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.blocks import CharBlock, RichTextBlock
from wagtail.fields import StreamField
from wagtail.models import Page


class Row(models.Model):
    """What the bare view stores."""

    document = models.JSONField()

    class Meta:
        app_label = "bare"

    def __str__(self) -> str:
        return str(self.pk)


class BarePage(Page):
    """A page of Wagtail's own making: a stream of blocks and a menu of its children."""

    body = StreamField([("heading", CharBlock()), ("text", RichTextBlock())])
    content_panels = [*Page.content_panels, FieldPanel("body")]
    template = "bare/page.html"

    class Meta:
        app_label = "bare"
