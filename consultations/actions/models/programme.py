"""A programme gathers sheets under axes; its budget is that of its sheets."""

from django.conf import settings
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Programme(models.Model):
    """A scheme or a plan, for some years, carried by an organisation on a territory."""

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("what it is for"), blank=True, validators=[MaxLengthValidator(2000)])
    easy_read = models.TextField(
        _("the same, easy to read"), blank=True, validators=[MaxLengthValidator(2000)]
    )
    territory = models.ForeignKey(
        "territories.Territory", models.PROTECT, related_name="programmes", verbose_name=_("territory")
    )
    sponsor = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="programmes", verbose_name=_("sponsor")
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    no_news_days = models.PositiveSmallIntegerField(
        _("days without news before its sheets say so"),
        null=True,
        blank=True,
        validators=[MinValueValidator(14), MaxValueValidator(730)],
    )
    is_public = models.BooleanField(_("anyone may read its page"), default=False)
    is_demo = models.BooleanField(_("fictional, for the demo"), default=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-starts_on", "title", "pk"]
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="programme_dates",
                violation_error_message=_("The last day must not come before the first."),
            )
        ]

    def __str__(self) -> str:
        return self.title


class Axis(models.Model):
    """A chapter of a programme."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="axes")
    number = models.PositiveSmallIntegerField(_("number of the axis"))
    title = models.CharField(_("title"), max_length=200)

    class Meta:
        ordering = ["programme", "number"]
        verbose_name = _("axis")
        verbose_name_plural = _("axes")
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "number"],
                name="axis_key",
                violation_error_message=_("Another axis of this programme has this number."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class ProgrammeDate(models.Model):
    """A day of the programme's calendar: a committee, a review, a call."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="dates")
    day = models.DateField(_("day"))
    title = models.CharField(_("what happens"), max_length=200)

    class Meta:
        ordering = ["day", "pk"]
        verbose_name = _("date of a programme")
        verbose_name_plural = _("dates of programmes")

    def __str__(self) -> str:
        return self.title
