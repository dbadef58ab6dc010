"""Sources, indicators, append-only facts, and the frozen cells that alone may be published.

Knows no app that feeds it. Public pages, charts, CSV, API and embeds read `PublishedCell` only.
"""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Source(models.Model):
    """Who produced a dataset, under which licence, and how to cite it."""

    slug = models.SlugField(max_length=80, unique=True)
    producer = models.CharField(max_length=200)
    title = models.CharField(max_length=200)
    url = models.URLField(blank=True)
    licence = models.CharField(max_length=120)
    citation = models.CharField(max_length=300)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")

    def __str__(self) -> str:
        return f"{self.producer}, {self.title}"


class DatasetVersion(models.Model):
    """One dated delivery of a source: facts point to it, so that an old figure can be recomputed."""

    source = models.ForeignKey(Source, models.PROTECT, related_name="versions")
    label = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    geography_on = models.DateField()
    retrieved_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("dataset version")
        verbose_name_plural = _("dataset versions")
        constraints = [models.UniqueConstraint(fields=["source", "sha256"], name="dataset_version_key")]

    def __str__(self) -> str:
        return self.label


class Indicator(models.Model):
    """What is measured, in which unit, how it adds up and how it is protected."""

    class Aggregation(models.TextChoices):
        SUM = "sum", _("sum")
        RATIO = "ratio", _("ratio")
        NONE = "none", _("not added up")

    class People(models.TextChoices):
        ANSWERED = "answered", _("people who answered")
        CAME = "came", _("people who came")

    class Sensitivity(models.TextChoices):
        OPEN = "open", _("already public")
        PERSONS = "persons", _("about persons (11)")
        SERVICES = "services", _("about services (3)")

    code = models.SlugField(max_length=150, unique=True)
    theme = models.SlugField(max_length=60)
    order = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(max_length=200)
    question = models.TextField(blank=True)
    unit = models.CharField(max_length=40)
    decimals = models.PositiveSmallIntegerField(default=0)
    aggregation = models.CharField(max_length=6, choices=Aggregation, default=Aggregation.SUM)
    sensitivity = models.CharField(max_length=10, choices=Sensitivity, default=Sensitivity.PERSONS)
    choices_overlap = models.BooleanField(default=False, help_text=_("One person may be in several slices."))
    is_conditional = models.BooleanField(
        default=False, help_text=_("Being asked the question already says something about the person.")
    )
    counts_events = models.BooleanField(
        default=False,
        help_text=_(
            "Counts what happened, not who answered: zero is a figure, parts are told of the whole only."
        ),
    )
    people = models.CharField(
        max_length=8, choices=People, default=People.ANSWERED, help_text=_("Whom its shares are of.")
    )
    method = models.TextField(blank=True)
    source_text = models.CharField(max_length=300, blank=True)
    origin_kind = models.CharField(max_length=40, blank=True, help_text=_("Lineage kind of what feeds it."))
    origin_id = models.CharField(max_length=64, blank=True)
    needs = models.ManyToManyField("needs.Need", related_name="indicators", blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["theme", "origin_id", "order", "title"]
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        indexes = [models.Index(fields=["origin_kind", "origin_id"], name="indicator_origin")]

    def __str__(self) -> str:
        return self.title


class Slice(models.Model):
    """A combination of dimension members, such as a choice of a question; interned by its hash.

    `members` maps a dimension to a member code, e.g. {"choice": "oui"}; {} is the total. The slice keyed
    `others` counts respondents to whom a conditional question was not put: it is never published.
    """

    TOTAL = "total"
    OTHERS = "others"

    key = models.CharField(max_length=260, unique=True)
    members = models.JSONField(default=dict)
    label = models.CharField(max_length=300, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("slice")
        verbose_name_plural = _("slices")

    def __str__(self) -> str:
        return self.label or self.key


class FactQuerySet(models.QuerySet["Fact"]):
    def current(self) -> Self:
        return self.filter(is_current=True)


class Fact(models.Model):
    """An unprotected figure. Append-only; internal: no public page may read it.

    A fact about persons holds those located at that very territory and no finer: territories above are
    added up when a release is made. A fact of an open series holds the figure of its territory.
    """

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="facts")
    territory = models.ForeignKey("territories.Territory", models.PROTECT, related_name="facts")
    period = models.CharField(max_length=10, help_text=_("A year, or a year and month."))
    slice = models.ForeignKey(Slice, models.PROTECT, related_name="facts")
    dataset_version = models.ForeignKey(DatasetVersion, models.PROTECT, related_name="facts")
    value = models.FloatField(null=True)
    base_count = models.PositiveIntegerField(null=True, help_text=_("How many persons answered."))
    is_current = models.BooleanField(default=True)

    objects = FactQuerySet.as_manager()

    class Meta:
        verbose_name = _("fact")
        verbose_name_plural = _("facts")
        indexes = [models.Index(fields=["dataset_version", "indicator"], name="fact_by_delivery")]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "territory", "period", "slice"],
                condition=Q(is_current=True),
                name="fact_current_key",
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.territory_id} {self.period}"


class ReleaseQuerySet(models.QuerySet["Release"]):
    def of(self, subject_kind: str, subject_id: str) -> Self:
        """Every release of one subject."""
        return self.filter(subject_kind=subject_kind, subject_id=subject_id)

    def shown(self) -> Self:
        """Those to show: the last of each subject, unless withdrawn."""
        return self.filter(is_latest=True, withdrawn_on=None)


class Release(models.Model):
    """A frozen, citable set of published cells, with the parameters and the report of its protection.

    `report["indicators"]` says for each indicator and level whether it is published, kept from an earlier
    release or withheld, and why.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject_kind = models.CharField(max_length=40, help_text=_("Lineage kind: a survey or a source."))
    subject_id = models.CharField(max_length=64)
    slug = models.SlugField(max_length=80, db_index=True)
    scope_level = models.SlugField(max_length=20)
    scope_code = models.CharField(max_length=12)
    scope_name = models.CharField(max_length=120)
    geography_on = models.DateField()
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    released_on = models.DateField()
    base_count = models.PositiveIntegerField(help_text=_("Responses counted in this release."))
    parameters = models.JSONField(default=dict)
    report = models.JSONField(default=dict)
    input_hash = models.CharField(max_length=64)
    is_latest = models.BooleanField(default=True)
    withdrawn_on = models.DateField(null=True, blank=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ["-released_on", "-number"]
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        constraints = [
            models.UniqueConstraint(fields=["subject_kind", "subject_id", "number"], name="release_key")
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"


class PublishedCell(models.Model):
    """One published figure with its own keys: no reference to a fact, no hidden value.

    A hidden cell has no value and no base; `status` says why in the letters of INSEE's manual.
    """

    class Status(models.TextChoices):
        PUBLISHED = "V", _("published")
        SMALL_COUNT = "A", _("secret: fewer than the threshold")
        DOMINANCE = "B", _("secret: one contributor dominates")
        SECONDARY = "D", _("secret: would reveal another")
        WITHHELD = "N", _("level withheld")
        MISSING = "M", _("absent")

    release = models.ForeignKey(Release, models.CASCADE, related_name="cells")
    indicator_code = models.SlugField(max_length=150)
    level_code = models.SlugField(max_length=20)
    territory_code = models.CharField(max_length=12)
    territory_name = models.CharField(max_length=120)
    period = models.CharField(max_length=10)
    slice_key = models.CharField(max_length=200)
    slice_label = models.CharField(max_length=300, blank=True)
    slice_order = models.PositiveSmallIntegerField(default=0)
    value = models.FloatField(null=True)
    base_count = models.PositiveIntegerField(null=True)
    status = models.CharField(max_length=1, choices=Status)

    class Meta:
        verbose_name = _("published cell")
        verbose_name_plural = _("published cells")
        constraints = [
            models.UniqueConstraint(
                fields=["release", "indicator_code", "level_code", "territory_code", "period", "slice_key"],
                name="published_cell_key",
            ),
            models.CheckConstraint(
                condition=Q(status="V") | Q(value=None, base_count=None), name="hidden_cell_has_no_value"
            ),
        ]
        indexes = [
            models.Index(fields=["indicator_code", "level_code", "period", "slice_key"], name="cell_by_map"),
            models.Index(fields=["level_code", "territory_code", "indicator_code"], name="cell_by_place"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_code} {self.territory_code} {self.slice_key}"

    def display_value(self, *, is_share: bool) -> float | None:
        """What is read on a chart: the share of those who answered, in per cent, or the value itself."""
        if self.value is None or not is_share:
            return self.value
        if self.slice_key == Slice.TOTAL or not self.base_count:
            return None
        return 100 * self.value / self.base_count
