"""What is done, in what order, by whom."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from consultations.actions.models.sheet import ActionSheet


class Step(models.Model):
    """A dated piece of the work; `ends_on` is the day it is expected."""

    sheet = models.ForeignKey(ActionSheet, models.CASCADE, related_name="steps")
    order = models.PositiveSmallIntegerField(_("place in the list"), default=0)
    title = models.CharField(_("what is done"), max_length=200)
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    ends_on = models.DateField(_("expected on"))
    owner = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, null=True, blank=True, related_name="steps_owned",
        verbose_name=_("who does it"),
    )  # fmt: skip
    owner_words = models.CharField(_("or in words"), max_length=200, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    depends_on: models.ManyToManyField = models.ManyToManyField(
        "self", symmetrical=False, related_name="needed_by", blank=True, verbose_name=_("needs first")
    )

    class Meta:
        ordering = ["order", "ends_on", "pk"]
        verbose_name = _("step of an action")
        verbose_name_plural = _("steps of actions")
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on__gte=F("starts_on")),
                name="step_dates",
                violation_error_message=_(
                    "The step is expected before it starts: change one of the two days."
                ),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def owner_name(self) -> str:
        return self.owner.name if self.owner else self.owner_words
