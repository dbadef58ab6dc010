"""The notice of a meeting and, member by member, the proof that it was sent."""

import datetime
import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from consultations.councils.models import Mandate
from consultations.meetings.models.meeting import Meeting


class Convening(models.Model):
    """What was sent on a day, frozen: a corrected agenda makes another one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="convenings")
    number = models.PositiveSmallIntegerField()
    sent_on = models.DateField(_("sent on"))
    held_at = models.DateTimeField()
    required_days = models.PositiveSmallIntegerField()
    required_source = models.CharField(max_length=200, blank=True)
    late_reason = models.CharField(_("why it is sent late"), max_length=300, blank=True)
    presidents_order = models.CharField(
        _("how the president asked for it"), max_length=200, blank=True,
        help_text=_("When someone else convenes for the president: “order signed on paper on 3 March”."),
    )  # fmt: skip
    text = models.TextField()
    signed_by_title = models.CharField(max_length=160, blank=True)
    convened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["meeting", "number"]
        verbose_name = _("notice of meeting")
        verbose_name_plural = _("notices of meetings")
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="convening_number")]

    def __str__(self) -> str:
        return f"{self.meeting} · {self.sent_on}"

    @property
    def days(self) -> int:
        """Days between the sending and the meeting it announced."""
        return (self.held_day - self.sent_on).days

    @property
    def held_day(self) -> datetime.date:
        return self.meeting.held_on

    @property
    def is_late(self) -> bool:
        return self.days < self.required_days


class ConveningProof(models.Model):
    """How the notice reached a member: e-mail handed to the mail server or bounced, printed for post, given by hand."""

    class Way(models.TextChoices):
        EMAIL = "email", _("e-mail")
        POST = "post", _("letter")
        HAND = "hand", _("given by hand")

    class State(models.TextChoices):
        WAITING = "waiting", _("to do")
        HANDED = "handed", _("handed to the mail server")
        BOUNCED = "bounced", _("came back")
        PRINTED = "printed", _("printed for the post")
        GIVEN = "given", _("given by hand")

    SENT = (State.HANDED, State.PRINTED, State.GIVEN)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    convening = models.ForeignKey(Convening, models.PROTECT, related_name="proofs")
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="convenings")
    way = models.CharField(_("way"), max_length=6, choices=Way)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    at = models.DateTimeField(_("when"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    by_label = models.CharField(_("by whom"), max_length=120, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        ordering = ["convening", "mandate__constituency", "mandate__person_name"]
        verbose_name = _("proof of sending")
        verbose_name_plural = _("proofs of sending")
        indexes = [models.Index(fields=["state"], name="proof_state")]

    def __str__(self) -> str:
        return f"{self.mandate} · {self.get_state_display()}"

    @property
    def is_sent(self) -> bool:
        return self.state in self.SENT
