"""What is counted of orientations, with no person behind."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrientationSignal(models.Model):
    """How many orientations of a month ended the same way, by need and group of communes. Nothing leads back.

    Reads with the outcomes of searches: the same codes of needs and of groups of communes (empty when unknown);
    `month` is its first day.
    """

    class Outcome(models.TextChoices):
        NOTHING = "nothing", _("no service found")
        UNAVAILABLE = "unavailable", _("every service found is full or closed")
        FAR = "far", _("only services far away")
        ACCEPTED = "accepted", _("accepted")
        REFUSED = "refused", _("refused")
        FULL = "full", _("no place left")
        EXPIRED = "expired", _("no answer in time")
        CLOSED = "closed", _("the service closed meanwhile")

    UNMET = (
        Outcome.NOTHING,
        Outcome.UNAVAILABLE,
        Outcome.FAR,
        Outcome.REFUSED,
        Outcome.FULL,
        Outcome.EXPIRED,
        Outcome.CLOSED,
    )

    month = models.DateField()
    need = models.CharField(max_length=20, blank=True)
    epci = models.CharField(max_length=12, blank=True)
    outcome = models.CharField(max_length=12, choices=Outcome)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-month", "need", "epci", "outcome"]
        verbose_name = _("outcome of orientations")
        verbose_name_plural = _("outcomes of orientations")
        constraints = [
            models.UniqueConstraint(
                fields=["month", "need", "epci", "outcome"], name="orientation_signal_key"
            )
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.need} {self.epci} {self.outcome}: {self.count}"
