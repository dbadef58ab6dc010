"""Members who demand a meeting: what for, and who signed (CASF D311-16)."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consultations.councils.models import Council, Mandate
from consultations.meetings.models.meeting import Meeting


class MeetingDemand(models.Model):
    """One demand at a time in a council. `subjects` are the titles of the items asked for."""

    class State(models.TextChoices):
        OPEN = "open", _("being signed")
        REACHED = "reached", _("reached: a meeting is owed")
        WITHDRAWN = "withdrawn", _("withdrawn")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    council = models.ForeignKey(Council, models.PROTECT, related_name="meeting_demands")
    started_by = models.ForeignKey(Mandate, models.PROTECT, related_name="meeting_demands")
    started_on = models.DateField()
    subjects = models.JSONField(default=list)
    state = models.CharField(max_length=9, choices=State, default=State.OPEN)
    reached_on = models.DateField(null=True, blank=True)
    meeting = models.OneToOneField(Meeting, models.PROTECT, null=True, blank=True, related_name="demanded_by")

    class Meta:
        ordering = ["-started_on", "pk"]
        verbose_name = _("demand for a meeting")
        verbose_name_plural = _("demands for a meeting")
        constraints = [
            models.UniqueConstraint(fields=["council"], condition=Q(state="open"), name="demand_one_open")
        ]

    def __str__(self) -> str:
        return f"{self.council} · {self.started_on}"


class DemandSignature(models.Model):
    """A member who signed: by themselves, or on a paper that the secretary recorded."""

    demand = models.ForeignKey(MeetingDemand, models.PROTECT, related_name="signatures")
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    signed_on = models.DateField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["demand", "pk"]
        verbose_name = _("signature of a demand")
        verbose_name_plural = _("signatures of demands")
        constraints = [models.UniqueConstraint(fields=["demand", "mandate"], name="demand_signed_once")]

    def __str__(self) -> str:
        return str(self.mandate)
