"""What people said in their own words, coded with needs. Its own permissions, its own retention."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class Verbatim(models.Model):
    """One free text as it was given; never published below the threshold of its territory."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consultation = models.ForeignKey("process.Consultation", models.CASCADE, related_name="verbatims")
    origin_kind = models.CharField(max_length=40)
    origin_id = models.CharField(max_length=64)
    question_code = models.SlugField(max_length=60)
    text = models.TextField()
    territory = models.ForeignKey("territories.Territory", models.PROTECT, null=True, related_name="+")
    needs = models.ManyToManyField("needs.Need", related_name="verbatims", blank=True)
    given_on = models.DateField()

    class Meta:
        ordering = ["given_on", "pk"]
        verbose_name = _("verbatim")
        verbose_name_plural = _("verbatims")
        constraints = [
            models.UniqueConstraint(fields=["origin_kind", "origin_id", "question_code"], name="verbatim_key")
        ]

    def __str__(self) -> str:
        return f"{self.question_code} {self.given_on}"


class Quotation(models.Model):
    """Words made public, as an organiser wrote them so that nobody is recognised.

    Nothing here leads to the verbatim they come from, nor to the answer, nor to the day or the place they were given.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consultation = models.ForeignKey("process.Consultation", models.CASCADE, related_name="quotations")
    text = models.CharField(_("words"), max_length=400)
    needs = models.ManyToManyField("needs.Need", related_name="quotations", blank=True)
    published_on = models.DateField()

    class Meta:
        ordering = ["published_on", "pk"]
        verbose_name = _("words quoted")
        verbose_name_plural = _("words quoted")
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "text"],
                name="quotation_key",
                violation_error_message=_("These words are already public."),
            )
        ]

    def __str__(self) -> str:
        return self.text
