"""Levels, dated territories, the relation graph, events, populations and geometries.

The key of a territory is (level, code, validity): in France `47001` alone is a commune, and
other files write it for a canton or an arrondissement.
"""

import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

ALWAYS = datetime.date(1900, 1, 1)


class TerritoryLevel(models.Model):
    """A level such as commune or EPCI; levels do not have to nest."""

    code = models.SlugField(primary_key=True, max_length=20)
    rank = models.PositiveSmallIntegerField(help_text=_("From the widest (1) to the finest."))
    name = models.CharField(max_length=60)
    name_plural = models.CharField(max_length=60)

    class Meta:
        ordering = ["rank"]
        verbose_name = _("territory level")
        verbose_name_plural = _("territory levels")

    def __str__(self) -> str:
        return self.name


class TerritoryQuerySet(models.QuerySet["Territory"]):
    def valid_on(self, day: datetime.date) -> Self:
        """Those that exist on `day` (`valid_to` is the first day after)."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gt=day), valid_from__lte=day)

    def current(self) -> Self:
        """Those with no end date."""
        return self.filter(valid_to=None)

    def at_level(self, code: str) -> Self:
        return self.filter(level_id=code)


class Territory(models.Model):
    """One territory during one period of validity."""

    level = models.ForeignKey(
        TerritoryLevel, models.PROTECT, related_name="territories", verbose_name=_("level")
    )
    code = models.CharField(_("code"), max_length=12)
    name = models.CharField(_("name"), max_length=120)
    search_name = models.CharField(max_length=120, db_index=True, help_text=_("Lower case, no accents."))
    valid_from = models.DateField(_("valid from"), default=ALWAYS)
    valid_to = models.DateField(
        _("valid until (excluded)"), null=True, blank=True, help_text=_("First day it no longer exists.")
    )

    objects = TerritoryQuerySet.as_manager()

    class Meta:
        ordering = ["level__rank", "search_name", "code"]
        verbose_name = _("territory")
        verbose_name_plural = _("territories")
        constraints = [
            models.UniqueConstraint(fields=["level", "code", "valid_from"], name="territory_key"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="territory_validity",
                violation_error_message=_("The end of validity must come after its start."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class TerritoryAlias(models.Model):
    """Another name or code by which people and other files mean this territory."""

    class Kind(models.TextChoices):
        NAME = "name", _("former or usual name")
        CODE = "code", _("code in other files")
        POSTAL = "postal", _("postal code")

    territory = models.ForeignKey(Territory, models.CASCADE, related_name="aliases")
    kind = models.CharField(max_length=6, choices=Kind)
    value = models.CharField(max_length=120)
    search_value = models.CharField(max_length=120, db_index=True)

    class Meta:
        verbose_name = _("other name or code")
        verbose_name_plural = _("other names and codes")
        constraints = [models.UniqueConstraint(fields=["territory", "kind", "value"], name="alias_key")]

    def __str__(self) -> str:
        return self.value


class TerritoryRelationQuerySet(models.QuerySet["TerritoryRelation"]):
    def valid_on(self, day: datetime.date) -> Self:
        """Those in force on `day` (`valid_to` is the first day after)."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gt=day), valid_from__lte=day)

    def full(self) -> Self:
        """Those where the child lies wholly in the parent: the only ones figures add up along."""
        return self.filter(coverage=TerritoryRelation.Coverage.FULL)


class TerritoryRelation(models.Model):
    """`child` is in `parent` during a period, wholly or in part."""

    class Kind(models.TextChoices):
        MEMBERSHIP = "membership", _("membership")
        SUCCESSION = "succession", _("succession")

    class Coverage(models.TextChoices):
        FULL = "full", _("full")
        PARTIAL = "partial", _("partial")

    parent = models.ForeignKey(Territory, models.CASCADE, related_name="child_relations")
    child = models.ForeignKey(Territory, models.CASCADE, related_name="parent_relations")
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.MEMBERSHIP)
    coverage = models.CharField(max_length=8, choices=Coverage, default=Coverage.FULL)
    weight = models.FloatField(
        null=True,
        blank=True,
        help_text=_(
            "Share of the child in the parent, 0 to 1: of its area (cantons), of its inhabitants (EPCI)."
        ),
    )
    valid_from = models.DateField(default=ALWAYS)
    valid_to = models.DateField(null=True, blank=True)

    objects = TerritoryRelationQuerySet.as_manager()

    class Meta:
        verbose_name = _("territory relation")
        verbose_name_plural = _("territory relations")
        constraints = [
            models.UniqueConstraint(fields=["parent", "child", "kind", "valid_from"], name="relation_key"),
            models.CheckConstraint(condition=~Q(parent=F("child")), name="relation_not_to_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.child} ⊂ {self.parent}"


class TerritoryEvent(models.Model):
    """A change in the map: a merger resolves the old codes to the new one."""

    class Kind(models.TextChoices):
        MERGE = "merge", _("merger")
        SPLIT = "split", _("split")
        RENAME = "rename", _("renaming")
        TRANSFER = "transfer", _("transfer")
        RECODE = "recode", _("new code")

    happened_on = models.DateField(_("day"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    label = models.CharField(_("what changed"), max_length=200)

    class Meta:
        ordering = ["happened_on", "pk"]
        verbose_name = _("territory event")
        verbose_name_plural = _("territory events")

    def __str__(self) -> str:
        return f"{self.happened_on} {self.label}"


class TerritoryEventLink(models.Model):
    """One territory before an event and one after it."""

    event = models.ForeignKey(TerritoryEvent, models.CASCADE, related_name="links")
    before = models.ForeignKey(Territory, models.CASCADE, related_name="later_links")
    after = models.ForeignKey(Territory, models.CASCADE, related_name="earlier_links")
    share = models.FloatField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "before", "after"], name="event_link_key")]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"


class Population(models.Model):
    """Legal populations of a territory for one reference year."""

    territory = models.ForeignKey(Territory, models.CASCADE, related_name="populations")
    year = models.PositiveSmallIntegerField()
    municipal_count = models.PositiveIntegerField()
    total_count = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["-year"]
        verbose_name = _("population")
        verbose_name_plural = _("populations")
        constraints = [models.UniqueConstraint(fields=["territory", "year"], name="population_key")]

    def __str__(self) -> str:
        return f"{self.territory} {self.year}"


class GeometryLayer(models.Model):
    """The outlines of one level for one vintage: a full file and a light one, both named by their hash."""

    level = models.ForeignKey(TerritoryLevel, models.CASCADE, related_name="layers", verbose_name=_("level"))
    vintage = models.PositiveSmallIntegerField(_("vintage"))
    file = models.FileField(upload_to="geometries/")
    light_file = models.FileField(upload_to="geometries/")
    sha256 = models.CharField(max_length=64)
    feature_count = models.PositiveIntegerField(_("number of outlines"))
    source = models.CharField(_("source"), max_length=200)

    class Meta:
        ordering = ["level__rank", "-vintage"]
        verbose_name = _("geometry layer")
        verbose_name_plural = _("geometry layers")
        constraints = [models.UniqueConstraint(fields=["level", "vintage"], name="layer_key")]

    def __str__(self) -> str:
        return f"{self.level} {self.vintage}"
