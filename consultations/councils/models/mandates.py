"""Dated mandates, the offices held during them, and vacancy records (CASF D311-7, D311-8, D311-9)."""

import datetime
import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from consultations.councils.models.council import Council
from consultations.councils.models.seats import Constituency

MAJORITY_AGE = 18


class EndReason(models.TextChoices):
    """Why a mandate ended before its term."""

    RESIGNED = "resigned", _("resigned")
    LEFT = "left", _("left the establishment")
    DIED = "died", _("died")
    REVOKED = "revoked", _("no longer designated by those who chose them")
    PROMOTED = "promoted", _("became a full member")
    DISSOLVED = "dissolved", _("the council was dissolved")
    CONTESTED = "contested", _("the designation was cancelled")
    OTHER = "other", _("other reason")


class Office(models.TextChoices):
    """What a member may be charged with inside the council."""

    PRESIDENT = "president", _("president")
    VICE_PRESIDENT = "vice_president", _("vice-president")
    SECRETARY = "secretary", _("session secretary")


class MandateQuerySet(models.QuerySet["Mandate"]):
    def in_force(self, day: datetime.date) -> Self:
        """Those held on `day`, first and last day included."""
        return self.filter(Q(ended_on=None) | Q(ended_on__gte=day), starts_on__lte=day, ends_on__gte=day)

    def between(self, first: datetime.date, last: datetime.date) -> Self:
        """Those held on at least one day of the period, both ends included."""
        return self.filter(Q(ended_on=None) | Q(ended_on__gte=first), starts_on__lte=last, ends_on__gte=first)

    def full(self) -> Self:
        return self.filter(rank=Mandate.Rank.FULL)

    def substitutes(self) -> Self:
        return self.filter(rank=Mandate.Rank.SUBSTITUTE)


class Mandate(models.Model):
    """A person's seat in a council from a day to a day; it ends early, it is never deleted."""

    class Rank(models.TextChoices):
        FULL = "full", _("full member")
        SUBSTITUTE = "substitute", _("substitute")

    class Designation(models.TextChoices):
        ELECTION = "election", _("elected")
        DESIGNATION = "designation", _("designated")
        APPOINTMENT = "appointment", _("appointed")
        BY_RIGHT = "by_right", _("by right")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    council = models.ForeignKey(Council, models.PROTECT, related_name="mandates")
    constituency = models.CharField(_("constituency"), max_length=24, choices=Constituency)
    rank = models.CharField(_("rank"), max_length=10, choices=Rank, default=Rank.FULL)
    person_name = models.CharField(_("name of the person"), max_length=120)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="mandates"
    )
    born_on = models.DateField(_("born on"), null=True, blank=True)
    seniority_from = models.DateField(_("in the establishment since"), null=True, blank=True)
    designation = models.CharField(
        _("how chosen"), max_length=12, choices=Designation, default=Designation.ELECTION
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day of the term"))
    ended_on = models.DateField(_("ended before its term on"), null=True, blank=True)
    end_reason = models.CharField(_("why it ended"), max_length=10, choices=EndReason, blank=True)
    late_reason = models.CharField(_("why it is recorded after its first day"), max_length=300, blank=True)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    delegated_by = models.ForeignKey(
        Council, models.PROTECT, null=True, blank=True, related_name="delegations"
    )
    guardian_name = models.CharField(_("name of the parent or guardian"), max_length=120, blank=True)
    guardian_consented_on = models.DateField(_("parent or guardian agreed on"), null=True, blank=True)
    alerted_on = models.DateField(null=True, blank=True, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = MandateQuerySet.as_manager()

    class Meta:
        ordering = ["council", "constituency", "rank", "starts_on", "person_name"]
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="mandate_dates",
                violation_error_message=_("The last day must not come before the first."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("starts_on"), ended_on__lte=F("ends_on")),
                name="mandate_ended_within_term",
                violation_error_message=_("A mandate ends between its first day and its last."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None, end_reason="") | (Q(ended_on__isnull=False) & ~Q(end_reason="")),
                name="mandate_end_has_reason",
                violation_error_message=_("Say why the mandate ended."),
            ),
        ]
        indexes = [models.Index(fields=["council", "starts_on", "ends_on"], name="mandate_period")]

    def __str__(self) -> str:
        return f"{self.name} ({self.get_constituency_display()})"

    @property
    def name(self) -> str:
        """The person's name, or that it was erased."""
        return self.person_name or gettext("name erased")

    @property
    def last_day(self) -> datetime.date:
        """The last day it is held."""
        return self.ended_on or self.ends_on

    def is_held_on(self, day: datetime.date) -> bool:
        return self.starts_on <= day <= self.last_day

    def is_minor_on(self, day: datetime.date) -> bool:
        """True for someone known to be under 18 on that day."""
        return self.born_on is not None and age_on(self.born_on, day) < MAJORITY_AGE


def age_on(born_on: datetime.date, day: datetime.date) -> int:
    """Completed years."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


class OfficeTermQuerySet(models.QuerySet["OfficeTerm"]):
    def in_force(self, day: datetime.date) -> Self:
        """Offices held on `day` by someone whose mandate is held too."""
        return self.filter(
            Q(ended_on=None) | Q(ended_on__gte=day),
            Q(mandate__ended_on=None) | Q(mandate__ended_on__gte=day),
            starts_on__lte=day,
            mandate__starts_on__lte=day,
            mandate__ends_on__gte=day,
        )


class OfficeTerm(models.Model):
    """President, vice-president or session secretary, from a day on: apart, since it changes during a mandate."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="offices")
    office = models.CharField(_("office"), max_length=16, choices=Office)
    starts_on = models.DateField(_("first day"))
    ended_on = models.DateField(_("last day"), null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = OfficeTermQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "office"]
        verbose_name = _("office in a council")
        verbose_name_plural = _("offices in councils")
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("starts_on")),
                name="office_dates",
                violation_error_message=_("The last day must not come before the first."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_office_display()} {self.starts_on}"


class VacancyRecord(models.Model):
    """*Constat de carence*: nobody could be found for a constituency, so the others are counted without it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    council = models.ForeignKey(Council, models.PROTECT, related_name="vacancies")
    constituency = models.CharField(_("constituency"), max_length=24, choices=Constituency)
    recorded_on = models.DateField(_("recorded on"))
    reason = models.CharField(_("why nobody was found"), max_length=300)
    signed_by_title = models.CharField(
        _("signed by (title)"), max_length=120, help_text=_("The office, never the person's name.")
    )
    lifted_on = models.DateField(_("no longer true since"), null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-recorded_on"]
        verbose_name = _("vacancy record")
        verbose_name_plural = _("vacancy records")
        constraints = [
            models.UniqueConstraint(
                fields=["council", "constituency"],
                condition=Q(lifted_on=None),
                name="vacancy_open_key",
                violation_error_message=_("This vacancy is already recorded."),
            ),
            models.CheckConstraint(
                condition=Q(lifted_on=None) | Q(lifted_on__gte=F("recorded_on")), name="vacancy_dates"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_constituency_display()} {self.recorded_on}"
