"""What the search reads: rows made from the records by `directory.finding.services`, rebuilt at any time.

One row per service and place. Words, needs, languages, schemes are numbered terms; a posting says that a row holds a
term. The same tables, the same ordering and the same answers on SQLite and PostgreSQL.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchTerm(models.Model):
    """A folded word, told by where it was read, or a code: `n:course`, `need:1.3.2.2`, `lang:fr`."""

    LONGEST = 60

    text = models.CharField(max_length=LONGEST, unique=True)

    class Meta:
        verbose_name = _("search term")
        verbose_name_plural = _("search terms")

    def __str__(self) -> str:
        return self.text


class Area(models.Model):
    """A set of territories some services are limited to; services with the same limits share it."""

    key = models.CharField(max_length=64, unique=True)
    territories = models.ManyToManyField("territories.Territory", related_name="+")

    class Meta:
        verbose_name = _("area of services")
        verbose_name_plural = _("areas of services")

    def __str__(self) -> str:
        return self.key


class SearchRow(models.Model):
    """A public service at one of its places, or without any; lists of codes are bits (`finding.codes`).

    A hidden address has no point here. `area` is None when anyone may come, wherever they live.
    """

    service = models.ForeignKey("directory.Service", models.CASCADE, related_name="search_rows")
    location = models.ForeignKey("directory.Location", models.CASCADE, null=True, related_name="+")
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    area = models.ForeignKey(Area, models.PROTECT, null=True, related_name="rows")
    modes = models.IntegerField(default=0)
    audiences = models.IntegerField(default=0)
    access = models.IntegerField(default=0)
    fee = models.IntegerField(default=0)
    spans_until = models.DateField(db_index=True, help_text=_("Last day whose openings are known."))

    class Meta:
        verbose_name = _("search row")
        verbose_name_plural = _("search rows")

    def __str__(self) -> str:
        return f"{self.service_id}@{self.location_id}"


class Posting(models.Model):
    """This row holds this term; the key is read alone, without the table, by both databases."""

    pk = models.CompositePrimaryKey("term_id", "row_id")
    term = models.ForeignKey(SearchTerm, models.CASCADE, db_index=False, related_name="postings")
    row = models.ForeignKey(SearchRow, models.CASCADE, related_name="postings")

    class Meta:
        verbose_name = _("posting")
        verbose_name_plural = _("postings")

    def __str__(self) -> str:
        return f"{self.term_id}:{self.row_id}"


class OpenSpan(models.Model):
    """One opening of the days to come, computed by `directory.hours`: “open now” is then one lookup."""

    row = models.ForeignKey(SearchRow, models.CASCADE, db_index=False, related_name="spans")
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("opening to come")
        verbose_name_plural = _("openings to come")
        indexes = [models.Index(fields=["row", "opens_at", "closes_at"], name="finding_span")]

    def __str__(self) -> str:
        return f"{self.opens_at} – {self.closes_at}"


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
