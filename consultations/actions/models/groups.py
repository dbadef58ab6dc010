"""Cooperation groups: bodies that work together under one roof or in one network."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from consultations.actions.models.sheet import ActionSheet


class CooperationGroup(models.Model):
    """A GCSMS (article L312-7 of the social action code), a network, a table: who, for what, convened by whom."""

    class Kind(models.TextChoices):
        GCSMS = "gcsms", _("social and medico-social cooperation group (GCSMS)")
        GCS = "gcs", _("health cooperation group (GCS)")
        GIP = "gip", _("public interest group (GIP)")
        NETWORK = "network", _("network")
        TABLE = "table", _("consultation table")
        OTHER = "other", _("other group")

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    object = models.CharField(_("object"), max_length=400)
    members = models.ManyToManyField(
        "organisations.Organisation", related_name="cooperation_groups", verbose_name=_("members")
    )
    convener = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, null=True, blank=True, related_name="groups_convened",
        verbose_name=_("organisation that convenes it"),
    )  # fmt: skip
    territory = models.ForeignKey(
        "territories.Territory",
        models.PROTECT,
        related_name="cooperation_groups",
        verbose_name=_("territory"),
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    sheets = models.ManyToManyField(
        ActionSheet, related_name="cooperation_groups", blank=True, verbose_name=_("action sheets")
    )
    is_demo = models.BooleanField(_("fictional, for the demo"), default=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = [F("ends_on").asc(nulls_last=True), "name", "pk"]
        verbose_name = _("cooperation group")
        verbose_name_plural = _("cooperation groups")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="group_dates",
                violation_error_message=_("The last day must not come before the first."),
            )
        ]

    def __str__(self) -> str:
        return self.name
