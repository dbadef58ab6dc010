"""What people were reminded of: each line once, so that nobody is written to twice for the same thing."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consultations.actions.models.partners import Agreement
from consultations.actions.models.sheet import ActionSheet
from consultations.actions.models.steps import Step


class Reminder(models.Model):
    """About a late step, a silent sheet, money that stops or an agreement near its end; `since` is the day it counts from."""

    class About(models.TextChoices):
        LATE = "late", _("a step is late")
        SILENT = "silent", _("there is no news")
        ENDING = "ending", _("an agreement ends soon")
        MONEY = "money", _("the money stops soon")

    class Rung(models.TextChoices):
        LEAD = "lead", _("to those who lead")
        SPONSOR = "sponsor", _("to the sponsor")

    about = models.CharField(max_length=6, choices=About)
    rung = models.CharField(max_length=7, choices=Rung)
    sheet = models.ForeignKey(ActionSheet, models.CASCADE, null=True, blank=True, related_name="reminders")
    step = models.ForeignKey(Step, models.CASCADE, null=True, blank=True, related_name="reminders")
    agreement = models.ForeignKey(Agreement, models.CASCADE, null=True, blank=True, related_name="reminders")
    since = models.DateField()
    sent_on = models.DateField(default=timezone.localdate)
    readers = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["-sent_on", "-pk"]
        verbose_name = _("reminder about an action")
        verbose_name_plural = _("reminders about actions")
        constraints = [
            models.UniqueConstraint(
                fields=["about", "rung", "sheet", "step", "agreement", "since"],
                name="reminder_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(sheet__isnull=False, agreement=None) | Q(sheet=None, agreement__isnull=False),
                name="reminder_about_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.about} {self.rung} {self.since}"
