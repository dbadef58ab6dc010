"""Texts written together, their frozen versions, and what readers suggest and say of them."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Manuscript(models.Model):
    """The texts of one object of an upper app, named by `kind` and `key` as in the registry of kinds."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.SlugField(max_length=40)
    key = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("manuscript")
        verbose_name_plural = _("manuscripts")
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="manuscript_of_object")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class SharedText(models.Model):
    """One text of a manuscript: its words, always, and its history up to the updates that follow.

    `revision` counts its changes, so that a copy in memory knows whether it is of today.
    """

    manuscript = models.ForeignKey(Manuscript, models.CASCADE, related_name="texts")
    name = models.SlugField(max_length=40)
    text = models.TextField(blank=True)
    state = models.BinaryField(default=bytes, editable=False)
    revision = models.PositiveBigIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("shared text")
        verbose_name_plural = _("shared texts")
        constraints = [models.UniqueConstraint(fields=["manuscript", "name"], name="shared_text_name")]

    def __str__(self) -> str:
        return self.name


class TextUpdate(models.Model):
    """What one writer did at once, as it came; squashed into the state of the text now and then."""

    shared_text = models.ForeignKey(SharedText, models.CASCADE, related_name="updates")
    update = models.BinaryField()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("change of a text")
        verbose_name_plural = _("changes of texts")

    def __str__(self) -> str:
        return f"{self.shared_text_id} {self.pk}"


class Version(models.Model):
    """The manuscript as it stood when someone gave it a name; never changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    manuscript = models.ForeignKey(Manuscript, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    name = models.CharField(_("name of the version"), max_length=120)
    texts = models.JSONField(default=dict)
    details = models.JSONField(default=dict)
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    named_at = models.DateTimeField(default=timezone.now)
    is_approved = models.BooleanField(_("approved"), default=False)

    class Meta:
        ordering = ["-number"]
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        constraints = [models.UniqueConstraint(fields=["manuscript", "number"], name="version_number")]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class Contribution(models.Model):
    """That someone wrote in a text between two versions; `version` is empty for what is not in one yet."""

    shared_text = models.ForeignKey(SharedText, models.CASCADE, related_name="contributions")
    version = models.ForeignKey(Version, models.CASCADE, null=True, blank=True, related_name="contributions")
    writer = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        constraints = [
            models.UniqueConstraint(
                fields=["shared_text", "writer"], condition=Q(version=None), name="contribution_to_come"
            )
        ]

    def __str__(self) -> str:
        return f"{self.shared_text_id} {self.writer_id}"


class Suggestion(models.Model):
    """Another wording that a reader proposes for a text; the team takes it or says why not."""

    class State(models.TextChoices):
        PROPOSED = "proposed", pgettext_lazy("suggestion", "to be read")
        ACCEPTED = "accepted", pgettext_lazy("suggestion", "accepted")
        REFUSED = "refused", pgettext_lazy("suggestion", "not taken")
        WITHDRAWN = "withdrawn", pgettext_lazy("suggestion", "withdrawn")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    shared_text = models.ForeignKey(SharedText, models.CASCADE, related_name="suggestions")
    before = models.TextField(blank=True)
    proposed = models.TextField(_("your wording"), blank=True)
    why = models.TextField(_("why"), max_length=1000, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_on = models.DateField(default=timezone.localdate)
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    answer = models.TextField(_("answer to the author"), max_length=1000, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    answered_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["made_on", "pk"]
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")

    def __str__(self) -> str:
        return f"{self.shared_text_id} {self.state}"


class Comment(models.Model):
    """What someone says of some words of a text, or of the whole; answers hang under the first comment."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    shared_text = models.ForeignKey(SharedText, models.CASCADE, related_name="comments")
    quotation = models.TextField(_("words it is about"), max_length=500, blank=True)
    before = models.CharField(max_length=64, blank=True)
    after = models.CharField(max_length=64, blank=True)
    answers = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="replies")
    body = models.TextField(_("comment"), max_length=2000)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    given_at = models.DateTimeField(default=timezone.now)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    resolved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["given_at", "pk"]
        verbose_name = _("comment")
        verbose_name_plural = _("comments")

    def __str__(self) -> str:
        return f"{self.shared_text_id} {self.given_at:%Y-%m-%d}"
