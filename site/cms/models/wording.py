"""The settings of the site said in another language; what is not translated is shown in the site's own."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel

WORDED = (
    "name",
    "baseline",
    "phone_hours",
    "postal_address",
    "publisher",
    "director",
    "host",
    "dpo_name",
    "dpo_address",
    "audited_by",
)
"""Settings made of words, which another language may say otherwise."""


def other_languages() -> list[tuple[str, Any]]:
    """The languages of the site but its own."""
    return [pair for pair in settings.LANGUAGES if pair[0] != settings.LANGUAGE_CODE]


class SiteWording(models.Model):
    """One language; an empty text is shown in the site's own language, and marked so."""

    identity = ParentalKey("cms.SiteIdentity", on_delete=models.CASCADE, related_name="wordings")
    language = models.CharField(_("language"), max_length=5, choices=other_languages)
    name = models.CharField(_("name"), max_length=60, blank=True)
    baseline = models.CharField(_("baseline"), max_length=160, blank=True)
    phone_hours = models.CharField(_("when someone answers"), max_length=120, blank=True)
    postal_address = models.TextField(_("postal address"), max_length=300, blank=True)
    publisher = models.CharField(_("organisation that publishes the site"), max_length=160, blank=True)
    director = models.CharField(_("director of publication (role)"), max_length=160, blank=True)
    host = models.TextField(_("who hosts the site"), max_length=400, blank=True)
    dpo_name = models.CharField(_("data-protection officer (role or body)"), max_length=160, blank=True)
    dpo_address = models.TextField(_("postal address for personal data"), max_length=300, blank=True)
    audited_by = models.CharField(_("who made the audit"), max_length=160, blank=True)

    panels = [FieldPanel("language"), *(FieldPanel(name) for name in WORDED)]

    class Meta:
        verbose_name = _("settings in another language")
        verbose_name_plural = _("settings in other languages")
        constraints = [
            models.UniqueConstraint(
                fields=["identity", "language"],
                name="wording_once_a_language",
                violation_error_message=_("Each language is written once: complete the one above."),
            )
        ]

    def __str__(self) -> str:
        return str(self.get_language_display())
