"""A consultation: why people are asked, where, on what legal basis, and its stages."""

import datetime
import uuid
from typing import Self

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ConsultationQuerySet(models.QuerySet["Consultation"]):
    def public(self) -> Self:
        """Those anyone may see: published or closed."""
        return self.exclude(status=Consultation.Status.DRAFT)

    def drafts(self) -> Self:
        return self.filter(status=Consultation.Status.DRAFT)

    def to_close_on(self, day: datetime.date) -> Self:
        """Published and past their last day: what became of them is still to be told."""
        return self.filter(status=Consultation.Status.PUBLISHED, ends_on__lt=day)

    def owing_on(self, day: datetime.date) -> Self:
        """Over, and those who spoke were not told what became of it."""
        return self.to_close_on(day).filter(restitution="")

    def running_on(self, day: datetime.date) -> Self:
        """Published and within their dates."""
        return self.filter(
            Q(ends_on=None) | Q(ends_on__gte=day), status=Consultation.Status.PUBLISHED, starts_on__lte=day
        )


class Consultation(models.Model):
    """A *démarche*: it starts with a purpose and cannot close without telling what became of it."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("under way")
        CLOSED = "closed", _("closed")

    class LegalBasis(models.TextChoices):
        PUBLIC_INTEREST = "public_interest", _("task in the public interest")
        LEGAL_OBLIGATION = "legal_obligation", _("legal obligation")
        CONSENT = "consent", _("consent")

    class Audience(models.TextChoices):
        RESIDENTS = "residents", _("residents")
        SUPPORTED_PERSONS = "supported_persons", _("supported persons")
        CARERS = "carers", _("carers")
        PROFESSIONALS = "professionals", _("professionals")
        OFFICIALS = "officials", _("elected officials")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=120)
    summary = models.TextField(_("summary"), validators=[MaxLengthValidator(400)], blank=True)
    purpose = models.TextField(_("purpose"), validators=[MaxLengthValidator(2000)], blank=True)
    easy_read_summary = models.TextField(
        _("easy-read summary"), blank=True, validators=[MaxLengthValidator(1000)]
    )
    territory = models.ForeignKey("territories.Territory", models.PROTECT, related_name="consultations")
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="consultations"
    )
    audiences = models.JSONField(_("audiences"), default=list, blank=True)
    needs = models.ManyToManyField("needs.Need", related_name="consultations", blank=True)
    legal_basis = models.CharField(_("legal basis"), max_length=20, choices=LegalBasis)
    retention_months = models.PositiveSmallIntegerField(_("retention, in months"), default=12)
    erases_cards = models.BooleanField(
        _("erase the words of workshop cards after the synthesis"),
        default=False,
        help_text=_(
            "Cards are then counted and no longer read, 30 days after the synthesis is published. Once the "
            "consultation is published, this promise stays."
        ),
    )
    data_categories = models.CharField(
        _("what is collected"), max_length=400, blank=True, help_text=_("For the register of processings.")
    )
    recipients = models.CharField(
        _("who sees the answers"), max_length=400, blank=True, help_text=_("For the register of processings.")
    )
    contact = models.CharField(_("contact for questions"), max_length=200, blank=True)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    restitution = models.TextField(_("what became of it"), validators=[MaxLengthValidator(5000)], blank=True)
    is_demo = models.BooleanField(_("fictional, for the demo"), default=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "title"]
        verbose_name = _("consultation")
        verbose_name_plural = _("consultations")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="consultation_dates",
                violation_error_message=_("The last day must not come before the first."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def phase_on(self, day: datetime.date) -> str:
        """`draft`, `to_come`, `running`, `ended` (past its last day, not closed) or `closed`."""
        if self.status != self.Status.PUBLISHED:
            return self.status
        if day < self.starts_on:
            return "to_come"
        return "ended" if self.ends_on and self.ends_on < day else "running"

    @property
    def owes_restitution(self) -> bool:
        """Over, and those who spoke were not told what became of it."""
        return self.phase == "ended" and not self.restitution.strip()

    @property
    def phase(self) -> str:
        """Its phase today."""
        return self.phase_on(timezone.localdate())


class Stage(models.Model):
    """A step of the thread that runs from voices to satisfaction."""

    class Kind(models.TextChoices):
        VOICES = "voices", _("voices collected")
        NEEDS = "needs", _("needs recognised")
        DIAGNOSIS = "diagnosis", _("shared diagnosis")
        ACTIONS = "actions", _("actions decided")
        DONE = "done", _("actions carried out")
        SATISFACTION = "satisfaction", _("are you satisfied?")

    class Status(models.TextChoices):
        TO_COME = "to_come", _("to come")
        UNDER_WAY = "under_way", _("under way")
        DONE = "done", _("done")

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="stages")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.TO_COME)
    figure = models.CharField(_("figure or date shown"), max_length=20, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    planned_on = models.DateField(_("planned for"), null=True, blank=True)
    reached_on = models.DateField(_("reached on"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("stage")
        verbose_name_plural = _("stages")
        constraints = [models.UniqueConstraint(fields=["consultation", "kind"], name="stage_key")]

    def __str__(self) -> str:
        return self.get_kind_display()
