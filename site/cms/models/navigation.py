"""Menus of the header and of the footer, one per place and language, edited in the admin."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.models import Orderable, Page, TranslatableMixin

from cms.addresses import validate_address


class Menu(TranslatableMixin, ClusterableModel):
    """The links of one place, in one language."""

    class Place(models.TextChoices):
        HEADER = "header", _("header")
        FOOTER = "footer", _("footer")
        LEGAL = "legal", _("foot of the footer: legal pages")

    place = models.CharField(_("place"), max_length=10, choices=Place)

    panels = [FieldPanel("place"), InlinePanel("items", heading=_("Links"), label=_("link"))]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("menu")
        verbose_name_plural = _("menus")
        constraints = [
            models.UniqueConstraint(
                fields=["place", "locale"],
                name="menu_key",
                violation_error_message=_("This place already has a menu in this language: edit that one."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_place_display()} ({self.locale})"


class MenuItem(Orderable):
    """A link to a page, which disappears with it, or to an address."""

    menu = ParentalKey(Menu, on_delete=models.CASCADE, related_name="items")
    label = models.CharField(_("text"), max_length=60, blank=True, help_text=_("Empty: the page's title."))
    page = models.ForeignKey(
        Page, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("page")
    )
    address = models.CharField(
        _("or an address"),
        max_length=500,
        blank=True,
        validators=[validate_address],
        help_text=_("Starts with / for this site, or with https://, mailto: or tel:."),
    )

    panels = [FieldPanel("label"), FieldPanel("page"), FieldPanel("address")]

    class Meta(Orderable.Meta):
        verbose_name = _("link of a menu")
        verbose_name_plural = _("links of a menu")

    def __str__(self) -> str:
        return self.label or self.address

    def clean(self) -> None:
        if not self.page_id and not (self.address and self.label):
            raise ValidationError(_("Choose a page, or write an address and its text."))
