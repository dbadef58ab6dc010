"""Constituencies, and the founding act that gives each its seats (CASF D311-4 and D311-5)."""

import datetime
import uuid
from typing import Self

from django.conf import settings
from django.core.validators import FileExtensionValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from consultations.councils.models.council import DOCUMENT_FORMATS, Council
from core.storage import private_storage


class Constituency(models.TextChoices):
    """A category of seats with its own way of being designated (*collège*)."""

    SUPPORTED_PERSONS = "supported_persons", _("supported persons")
    FAMILIES = "families", _("families and carers")
    LEGAL_REPRESENTATIVES = "legal_representatives", _("legal representatives")
    GUARDIANS = "guardians", _("court-appointed guardians")
    USERS_GROUP = "users_group", _("users' groups")
    STAFF = "staff", _("staff")
    MANAGEMENT = "management", _("management")
    VOLUNTEERS = "volunteers", _("volunteers")
    DOCTOR = "doctor", _("coordinating doctor")
    CARE_TEAM = "care_team", _("care team")
    OPERATOR = "operator", _("managing body")
    ELECTED_OFFICIALS = "elected_officials", _("elected officials")
    DELEGATES = "delegates", _("delegates of councils")
    OTHERS = "others", _("others")


CONSTITUENCIES_OF_USERS = frozenset(
    {
        Constituency.SUPPORTED_PERSONS,
        Constituency.FAMILIES,
        Constituency.LEGAL_REPRESENTATIVES,
        Constituency.USERS_GROUP,
    }
)
"""Who counts on the users' side: the majority of seats (D311-5) and the quorum (D311-17).

That users' groups count is unverified: they sit in place of people who cannot be represented (D311-11).
"""


class FoundingActQuerySet(models.QuerySet["FoundingAct"]):
    def in_force(self, day: datetime.date) -> Self:
        """The latest act that applies on `day` comes first."""
        return self.filter(valid_from__lte=day).order_by("-valid_from", "-recorded_at")


class FoundingAct(models.Model):
    """The decision that sets the number of seats and their split; a later act replaces it, none is deleted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    council = models.ForeignKey(Council, models.PROTECT, related_name="founding_acts")
    signed_on = models.DateField(_("signed on"))
    signed_by_title = models.CharField(
        _("signed by (title)"), max_length=120, help_text=_("The office, never the person's name.")
    )
    document = models.FileField(
        _("signed document"),
        upload_to="councils/%Y/",
        storage=private_storage,
        blank=True,
        validators=[FileExtensionValidator(DOCUMENT_FORMATS)],
    )
    valid_from = models.DateField(_("applies from"))
    sent_to_authority_on = models.DateField(_("sent to the authority on"), null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = FoundingActQuerySet.as_manager()

    class Meta:
        ordering = ["-valid_from", "-recorded_at"]
        verbose_name = _("founding act")
        verbose_name_plural = _("founding acts")
        constraints = [
            models.UniqueConstraint(
                fields=["council", "valid_from"],
                name="founding_act_key",
                violation_error_message=_("Another act already applies from that day."),
            ),
            models.CheckConstraint(
                condition=Q(valid_from__gte=F("signed_on")),
                name="founding_act_dates",
                violation_error_message=_("An act does not apply before it is signed."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.council} {self.valid_from}"


class SeatAllocation(models.Model):
    """How many full members and substitutes a constituency has under an act."""

    founding_act = models.ForeignKey(FoundingAct, models.CASCADE, related_name="allocations")
    constituency = models.CharField(_("constituency"), max_length=24, choices=Constituency)
    full_seats = models.PositiveSmallIntegerField(_("full members"))
    substitute_seats = models.PositiveSmallIntegerField(_("substitutes"), default=0)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("seats of a constituency")
        verbose_name_plural = _("seats of constituencies")
        constraints = [
            models.UniqueConstraint(fields=["founding_act", "constituency"], name="allocation_key")
        ]

    def __str__(self) -> str:
        return f"{self.get_constituency_display()} {self.full_seats} + {self.substitute_seats}"
