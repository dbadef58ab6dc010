"""Who carries a sheet with its lead, and the agreements that say so."""

import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from consultations.actions.models.sheet import ActionSheet


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def in_force_on(self, day: datetime.date) -> Self:
        """Begun and not over on `day`, last day included."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)


class Agreement(models.Model):
    """A partnership agreement: who signed, about what, from when to when."""

    parties = models.ManyToManyField(
        "organisations.Organisation", related_name="agreements", verbose_name=_("parties")
    )
    object = models.CharField(_("object"), max_length=300)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    territory = models.ForeignKey(
        "territories.Territory", models.PROTECT, related_name="agreements", verbose_name=_("territory")
    )
    sheets = models.ManyToManyField(
        ActionSheet, related_name="agreements", blank=True, verbose_name=_("action sheets")
    )
    is_demo = models.BooleanField(_("fictional, for the demo"), default=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = AgreementQuerySet.as_manager()

    class Meta:
        ordering = [F("ends_on").asc(nulls_last=True), "object", "pk"]
        verbose_name = _("partnership agreement")
        verbose_name_plural = _("partnership agreements")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="agreement_dates",
                violation_error_message=_("The last day must not come before the first."),
            )
        ]

    def __str__(self) -> str:
        return self.object


class Partner(models.Model):
    """An organisation that takes part in a sheet, and what it does there."""

    sheet = models.ForeignKey(ActionSheet, models.CASCADE, related_name="partners")
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="sheet_partnerships",
        verbose_name=_("organisation"),
    )  # fmt: skip
    role = models.CharField(_("what it does"), max_length=200, blank=True)
    agreement = models.ForeignKey(
        Agreement,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="partners",
        verbose_name=_("agreement"),
    )

    class Meta:
        ordering = ["organisation__name", "pk"]
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "organisation"],
                name="partner_key",
                violation_error_message=_("This organisation is already a partner of the sheet."),
            )
        ]

    def __str__(self) -> str:
        return self.organisation.name
