"""A synthesis, its lines, where each comes from, its frozen versions, and what was said of it."""

import datetime
import uuid
from typing import Any, Self

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consultations.syntheses.blocks import Block
from consultations.syntheses.document import MAX_TEXT, MAX_TITLE


class SynthesisQuerySet(models.QuerySet["Synthesis"]):
    def public(self) -> Self:
        """Those with a page anyone may read."""
        return self.exclude(published_version=None)

    def open_to_comments(self) -> Self:
        """Those whose draft is shown to be commented."""
        return self.filter(status=Synthesis.Status.COMMENTS)


class Synthesis(models.Model):
    """The shared diagnosis of a workshop, or a past one imported. Its public page is a frozen version."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("being written")
        COMMENTS = "comments", _("open to comments")
        ADOPTED = "adopted", _("adopted")
        PUBLISHED = "published", pgettext_lazy("synthesis", "published")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=MAX_TITLE)
    session = models.CharField(_("session"), max_length=MAX_TITLE, blank=True)
    theme = models.CharField(_("theme"), max_length=MAX_TITLE, blank=True)
    held_on = models.DateField(_("day of the workshop"), null=True, blank=True)
    summary = models.TextField(_("easy-read summary"), blank=True, validators=[MaxLengthValidator(2000)])
    workshop = models.OneToOneField(
        "workshops.Workshop", models.PROTECT, null=True, blank=True, related_name="synthesis"
    )
    consultation = models.ForeignKey(
        "process.Consultation", models.PROTECT, null=True, blank=True, related_name="syntheses"
    )
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    comments_from = models.DateField(null=True, blank=True)
    comments_until = models.DateField(_("last day to comment"), null=True, blank=True)
    decision = models.CharField(_("who adopted it, and how"), max_length=400, blank=True)
    adopted_on = models.DateField(_("adopted on"), null=True, blank=True)
    adopted_version = models.ForeignKey(
        "SynthesisVersion", models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_on = models.DateField(null=True, blank=True)
    published_version = models.ForeignKey(
        "SynthesisVersion", models.PROTECT, null=True, blank=True, related_name="+"
    )
    import_hash = models.CharField(max_length=64, null=True, blank=True, unique=True, editable=False)
    import_name = models.CharField(max_length=200, blank=True, editable=False)
    is_demo = models.BooleanField(_("fictional, for the demo"), default=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_on = models.DateField(default=timezone.localdate)
    volunteers: models.ManyToManyField = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="syntheses_written", blank=True
    )

    objects = SynthesisQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on", "title"]
        verbose_name = _("synthesis")
        verbose_name_plural = _("syntheses")
        constraints = [
            models.CheckConstraint(
                condition=Q(comments_until=None) | Q(comments_until__gte=F("comments_from")),
                name="synthesis_comment_dates",
                violation_error_message=_("The last day must not come before the first."),
            ),
            models.CheckConstraint(
                condition=~Q(status="published") | Q(published_version__isnull=False),
                name="synthesis_published_is_frozen",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_imported(self) -> bool:
        return self.import_hash is not None

    def takes_comments_on(self, day: datetime.date) -> bool:
        """True on the days of its comment period."""
        return bool(
            self.status == self.Status.COMMENTS
            and self.comments_from
            and self.comments_until
            and self.comments_from <= day <= self.comments_until
        )


class SynthesisLineQuerySet(models.QuerySet["SynthesisLine"]):
    def live(self) -> Self:
        """Those in the text today; the others are kept because a version or a receipt names them."""
        return self.filter(is_removed=False)


class SynthesisLine(models.Model):
    """One sentence of a block, perhaps under another. `revision` protects two writers from each other."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    synthesis = models.ForeignKey(Synthesis, models.CASCADE, related_name="lines")
    block = models.CharField(_("block"), max_length=20, choices=Block)
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="children")
    order = models.PositiveIntegerField(default=0)
    text = models.TextField(_("sentence"), validators=[MaxLengthValidator(MAX_TEXT)])
    revision = models.PositiveIntegerField(default=1)
    is_removed = models.BooleanField(default=False)
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="merged")

    objects = SynthesisLineQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("line of a synthesis")
        verbose_name_plural = _("lines of syntheses")
        indexes = [models.Index(fields=["synthesis", "is_removed", "block"], name="synthesis_line_text")]

    def __str__(self) -> str:
        return self.text[:80]


class LineSource(models.Model):
    """What a line rests on: cards, a group of cards, their votes, a survey's results, an indicator."""

    class Kind(models.TextChoices):
        CARD = "card", _("card")
        GROUP = "group", _("group of cards")
        VOTE = "vote", _("vote")
        SURVEY = "survey", _("results of a survey")
        INDICATOR = "indicator", _("indicator")

    line = models.ForeignKey(SynthesisLine, models.CASCADE, related_name="sources")
    kind = models.CharField(max_length=10, choices=Kind)
    key = models.CharField(max_length=64)
    label = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["kind", "pk"]
        verbose_name = _("source of a line")
        verbose_name_plural = _("sources of lines")
        constraints = [models.UniqueConstraint(fields=["line", "kind", "key"], name="line_source_key")]
        indexes = [models.Index(fields=["kind", "key"], name="line_source_object")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class SynthesisVersion(models.Model):
    """The whole text with its evidence as it was shown at a step; never changed."""

    synthesis = models.ForeignKey(Synthesis, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    step = models.CharField(max_length=10, choices=Synthesis.Status)
    content: models.JSONField[dict[str, Any]] = models.JSONField(default=dict)
    content_hash = models.CharField(max_length=64)
    made_on = models.DateField(default=timezone.localdate)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-number"]
        verbose_name = _("version of a synthesis")
        verbose_name_plural = _("versions of syntheses")
        constraints = [models.UniqueConstraint(fields=["synthesis", "number"], name="synthesis_version_key")]

    def __str__(self) -> str:
        return f"{self.synthesis_id} {self.number}"


class SynthesisComment(models.Model):
    """What a participant says of the draft: a day and not a time, a college and never a device."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("to read")
        SHOWN = "shown", pgettext_lazy("comment", "shown")
        HIDDEN = "hidden", pgettext_lazy("comment", "not shown")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(SynthesisVersion, models.CASCADE, related_name="comments")
    line = models.ForeignKey(SynthesisLine, models.SET_NULL, null=True, blank=True, related_name="comments")
    quote = models.CharField(max_length=MAX_TEXT, blank=True)
    text = models.TextField(_("your comment"), validators=[MaxLengthValidator(2000)])
    college = models.CharField(max_length=20, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="synthesis_comments"
    )
    client_uuid = models.UUIDField(unique=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.WAITING)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    answer = models.TextField(_("answer"), blank=True, validators=[MaxLengthValidator(1000)])
    given_on = models.DateField(default=timezone.localdate)

    class Meta:
        ordering = ["given_on", "pk"]
        verbose_name = _("comment on a synthesis")
        verbose_name_plural = _("comments on syntheses")

    def __str__(self) -> str:
        return f"{self.version_id} {self.given_on}"


class Proposal(models.Model):
    """A recommendation put forward to become an action sheet; who took it up is told by lineage."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    line = models.OneToOneField(SynthesisLine, models.PROTECT, related_name="proposal")
    text = models.TextField()
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    proposed_on = models.DateField(default=timezone.localdate)

    class Meta:
        ordering = ["proposed_on", "pk"]
        verbose_name = _("action-sheet proposal")
        verbose_name_plural = _("action-sheet proposals")

    def __str__(self) -> str:
        return self.text[:80]
