"""Who came to a meeting, how, from when to when; substitutes and guests included; who votes for whom by proxy."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from consultations.councils.models import Mandate
from consultations.meetings.models.meeting import Meeting


class Attendance(models.Model):
    """One person at one meeting: a member by their mandate, or a guest who advises and never votes."""

    class Way(models.TextChoices):
        PRESENT = "present", _("in the room")
        REMOTE = "remote", _("from afar")
        EXCUSED = "excused", _("excused")
        ABSENT = "absent", _("absent")

    class CheckedBy(models.TextChoices):
        SELF = "self", _("by themselves")
        SECRETARY = "secretary", _("by the secretary")

    HERE = (Way.PRESENT, Way.REMOTE)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendances")
    mandate = models.ForeignKey(Mandate, models.PROTECT, null=True, blank=True, related_name="attendances")
    guest_name = models.CharField(_("name of the guest"), max_length=120, blank=True)
    guest_role = models.CharField(_("why they are invited"), max_length=160, blank=True)
    way = models.CharField(_("how"), max_length=8, choices=Way, default=Way.PRESENT)
    votes_on_paper = models.BooleanField(_("votes on paper"), default=False)
    stands_in_for = models.ForeignKey(
        Mandate, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("stands in for")
    )
    arrived_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.CharField(max_length=9, choices=CheckedBy, default=CheckedBy.SECRETARY)
    participant = models.UUIDField(null=True, blank=True, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["meeting", "mandate__constituency", "mandate__person_name", "guest_name"]
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "mandate"], condition=Q(mandate__isnull=False), name="attendance_once"
            ),
            models.UniqueConstraint(
                fields=["meeting", "guest_name"], condition=Q(mandate=None), name="attendance_guest_once",
                violation_error_message=_("This guest is already on the list."),
            ),
            models.CheckConstraint(
                condition=Q(mandate__isnull=False, guest_name="") | (Q(mandate=None) & ~Q(guest_name="")),
                name="attendance_of_someone",
            ),
            models.CheckConstraint(
                condition=Q(left_at=None) | Q(left_at__gte=F("arrived_at")), name="attendance_hours"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.guest_name or str(self.mandate)

    @property
    def is_here(self) -> bool:
        """In the room or from afar, and not gone."""
        return self.way in self.HERE and self.left_at is None


class Proxy(models.Model):
    """A member who will not be there lets another one vote for them, where the bylaws allow it (never by default).

    It counts only while the giver is absent and no substitute sits for them; withdrawn, it stays readable.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="proxies")
    giver = models.ForeignKey(
        Mandate, models.PROTECT, related_name="proxies_given", verbose_name=_("who is absent")
    )
    holder = models.ForeignKey(
        Mandate, models.PROTECT, related_name="proxies_held", verbose_name=_("who votes for them")
    )
    given_on = models.DateField()
    withdrawn_on = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["meeting", "giver__person_name"]
        verbose_name = _("proxy")
        verbose_name_plural = _("proxies")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "giver"], condition=Q(withdrawn_on=None), name="proxy_given_once",
                violation_error_message=_("This member already gave their vote to someone: withdraw it first."),
            ),
            models.CheckConstraint(
                condition=~Q(giver=F("holder")), name="proxy_to_someone_else",
                violation_error_message=_("Choose someone else: one does not carry one's own vote."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.giver} → {self.holder}"
