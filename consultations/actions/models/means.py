"""What the action costs and who pays, year by year, in euros; and the people it takes."""

from decimal import Decimal
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consultations.actions.models.sheet import ActionSheet
from consultations.actions.money import in_euros

FIRST_YEAR, LAST_YEAR = 1990, 2100
YEARS = [MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
NOT_NEGATIVE = MinValueValidator(Decimal(0), message=_("An amount is not negative."))


def euros(words: Any) -> models.DecimalField:
    """A column of euros, with cents."""
    return models.DecimalField(
        words, max_digits=12, decimal_places=2, default=Decimal(0), validators=[NOT_NEGATIVE]
    )


class Funding(models.Model):
    """What one funder is asked, promises and pays for one year."""

    sheet = models.ForeignKey(ActionSheet, models.CASCADE, related_name="funding")
    funder = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, null=True, blank=True, related_name="sheets_funded",
        verbose_name=_("funder"),
    )  # fmt: skip
    funder_words = models.CharField(_("or in words"), max_length=120, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), validators=YEARS)
    sought = euros(_("amount sought"))
    secured = euros(_("amount secured"))
    spent = euros(_("amount spent"))

    class Meta:
        ordering = ["year", "funder__name", "funder_words", "pk"]
        verbose_name = _("funding")
        verbose_name_plural = _("funding")
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "funder", "funder_words", "year"],
                name="funding_key",
                nulls_distinct=False,
                violation_error_message=_("This funder already has a line for this year: change that line."),
            ),
            models.CheckConstraint(
                condition=Q(sought__gte=0, secured__gte=0, spent__gte=0),
                name="funding_not_negative",
                violation_error_message=_("An amount is not negative."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.funder_name} {self.year}"

    @property
    def words(self) -> dict[str, str]:
        """Its amounts as people read them."""
        return {name: in_euros(getattr(self, name)) for name in ("sought", "secured", "spent")}

    @property
    def funder_name(self) -> str:
        return self.funder.name if self.funder else self.funder_words


class StaffTime(models.Model):
    """The people the action takes in a year, in full-time equivalents."""

    sheet = models.ForeignKey(ActionSheet, models.CASCADE, related_name="staff")
    year = models.PositiveSmallIntegerField(_("year"), validators=YEARS)
    fte = models.DecimalField(
        _("full-time equivalents"),
        max_digits=6,
        decimal_places=2,
        validators=[MinValueValidator(Decimal(0), message=_("A number of people is not negative."))],
    )
    words = models.CharField(_("who"), max_length=200, blank=True)

    class Meta:
        ordering = ["year", "pk"]
        verbose_name = _("staff time")
        verbose_name_plural = _("staff time")

    def __str__(self) -> str:
        return f"{self.year} {self.fte}"
