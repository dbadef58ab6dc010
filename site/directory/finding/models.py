"""What the search reads: rows made from the records by `directory.finding.services`, rebuilt at any time.

One row per service and place, which each process keeps in memory (`directory.finding.arrays`); a log of what changed
tells it which services to read again. The same rows and the same answers on SQLite and PostgreSQL.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchRow(models.Model):
    """A public service at one of its places, or without any; lists of codes are bits (`finding.codes`).

    A hidden address has no point here.
    """

    service = models.ForeignKey("directory.Service", models.CASCADE, related_name="search_rows")
    location = models.ForeignKey("directory.Location", models.CASCADE, null=True, related_name="+")
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    territories = models.TextField(
        blank=True,
        help_text=_("Numbers of the territories one must live in, with spaces; empty when anyone may come."),
    )
    modes = models.IntegerField(default=0)
    audiences = models.IntegerField(default=0)
    access = models.IntegerField(default=0)
    fee = models.IntegerField(default=0)
    terms = models.TextField(
        help_text=_("Folded words told by where they were read, and codes, with spaces: “n:course lang:fr”.")
    )
    openings = models.BinaryField(help_text=_("Of the days to come, as `finding.openings` packs them."))
    spans_until = models.DateField(db_index=True, help_text=_("Last day whose openings are known."))

    class Meta:
        verbose_name = _("search row")
        verbose_name_plural = _("search rows")

    def __str__(self) -> str:
        return f"{self.service_id}@{self.location_id}"


class IndexState(models.Model):
    """The only row: which index this is, and how many times it changed since it was made."""

    token = models.UUIDField(help_text=_("Another one each time everything is made again."))
    revision = models.PositiveBigIntegerField(default=0)
    forgotten = models.PositiveBigIntegerField(
        default=0, help_text=_("Revisions up to this one are no longer in the log.")
    )

    class Meta:
        verbose_name = _("state of the search")
        verbose_name_plural = _("states of the search")

    def __str__(self) -> str:
        return f"{self.token}:{self.revision}"


class IndexChange(models.Model):
    """A service whose rows changed. It has a revision once that is certain: in the order changes can be read."""

    service = models.BigIntegerField(help_text=_("Number of a service, which may exist no longer."))
    revision = models.PositiveBigIntegerField(null=True, db_index=True)

    class Meta:
        verbose_name = _("change of the search")
        verbose_name_plural = _("changes of the search")

    def __str__(self) -> str:
        return f"{self.service}@{self.revision}"


class SearchSignal(models.Model):
    """How many searches of a day had the same outcome. No words, no person, no address: nothing leads back.

    `need` is empty when no need was understood, `epci` when no place was said.
    """

    class Found(models.TextChoices):
        NONE = "0", _("nothing")
        FEW = "1-2", _("one or two")
        SOME = "3-9", _("three to nine")
        MANY = "10+", _("ten or more")

    class Nearest(models.TextChoices):
        UNKNOWN = "", _("not measured")
        HERE = "5", _("less than 5 km, or at home")
        NEAR = "20", _("5 to 20 km")
        FAR = "50", _("20 to 50 km")
        VERY_FAR = "51", _("more than 50 km")
        REMOTE = "remote", _("by phone or online only")

    day = models.DateField()
    need = models.CharField(max_length=20, blank=True)
    epci = models.CharField(max_length=12, blank=True)
    found = models.CharField(max_length=4, choices=Found)
    nearest = models.CharField(max_length=6, choices=Nearest, blank=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("outcome of searches")
        verbose_name_plural = _("outcomes of searches")
        constraints = [
            models.UniqueConstraint(
                fields=["day", "need", "epci", "found", "nearest"], name="search_signal_key"
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.need} {self.epci} {self.found}: {self.count}"
