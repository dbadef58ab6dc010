"""Dated, typed links between any two objects of the platform."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Relation(models.TextChoices):
    """How the target answers for the source, read from source to target."""

    RAISED_IN = "raised_in", _("raised in")
    CODED_AS = "coded_as", _("coded as")
    RELEASED_IN = "released_in", _("published in")
    MERGED_INTO = "merged_into", _("merged into")
    SUPPORTS = "supports", _("supports")
    CONTRADICTS = "contradicts", _("contradicts")
    ANSWERED_BY = "answered_by", _("answered by")
    IMPLEMENTED_BY = "implemented_by", _("implemented by")
    EVALUATED_BY = "evaluated_by", _("evaluated by")
    MEASURED_BY = "measured_by", _("measured by")


class Link(models.Model):
    """`source` became, supports or is measured by `target`; kinds are in the lineage registry."""

    source_kind = models.CharField(max_length=40)
    source_id = models.CharField(max_length=150)
    relation = models.CharField(max_length=20, choices=Relation)
    target_kind = models.CharField(max_length=40)
    target_id = models.CharField(max_length=150)
    linked_on = models.DateField()
    linked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["linked_on", "pk"]
        verbose_name = _("link")
        verbose_name_plural = _("links")
        constraints = [
            models.UniqueConstraint(
                fields=["source_kind", "source_id", "relation", "target_kind", "target_id"],
                name="link_key",
            )
        ]
        indexes = [models.Index(fields=["target_kind", "target_id", "source_kind"], name="link_target")]

    def __str__(self) -> str:
        return f"{self.source_kind} {self.relation} {self.target_kind}"
