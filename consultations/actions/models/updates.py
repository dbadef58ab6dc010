"""News of a sheet: what was done, in plain words, with pictures and a figure; corrected in the open, never rewritten."""

import uuid

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consultations.actions.models.effects import Measure
from consultations.actions.models.sheet import ActionSheet
from core.storage import private_storage


class Update(models.Model):
    """What happened by `on`. A withdrawn one keeps its place and its reason, and shows nothing else."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sheet = models.ForeignKey(ActionSheet, models.CASCADE, related_name="updates")
    on = models.DateField(_("day"), default=timezone.localdate)
    text = models.TextField(_("what is new"), validators=[MaxLengthValidator(3000)])
    easy_read = models.TextField(
        _("the same, easy to read"), blank=True, validators=[MaxLengthValidator(2000)]
    )
    measure = models.OneToOneField(
        Measure, models.SET_NULL, null=True, blank=True, related_name="told_by", verbose_name=_("figure")
    )
    written_on = models.DateField(default=timezone.localdate)
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_why = models.CharField(_("why it is withdrawn"), max_length=400, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-on", "-written_on", "pk"]
        verbose_name = _("news of an action")
        verbose_name_plural = _("news of actions")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(withdrawn_on=None) | ~models.Q(withdrawn_why=""),
                name="update_withdrawn_why",
                violation_error_message=_("Say why it is withdrawn: everyone will read it."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.text[:60]}"


class UpdatePhoto(models.Model):
    """A picture of a piece of news, written again by us: upright, small enough, without what cameras add to it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    update_of = models.ForeignKey(Update, models.CASCADE, related_name="photos")
    image = models.ImageField(
        upload_to="actions/%Y/", storage=private_storage, width_field="width", height_field="height",
        verbose_name=_("picture"),
    )  # fmt: skip
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    alt = models.CharField(_("what the picture shows"), max_length=300)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("picture of an action")
        verbose_name_plural = _("pictures of actions")

    def __str__(self) -> str:
        return self.alt


class UpdateVersion(models.Model):
    """The words a correction replaced, and until when they stood."""

    update_of = models.ForeignKey(Update, models.CASCADE, related_name="versions")
    text = models.TextField()
    easy_read = models.TextField(blank=True)
    on = models.DateField()
    figure = models.CharField(max_length=400, blank=True)
    replaced_on = models.DateField(default=timezone.localdate)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("earlier wording of news")
        verbose_name_plural = _("earlier wordings of news")

    def __str__(self) -> str:
        return f"{self.replaced_on} {self.text[:60]}"
