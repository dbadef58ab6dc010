"""Polls, the right to vote once, and ballots that nothing joins to who cast them.

A voter is a keyed hash and a mark; a ballot is a random key and a content. Neither keeps a time, an order, an
address or an account, and no column is common to both but the poll.
"""

import datetime
import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consultations.polls.definition import Definition, Kind


class PollQuerySet(models.QuerySet["Poll"]):
    def at(self, kind: str, key: str) -> Self:
        """Those attached to one place."""
        return self.filter(place_kind=kind, place_key=key)

    def opened(self) -> Self:
        """Open or closed: no longer drafts."""
        return self.exclude(status=Poll.Status.DRAFT)

    def to_close_on(self, day: datetime.date) -> Self:
        """Open and past their last day."""
        return self.filter(status=Poll.Status.OPEN, closes_on__lt=day)


class Poll(models.Model):
    """One question put to people at a place; `definition` is frozen, with its hash, at opening."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")

    class Secrecy(models.TextChoices):
        OPEN = "open", _("open vote: counts are shown as they are")
        SECRET = "secret", _("about people: counts are protected")

    class Visibility(models.TextChoices):
        LIVE = "live", _("while people vote")
        AFTER_VOTE = "after_vote", _("while people vote, to those who have voted")
        HIDDEN = "hidden", _("only when it is closed")

    class Access(models.TextChoices):
        DEVICE = "device", _("one vote per device")
        INVITATION = "invitation", _("one vote per invitation code")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(_("address"), max_length=60, unique=True)
    place_kind = models.CharField(max_length=40)
    place_key = models.CharField(max_length=64)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    definition = models.JSONField()
    definition_hash = models.CharField(max_length=64, blank=True)
    status = models.CharField(max_length=6, choices=Status, default=Status.DRAFT)
    secrecy = models.CharField(_("secrecy"), max_length=6, choices=Secrecy, default=Secrecy.SECRET)
    visibility = models.CharField(_("results"), max_length=10, choices=Visibility, default=Visibility.HIDDEN)
    access = models.CharField(_("who votes"), max_length=10, choices=Access, default=Access.DEVICE)
    what_next = models.CharField(_("what comes next"), max_length=400, blank=True)
    opens_on = models.DateField(_("first day"), null=True, blank=True)
    closes_on = models.DateField(_("last day"), null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    pending = models.JSONField(default=dict, blank=True, help_text=_("States not shown yet."))
    voter_count = models.PositiveIntegerField(null=True, help_text=_("Frozen at closing."))
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = PollQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "slug"]
        verbose_name = _("poll")
        verbose_name_plural = _("polls")
        indexes = [models.Index(fields=["place_kind", "place_key"], name="poll_place")]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="draft") | ~Q(definition_hash=""), name="open_poll_is_frozen"
            )
        ]

    def __str__(self) -> str:
        return str(self.definition.get("question", self.slug))

    @property
    def question(self) -> str:
        """The question as it is asked."""
        return str(self)

    @property
    def easy_question(self) -> str:
        """The same in easy words; empty when there are none."""
        return str(self.definition.get("easy_question", ""))

    def frozen_hash(self) -> str:
        """What `definition_hash` is at opening; another value later would mean that words were changed."""
        return self.asked.content_hash

    @property
    def asked(self) -> Definition:
        """The definition in its typed form."""
        return Definition.read(self.definition)

    @property
    def is_secret(self) -> bool:
        return self.secrecy == self.Secrecy.SECRET


class Voter(models.Model):
    """A right to vote once, known by a keyed hash; erased when the poll closes."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="voters")
    key_hash = models.CharField(max_length=64)
    has_voted = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("voter")
        verbose_name_plural = _("voters")
        constraints = [models.UniqueConstraint(fields=["poll", "key_hash"], name="voter_once")]

    def __str__(self) -> str:
        return str(self.poll_id)


class Mode(models.TextChoices):
    """How a ballot was cast; shown of open votes only."""

    OWN = "own", _("on one's own device")
    TABLET = "tablet", _("on a shared tablet")
    PAPER = "paper", _("on paper")


class Ballot(models.Model):
    """One whole ballot: option codes and numbers (`definition`). Never changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    poll = models.ForeignKey(Poll, models.CASCADE, related_name="ballots")
    choices = models.JSONField()
    mode = models.CharField(max_length=6, choices=Mode, default=Mode.OWN)
    college = models.CharField(max_length=20, blank=True)

    class Meta:
        verbose_name = _("ballot")
        verbose_name_plural = _("ballots")

    def __str__(self) -> str:
        return str(self.poll_id)


class HandCount(models.Model):
    """Hands raised for an option in a room, counted and entered by who runs it; open votes only."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="hands")
    college = models.CharField(max_length=20, blank=True)
    option = models.CharField(max_length=15)
    count = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("hands counted")
        verbose_name_plural = _("hands counted")
        constraints = [models.UniqueConstraint(fields=["poll", "college", "option"], name="hands_once")]

    def __str__(self) -> str:
        return f"{self.option} {self.count}"


class Snapshot(models.Model):
    """What may be shown of a question about people from one moment on (`protection`): nothing hidden is in it."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="snapshots")
    number = models.PositiveIntegerField()
    organisers = models.JSONField()
    everyone = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["poll", "number"]
        verbose_name = _("state of the results")
        verbose_name_plural = _("states of the results")
        constraints = [models.UniqueConstraint(fields=["poll", "number"], name="snapshot_key")]

    def __str__(self) -> str:
        return f"{self.poll_id} {self.number}"
