"""What is expected, what was measured, what may go wrong, and how the action is judged."""

from decimal import Decimal
from typing import Any

from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from consultations.actions.models.sheet import ActionSheet

DIGITS: dict[str, Any] = {"max_digits": 14, "decimal_places": 3}


class Indicator(models.Model):
    """A figure that says whether the action works: where it starts and where it should go."""

    sheet = models.ForeignKey(ActionSheet, models.CASCADE, related_name="indicators")
    title = models.CharField(_("what is counted"), max_length=200)
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    baseline = models.DecimalField(_("at the start"), null=True, blank=True, **DIGITS)
    baseline_on = models.DateField(_("day of the start"), null=True, blank=True)
    target = models.DecimalField(_("to reach"), null=True, blank=True, **DIGITS)
    target_on = models.DateField(_("to reach on"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    observed = models.ForeignKey(
        "indicators.Indicator", models.PROTECT, null=True, blank=True, related_name="action_indicators",
        verbose_name=_("indicator of the observatory"),
    )  # fmt: skip

    class Meta:
        ordering = ["pk"]
        verbose_name = _("indicator of an action")
        verbose_name_plural = _("indicators of actions")

    def __str__(self) -> str:
        return self.title


class Measure(models.Model):
    """The figure on a day, with where it comes from."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="measures")
    value = models.DecimalField(_("figure"), **DIGITS)
    on = models.DateField(_("measured on"))
    source = models.CharField(_("source"), max_length=200, blank=True)

    class Meta:
        ordering = ["on", "pk"]
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "on"],
                name="measure_key",
                violation_error_message=_("There is already a figure for this day: change it."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.value}"


class Risk(models.Model):
    """What may go wrong, and what is done about it."""

    sheet = models.ForeignKey(ActionSheet, models.CASCADE, related_name="risk_list")
    title = models.CharField(_("what may go wrong"), max_length=300)
    answer = models.CharField(_("what we do about it"), max_length=400, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("risk")
        verbose_name_plural = _("risks")

    def __str__(self) -> str:
        return self.title


class Criterion(models.TextChoices):
    """The four criteria by which Lot-et-Garonne judged its scheme of 2011-2015, each out of five."""

    OBJECTIVES = "objectives", _("objectives met")
    USERS = "users", _("quality of the answer to users")
    TIME = "time", _("time to deliver")
    FIT = "fit", _("fit with the recommendations")


CRITERIA = Criterion


class EvaluationScore(models.Model):
    """A mark out of five on one criterion, with the words that explain it."""

    sheet = models.ForeignKey(ActionSheet, models.CASCADE, related_name="scores")
    criterion = models.CharField(_("criterion"), max_length=12, choices=Criterion)
    mark = models.PositiveSmallIntegerField(
        _("mark out of five"), validators=[MinValueValidator(0), MaxValueValidator(5)]
    )
    words = models.TextField(_("why this mark"), validators=[MaxLengthValidator(1000)])

    class Meta:
        ordering = ["pk"]
        verbose_name = _("mark of an action")
        verbose_name_plural = _("marks of actions")
        constraints = [models.UniqueConstraint(fields=["sheet", "criterion"], name="score_key")]

    def __str__(self) -> str:
        return f"{self.get_criterion_display()} {self.mark}/5"


class BeforeAfter(models.Model):
    """The satisfaction survey before and after; without a comparable pair the page says “not comparable”."""

    sheet = models.OneToOneField(ActionSheet, models.CASCADE, related_name="comparison")
    before_survey = models.ForeignKey(
        "surveys.Survey",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("survey before"),
    )
    after_survey = models.ForeignKey(
        "surveys.Survey",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("survey after"),
    )
    question = models.CharField(_("what was asked"), max_length=300, blank=True)
    before = models.DecimalField(_("before"), null=True, blank=True, **DIGITS)
    after = models.DecimalField(_("after"), null=True, blank=True, **DIGITS)
    unit = models.CharField(_("unit"), max_length=40, blank=True, default="%")
    is_comparable = models.BooleanField(
        _("the two were asked in the same way to comparable people"), default=False
    )
    why = models.CharField(_("why they can or cannot be compared"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("before and after")
        verbose_name_plural = _("before and after")

    def __str__(self) -> str:
        return self.question

    @property
    def difference(self) -> Decimal | None:
        """After minus before, when the two may be compared."""
        if not self.is_comparable or self.before is None or self.after is None:
            return None
        return self.after - self.before
