"""Minutes (*relevé de conclusions*): written item by item, amended, signed, adopted, passed on; never erased."""

import uuid

from django.conf import settings
from django.core.validators import FileExtensionValidator, MaxLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from consultations.councils.models import Mandate
from consultations.meetings.models.meeting import AgendaItem, Meeting
from core.storage import private_storage

SCANS = ("pdf", "png", "jpg", "jpeg")


class Minutes(models.Model):
    """The text of a meeting as it is being written, and where its life has come to."""

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="minutes")
    opening = models.TextField(_("before the first item"), blank=True, validators=[MaxLengthValidator(5000)])
    closing = models.TextField(_("after the last item"), blank=True, validators=[MaxLengthValidator(5000)])
    easy_read = models.TextField(_("easy-read version"), blank=True, validators=[MaxLengthValidator(5000)])
    adopted_in = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="minutes_adopted"
    )
    adopted_on = models.DateField(null=True, blank=True)
    passed_to_operator_on = models.DateField(_("passed to the managing body on"), null=True, blank=True)
    passed_to_authority_on = models.DateField(_("passed to the authority on"), null=True, blank=True)
    public_text = models.JSONField(default=dict, blank=True)
    redacted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    published_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("minutes")
        verbose_name_plural = _("minutes")

    def __str__(self) -> str:
        return str(self.meeting)


class MinutesLine(models.Model):
    """What is written of an item."""

    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="lines")
    item = models.OneToOneField(AgendaItem, models.PROTECT, related_name="minutes_line")
    text = models.TextField(_("conclusions"), blank=True, validators=[MaxLengthValidator(10_000)])

    class Meta:
        ordering = ["item__order", "item__pk"]
        verbose_name = _("line of minutes")
        verbose_name_plural = _("lines of minutes")

    def __str__(self) -> str:
        return str(self.item)


class MinutesVersion(models.Model):
    """Minutes as they were signed: whole content, its hash, who and how; a correction makes another version."""

    class Way(models.TextChoices):
        SECOND_FACTOR = "second_factor", _("signed here, with a second factor")
        SCAN = "scan", _("signed on paper, scan attached")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)
    signed_as = models.CharField(max_length=160)
    signed_mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()
    way = models.CharField(max_length=14, choices=Way)
    scan = models.FileField(
        _("signed paper"),
        upload_to="meetings/%Y/",
        storage=private_storage,
        blank=True,
        validators=[FileExtensionValidator(SCANS)],
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["minutes", "number"]
        verbose_name = _("signed version of minutes")
        verbose_name_plural = _("signed versions of minutes")
        constraints = [models.UniqueConstraint(fields=["minutes", "number"], name="minutes_version")]

    def __str__(self) -> str:
        return f"{self.minutes} · {self.number}"


class MinutesAmendment(models.Model):
    """A correction asked by someone who was there, answered by whoever writes the minutes."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("to answer")
        ACCEPTED = "accepted", _("taken into the text")
        REFUSED = "refused", _("not taken")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="amendments")
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, blank=True, related_name="amendments")
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="amendments")
    text = models.TextField(_("what should be written"), validators=[MaxLengthValidator(3000)])
    state = models.CharField(max_length=8, choices=State, default=State.PROPOSED)
    answer = models.CharField(_("answer"), max_length=300, blank=True)
    proposed_on = models.DateField()
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["minutes", "proposed_on", "pk"]
        verbose_name = _("correction of minutes")
        verbose_name_plural = _("corrections of minutes")

    def __str__(self) -> str:
        return str(self.mandate)
