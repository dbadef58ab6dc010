"""Addresses that asked to be told, and what they follow. Nothing else is known of the person."""

import datetime
import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Reader(models.Model):
    """An address and how often it may be written to; forgotten with the last thing it follows."""

    class Rhythm(models.TextChoices):
        DAY = "day", _("as soon as there is news, once a day at most")
        WEEK = "week", _("once a week at most")
        MONTH = "month", _("once a month at most")

    DAYS = {Rhythm.DAY: 1, Rhythm.WEEK: 7, Rhythm.MONTH: 30}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    rhythm = models.CharField(_("how often"), max_length=5, choices=Rhythm, default=Rhythm.WEEK)
    language = models.CharField(max_length=10, default="fr")
    written_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("reader by e-mail")
        verbose_name_plural = _("readers by e-mail")

    def __str__(self) -> str:
        return str(self.id)

    def may_be_written(self, today: datetime.date) -> bool:
        """True when the rhythm they chose allows a letter."""
        if self.written_on is None:
            return True
        return (today - self.written_on).days >= self.DAYS[self.Rhythm(self.rhythm)]


class Follow(models.Model):
    """That an address follows an object of lineage. Told nothing before it was confirmed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reader = models.ForeignKey(Reader, models.CASCADE, related_name="follows")
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=150)
    asked_at = models.DateTimeField(default=timezone.now)
    confirmed_on = models.DateField(null=True, blank=True)
    told_until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at", "pk"]
        verbose_name = _("thing followed")
        verbose_name_plural = _("things followed")
        constraints = [models.UniqueConstraint(fields=["reader", "kind", "key"], name="follow_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
