"""The thread of an opinion: one row for each thing that happened to it, never changed afterwards."""

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from consultations.meetings.models import Meeting


class OpinionEvent(models.Model):
    """What was done on a day, by which office; its words are shown to anyone only when `is_public`."""

    opinion = models.ForeignKey("Opinion", models.PROTECT, related_name="events")
    verb = models.CharField(max_length=24)
    on = models.DateField()
    actor_role = models.CharField(max_length=120, blank=True)
    text = models.TextField(blank=True, validators=[MaxLengthValidator(5000)])
    is_public = models.BooleanField(default=True)
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["on", "pk"]
        verbose_name = _("step of an opinion")
        verbose_name_plural = _("steps of opinions")

    def __str__(self) -> str:
        return f"{self.verb} {self.on}"
