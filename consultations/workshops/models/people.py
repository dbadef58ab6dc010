"""Who is invited and who comes. Erased soon after the workshop; access needs are kept apart, and first."""

import uuid
from typing import Self

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consultations.workshops.models.workshop import College, Workshop


class Invitation(models.Model):
    """An e-mail asking someone to come, with a link of their own; it gives no priority over others."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("to be sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("not delivered")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail address"))
    college = models.CharField(_("college"), max_length=16, choices=College, blank=True)
    status = models.CharField(max_length=8, choices=Status, default=Status.WAITING)
    sent_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    registration = models.OneToOneField(
        "Registration", models.SET_NULL, null=True, blank=True, related_name="invitation"
    )

    class Meta:
        ordering = ["email"]
        verbose_name = _("invitation to a workshop")
        verbose_name_plural = _("invitations to workshops")
        constraints = [models.UniqueConstraint(fields=["workshop", "email"], name="invitation_key")]

    def __str__(self) -> str:
        return self.email


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def confirmed(self) -> Self:
        return self.filter(status=Registration.Status.CONFIRMED)

    def waiting(self) -> Self:
        """On the waiting list, the first to have asked first."""
        return self.filter(status=Registration.Status.WAITING).order_by("registered_at", "pk")


class Registration(models.Model):
    """A place kept for someone, or their turn on the waiting list. No account is needed."""

    class Status(models.TextChoices):
        CONFIRMED = "confirmed", _("place kept")
        WAITING = "waiting", _("on the waiting list")
        CANCELLED = "cancelled", _("cancelled")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="registrations")
    name = models.CharField(_("name"), max_length=80)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("phone number"), max_length=30, blank=True)
    college = models.CharField(_("college"), max_length=16, choices=College)
    status = models.CharField(max_length=10, choices=Status, default=Status.CONFIRMED)
    registered_at = models.DateTimeField(auto_now_add=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        constraints = [
            models.UniqueConstraint(
                fields=["workshop", "email"],
                condition=~Q(email="") & ~Q(status="cancelled"),
                name="registration_key",
                violation_error_message=_("This address is already registered."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class AccessNeed(models.Model):
    """What someone needs to take part (health-related, perhaps): facilitators only, erased the next day."""

    registration = models.OneToOneField(Registration, models.CASCADE, related_name="access_need")
    text = models.TextField(_("what you need to take part"), validators=[MaxLengthValidator(500)])

    class Meta:
        verbose_name = _("access need")
        verbose_name_plural = _("access needs")

    def __str__(self) -> str:
        return str(self.registration_id)
