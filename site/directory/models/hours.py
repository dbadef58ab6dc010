"""When: weekly or monthly hours, and days of closing. The rules are pure, in `directory.hours`."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from directory.models.base import LINE, Exported, line

WEEKDAYS = (
    (0, _("Monday")),
    (1, _("Tuesday")),
    (2, _("Wednesday")),
    (3, _("Thursday")),
    (4, _("Friday")),
    (5, _("Saturday")),
    (6, _("Sunday")),
)
NTHS = ((1, _("first")), (2, _("second")), (3, _("third")), (4, _("fourth")), (-1, _("last")))
EXACTLY_ONE = (
    Q(service__isnull=False, location=None, service_at_location=None)
    | Q(service=None, location__isnull=False, service_at_location=None)
    | Q(service=None, location=None, service_at_location__isnull=False)
)


class OfOneRecord(Exported):
    """Said of a service everywhere, of a place, or of a service at a place: exactly one of them."""

    service = models.ForeignKey("directory.Service", models.CASCADE, null=True, blank=True)
    location = models.ForeignKey("directory.Location", models.CASCADE, null=True, blank=True)
    service_at_location = models.ForeignKey(
        "directory.ServiceAtLocation", models.CASCADE, null=True, blank=True
    )

    class Meta:
        abstract = True
        default_related_name = "%(class)s_set"


class OpeningHours(OfOneRecord):
    """One opening; `closes` before `opens` means the next day, and equal to it twenty-four hours."""

    class Frequency(models.TextChoices):
        WEEKLY = "weekly", _("every week")
        MONTHLY = "monthly", _("once a month")

    weekday = models.PositiveSmallIntegerField(_("day"), choices=WEEKDAYS)
    opens = models.TimeField(_("opens"))
    closes = models.TimeField(_("closes"))
    frequency = models.CharField(_("how often"), max_length=8, choices=Frequency, default=Frequency.WEEKLY)
    nth = models.SmallIntegerField(_("which one in the month"), choices=NTHS, null=True, blank=True)
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_to = models.DateField(_("to (included)"), null=True, blank=True)
    note = line(_("note"), LINE)

    class Meta:
        default_related_name = "opening_hours"
        ordering = ["weekday", "opens", "pk"]
        verbose_name = _("opening hours")
        verbose_name_plural = _("opening hours")
        constraints = [
            models.CheckConstraint(condition=EXACTLY_ONE, name="hours_of_one_record"),
            models.CheckConstraint(
                condition=Q(frequency="weekly", nth=None) | Q(frequency="monthly", nth__isnull=False),
                name="hours_monthly_nth",
                violation_error_message=_("Once a month: say which one, the first, the second…"),
            ),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="hours_validity",
                violation_error_message=_("The last day must not come before the first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens:%H:%M}–{self.closes:%H:%M}"


class ClosedDays(OfOneRecord):
    """Days when it is closed, both ends included, whatever its hours say."""

    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    reason = line(_("why"), LINE)

    class Meta:
        default_related_name = "closed_days"
        ordering = ["starts_on", "pk"]
        verbose_name = _("closed days")
        verbose_name_plural = _("closed days")
        constraints = [
            models.CheckConstraint(condition=EXACTLY_ONE, name="closed_days_of_one_record"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="closed_days_order",
                violation_error_message=_("The last day must not come before the first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on} – {self.ends_on}"
