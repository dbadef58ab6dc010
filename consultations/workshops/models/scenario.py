"""The scenario of a workshop: timed stages, and the templates they come from."""

import uuid

from django.conf import settings
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consultations.workshops.models.workshop import Workshop

MAX_STAGES = 30


class Stage(models.Model):
    """A timed step: what the room does, and where it stands.

    `source` is the stage whose cards or groups it works on; without one, every card written before it.
    `settings` follow `consultations.workshops.kinds`. `ends_at` is set while the clock runs;
    `seconds_left` while it is paused.
    """

    class Kind(models.TextChoices):
        WRITE = "write", _("write cards")
        GROUP = "group", _("group cards")
        DOTS = "dots", _("vote with dots")
        SCORES = "scores", _("give scores")
        RANK = "rank", _("put in order")
        GRID = "grid", _("place on effort and effect")
        POLL = "poll", _("live poll")
        TALK = "talk", _("talk")
        FEEDBACK = "feedback", _("round of feedback")

    class State(models.TextChoices):
        TO_COME = "to_come", _("to come")
        RUNNING = "running", _("under way")
        PAUSED = "paused", _("paused")
        CLOSED = "closed", _("finished")

    WRITING = (Kind.WRITE, Kind.FEEDBACK)
    VOTING = (Kind.DOTS, Kind.SCORES, Kind.GRID)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="stages")
    order = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    title = models.CharField(_("title"), max_length=120)
    instruction = models.TextField(_("instruction"), validators=[MaxLengthValidator(600)], blank=True)
    easy_read = models.TextField(
        _("instruction, easy to read"), validators=[MaxLengthValidator(600)], blank=True
    )
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), default=10, validators=[MinValueValidator(1), MaxValueValidator(240)]
    )
    source = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="followers")
    settings = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.TO_COME)
    started_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    seconds_left = models.PositiveIntegerField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    contributions_open = models.BooleanField(default=False)
    contributions_closed_at = models.DateTimeField(null=True, blank=True)
    revealed = models.BooleanField(default=False)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("stage of a workshop")
        verbose_name_plural = _("stages of workshops")
        constraints = [
            models.UniqueConstraint(
                fields=["workshop"],
                condition=Q(state__in=["running", "paused"]),
                name="stage_one_at_a_time",
                violation_error_message=_("Close the stage under way before starting another."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_current(self) -> bool:
        """True while the room is in it, its clock running or not."""
        return self.state in {self.State.RUNNING, self.State.PAUSED}

    @property
    def has_run(self) -> bool:
        """True once the room was in it, even if it was closed since."""
        return self.state != self.State.TO_COME or self.started_at is not None


class ScenarioTemplate(models.Model):
    """A scenario kept by a facilitator to start other workshops from; the built-in ones are code."""

    title = models.CharField(_("title"), max_length=80)
    about = models.CharField(_("what it is for"), max_length=200, blank=True)
    stages = models.JSONField(default=list)
    territory = models.ForeignKey("territories.Territory", models.PROTECT, related_name="+")
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    saved_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["title", "pk"]
        verbose_name = _("scenario template")
        verbose_name_plural = _("scenario templates")

    def __str__(self) -> str:
        return self.title
