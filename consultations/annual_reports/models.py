"""The annual activity report of a council (CASF D311-20), and the surveys it has examined (D311-15 III)."""

import uuid

from django.conf import settings
from django.core.validators import FileExtensionValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from consultations.councils.models import Council, Mandate
from consultations.meetings.models import AgendaItem, MinutesVersion
from core.storage import private_storage

FIRST_YEAR, LAST_YEAR = 2000, 2100
SCANS = ("pdf", "png", "jpg", "jpeg")


class Section(models.TextChoices):
    """The parts of a report, in their order: figures come by themselves, words from the council."""

    OPENING = "opening", _("the year in a few words")
    MEETINGS = "meetings", _("meetings")
    ATTENDANCE = "attendance", _("attendance")
    OPINIONS = "opinions", _("opinions and what became of them")
    SURVEYS = "surveys", _("satisfaction surveys")
    MANDATES = "mandates", _("mandates and vacancies")
    OUTLOOK = "outlook", _("the year to come")


class AnnualReport(models.Model):
    """What a council says of one of its years: drawn up from what is recorded, finished, signed, published."""

    class State(models.TextChoices):
        DRAFT = "draft", _("being written")
        SIGNED = "signed", _("signed")
        PUBLISHED = "published", _("published")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    council = models.ForeignKey(Council, models.PROTECT, related_name="annual_reports")
    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
    )
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    state_reason = models.CharField(max_length=300, blank=True, editable=False)
    presented_on = models.DateField(_("presented to the managing body on"), null=True, blank=True)
    published_on = models.DateField(null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-year", "council__name"]
        verbose_name = _("annual report")
        verbose_name_plural = _("annual reports")
        constraints = [models.UniqueConstraint(fields=["council", "year"], name="annual_report_key")]

    def __str__(self) -> str:
        return f"{self.council} {self.year}"


class ReportDraft(models.Model):
    """The council's words as they stood after a change: nothing written is lost, the latest is in force."""

    report = models.ForeignKey(AnnualReport, models.PROTECT, related_name="drafts")
    number = models.PositiveSmallIntegerField()
    texts = models.JSONField(default=dict, blank=True)
    written_at = models.DateTimeField(auto_now_add=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["report", "number"]
        verbose_name = _("draft of an annual report")
        verbose_name_plural = _("drafts of annual reports")
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="report_draft_key")]

    def __str__(self) -> str:
        return f"{self.report} · {self.number}"


class ReportVersion(models.Model):
    """A report as it was signed: figures and words frozen, their hash, who and how."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(AnnualReport, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)
    signed_as = models.CharField(max_length=160)
    signed_mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()
    way = models.CharField(max_length=14, choices=MinutesVersion.Way)
    scan = models.FileField(
        _("signed paper"),
        upload_to="annual_reports/%Y/",
        storage=private_storage,
        blank=True,
        validators=[FileExtensionValidator(SCANS)],
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["report", "number"]
        verbose_name = _("signed version of an annual report")
        verbose_name_plural = _("signed versions of annual reports")
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="report_version_key")]

    def __str__(self) -> str:
        return f"{self.report} · {self.number}"


class SurveyExamination(models.Model):
    """The council looked at the results of a survey of its establishment, on that day, under that item."""

    council = models.ForeignKey(Council, models.PROTECT, related_name="surveys_examined")
    survey = models.ForeignKey("surveys.Survey", models.PROTECT, related_name="examinations")
    item = models.ForeignKey(
        AgendaItem, models.PROTECT, null=True, blank=True, related_name="surveys_examined"
    )
    examined_on = models.DateField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-examined_on"]
        verbose_name = _("survey examined by a council")
        verbose_name_plural = _("surveys examined by councils")
        constraints = [models.UniqueConstraint(fields=["council", "survey"], name="examined_once")]

    def __str__(self) -> str:
        return f"{self.survey} · {self.council}"
