"""The nomenclature that joins a person's words, services, actions and figures.

Codes and official labels: SERAFIN-PH 2023.1.0 (Agence du numérique en santé), Licence Ouverte 2.0.
Plain wordings, synonyms and easy-read texts are ours; codes marked `is_extension` are ours too.
"""

import datetime
from collections.abc import Iterable
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

FIRST_VERSION = datetime.date(2023, 1, 1)


class NeedQuerySet(models.QuerySet["Need"]):
    def valid_on(self, day: datetime.date) -> Self:
        """Those in use on `day` (`valid_to` is the first day after)."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gt=day), valid_from__lte=day)

    def current(self) -> Self:
        """Those with no end date."""
        return self.filter(valid_to=None)

    def offered(self, own: Iterable["Need"] = ()) -> Self:
        """Those one may choose: the finest codes in use, and those a record already has."""
        return self.filter(Q(valid_to=None, children=None) | Q(pk__in=[one.pk for one in own])).distinct()

    def voiced(self) -> Self:
        """Needs proper (family 1): what people say they lack."""
        return self.filter(family=Need.Family.NEED)


class Need(models.Model):
    """A dated code of the nomenclature: a need (1.x) or a service that meets one (2.x, 3.x)."""

    class Family(models.TextChoices):
        NEED = "need", _("need")
        DIRECT = "direct", _("direct service")
        INDIRECT = "indirect", _("indirect service")

    code = models.CharField(_("code"), max_length=20)
    family = models.CharField(_("family"), max_length=10, choices=Family)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("parent")
    )
    official_label = models.CharField(_("official label"), max_length=300)
    plain_label = models.CharField(_("plain wording"), max_length=120)
    easy_read = models.TextField(_("easy-read text"), blank=True)
    synonyms = models.JSONField(_("synonyms"), default=list, blank=True)
    pictogram = models.SlugField(_("pictogram"), max_length=40, blank=True)
    sort_key = models.CharField(max_length=60, blank=True, editable=False, db_index=True)
    is_extension = models.BooleanField(_("added by us"), default=False)
    valid_from = models.DateField(_("valid from"), default=FIRST_VERSION)
    valid_to = models.DateField(_("valid until (excluded)"), null=True, blank=True)

    objects = NeedQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key", "code", "valid_from"]
        verbose_name = _("need or service code")
        verbose_name_plural = _("needs and services")
        constraints = [models.UniqueConstraint(fields=["code", "valid_from"], name="need_key")]

    def __str__(self) -> str:
        return f"{self.code} {self.plain_label}"
