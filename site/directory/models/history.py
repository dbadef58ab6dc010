"""What changed on a record, and its former identities."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from directory.models.base import Exported
from directory.models.offer import Service
from directory.models.record import Source


class Change(Exported):
    """One field of one record: what it said before and after, who changed it, or which import."""

    class Target(models.TextChoices):
        SERVICE = "service", _("service")
        LOCATION = "location", _("place")
        ORGANISATION = "organisation", _("organisation")
        SCHEME = "scheme", _("scheme or right")

    target = models.CharField(max_length=12, choices=Target)
    target_uid = models.UUIDField()
    field = models.CharField(_("field"), max_length=60)
    previous = models.JSONField(_("before"), null=True, blank=True)
    replacement = models.JSONField(_("after"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    source = models.ForeignKey(Source, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("change of a record")
        verbose_name_plural = _("changes of records")
        indexes = [models.Index(fields=["target", "target_uid", "-at"], name="change_of_record")]

    def __str__(self) -> str:
        return f"{self.target} {self.field}"


class Merge(models.Model):
    """Two records that were one: what moved from the one to the other, so that it can be undone."""

    kept = models.ForeignKey(Service, models.CASCADE, related_name="merges")
    absorbed = models.ForeignKey(Service, models.CASCADE, related_name="+")
    moved = models.JSONField(default=dict, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("merger of records")
        verbose_name_plural = _("mergers of records")

    def __str__(self) -> str:
        return f"{self.absorbed} → {self.kept}"


class LikelyPair(models.Model):
    """Two records that may be the same, found by the tick; set aside once a steward said they are two services."""

    one = models.ForeignKey(Service, models.CASCADE, related_name="likely_ones")
    other = models.ForeignKey(Service, models.CASCADE, related_name="likely_others")
    percent = models.PositiveSmallIntegerField(_("likeness (percent)"))
    found_on = models.DateField(_("found on"))
    set_aside_on = models.DateField(null=True, blank=True)
    set_aside_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-percent", "pk"]
        verbose_name = _("possible duplicate")
        verbose_name_plural = _("possible duplicates")
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="likely_pair_key"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="likely_pair_order"),
        ]

    def __str__(self) -> str:
        return f"{self.one} / {self.other}"
