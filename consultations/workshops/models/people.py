"""Who is invited and who comes. Erased soon after the workshop; access needs are kept apart, and first."""

import uuid
from typing import Self

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consultations.workshops.models.workshop import College, Workshop

REMINDED = _("Days before the workshop of the last reminder sent.")
TOLD = _("The version of the calendar file the person was sent.")


class Invitation(models.Model):
    """An e-mail asking someone to come, with a link of their own; it gives no priority over others."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("to be sent")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("not delivered")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail address"))
    college = models.CharField(_("college"), max_length=16, choices=College, blank=True)
    status = models.CharField(max_length=8, choices=Status, default=Status.WAITING)
    sent_at = models.DateTimeField(null=True, blank=True)
    reminded_days = models.PositiveSmallIntegerField(null=True, blank=True, help_text=REMINDED)
    told_sequence = models.PositiveSmallIntegerField(default=0, help_text=TOLD)
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
    client_uuid = models.UUIDField(
        default=uuid.uuid4, help_text=_("Of the form: sent twice, it counts once.")
    )
    registered_at = models.DateTimeField(auto_now_add=True)
    promoted_at = models.DateTimeField(null=True, blank=True, help_text=_("When a place came free."))
    reminded_days = models.PositiveSmallIntegerField(null=True, blank=True, help_text=REMINDED)
    told_sequence = models.PositiveSmallIntegerField(default=0, help_text=TOLD)
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
            ),
            models.UniqueConstraint(fields=["workshop", "client_uuid"], name="registration_sent_once"),
        ]

    def __str__(self) -> str:
        return self.name


class AccessNeed(models.Model):
    """What someone needs to take part (health-related, perhaps): facilitators only, erased the next day."""

    class Kind(models.TextChoices):
        WHEELCHAIR = "wheelchair", _("a place for a wheelchair")
        SIGN_LANGUAGE = "sign_language", _("a sign-language interpreter")
        CAPTIONS = "captions", _("what is said, written on a screen")
        LARGE_PRINT = "large_print", _("documents in large print")
        EASY_READ = "easy_read", _("easy-read documents")
        COMPANION = "companion", _("someone comes with me")
        TRANSPORT = "transport", _("help to come")
        CHILDCARE = "childcare", _("childcare")

    registration = models.OneToOneField(Registration, models.CASCADE, related_name="access_need")
    kinds = models.JSONField(_("what you need to take part"), default=list, blank=True)
    text = models.TextField(_("in your own words"), validators=[MaxLengthValidator(500)], blank=True)

    class Meta:
        verbose_name = _("access need")
        verbose_name_plural = _("access needs")

    def __str__(self) -> str:
        return str(self.registration_id)

    @property
    def labels(self) -> list[str]:
        """What was ticked, in words."""
        return [str(label) for code, label in self.Kind.choices if code in self.kinds]
