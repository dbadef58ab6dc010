"""The board of a workshop: cards, groups, votes, ranks, signals. Every change is also an event of the room.

Rows keep the room's sequence number and no time of day: order is needed, clocks are not.
"""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consultations.workshops.models.scenario import Stage
from consultations.workshops.models.workshop import College, Workshop

CARD_LENGTH, GROUP_LENGTH, REASON_LENGTH = 500, 80, 120
PARTICIPANT = "live.Participant"


class Group(models.Model):
    """Cards that say the same thing; merged into another one, it keeps its name for the undo."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stage = models.ForeignKey(Stage, models.CASCADE, related_name="groups")
    name = models.CharField(_("name"), max_length=GROUP_LENGTH)
    order = models.PositiveIntegerField(default=0)
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="merged")
    removed = models.BooleanField(default=False, help_text=_("Its creation or its split was undone."))

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("group of cards")
        verbose_name_plural = _("groups of cards")

    def __str__(self) -> str:
        return self.name

    @property
    def is_live(self) -> bool:
        """True while it stands on the board."""
        return not self.removed and self.merged_into_id is None


class CardQuerySet(models.QuerySet["Card"]):
    def kept(self) -> Self:
        """Those that count: neither withdrawn, nor hidden, nor late and not accepted."""
        return self.filter(withdrawn=False, hidden_reason="").exclude(late=Card.Late.WAITING)


class Card(models.Model):
    """One idea, in someone's words. Hidden, it keeps its text for the facilitators alone."""

    class Mode(models.TextChoices):
        OWN = "own", _("own phone")
        TABLET = "tablet", _("shared tablet")
        PAPER = "paper", _("paper card")
        HAND = "hand", _("said aloud")

    class Level(models.TextChoices):
        HOME = "home", _("at home")
        COMMUNE = "commune", _("in the commune")
        EPCI = "epci", _("around, in neighbouring communes")
        DEPARTMENT = "departement", _("in the département")
        COUNTRY = "country", _("in the country")

    class Late(models.TextChoices):
        NO = "", _("in time")
        WAITING = "waiting", _("late, waiting for the facilitator")
        ACCEPTED = "accepted", _("late, accepted")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stage = models.ForeignKey(Stage, models.CASCADE, related_name="cards")
    participant = models.ForeignKey(PARTICIPANT, models.SET_NULL, null=True, blank=True, related_name="cards")
    text = models.CharField(_("text"), max_length=CARD_LENGTH)
    need = models.ForeignKey("needs.Need", models.PROTECT, null=True, blank=True, related_name="cards")
    level = models.CharField(_("level of place"), max_length=12, choices=Level, blank=True)
    college = models.CharField(_("college"), max_length=16, choices=College)
    table = models.CharField(_("table"), max_length=10, blank=True)
    mode = models.CharField(max_length=6, choices=Mode, default=Mode.OWN)
    group = models.ForeignKey(Group, models.SET_NULL, null=True, blank=True, related_name="cards")
    hidden_reason = models.CharField(max_length=REASON_LENGTH, blank=True)
    withdrawn = models.BooleanField(default=False)
    late = models.CharField(max_length=8, choices=Late, default=Late.NO, blank=True)
    order = models.PositiveIntegerField(default=0)

    objects = CardQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("card")
        verbose_name_plural = _("cards")
        indexes = [models.Index(fields=["stage", "order"], name="card_board")]

    def __str__(self) -> str:
        return f"{self.get_mode_display()} {self.order}"


class Target(models.Model):
    """What a vote or a rank is about: a card or a group, never both."""

    card = models.ForeignKey(Card, models.CASCADE, null=True, blank=True, related_name="+")
    group = models.ForeignKey(Group, models.CASCADE, null=True, blank=True, related_name="+")

    class Meta:
        abstract = True

    @property
    def target_id(self) -> uuid.UUID | None:
        return self.card_id or self.group_id


def one_target(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(card=None, group__isnull=False) | Q(card__isnull=False, group=None), name=name
    )


class Vote(Target):
    """Dots, a score, or a place on the grid (`points` is the effect, `effort` the effort)."""

    stage = models.ForeignKey(Stage, models.CASCADE, related_name="votes")
    participant = models.ForeignKey(PARTICIPANT, models.CASCADE, related_name="votes")
    points = models.PositiveSmallIntegerField()
    effort = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        constraints = [
            one_target("vote_one_target"),
            models.UniqueConstraint(
                fields=["stage", "participant", "card"],
                condition=Q(card__isnull=False),
                name="vote_card_key",
            ),
            models.UniqueConstraint(
                fields=["stage", "participant", "group"],
                condition=Q(group__isnull=False),
                name="vote_group_key",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.points}"


class Rank(Target):
    """The place a participant gives to a target, first is 1."""

    stage = models.ForeignKey(Stage, models.CASCADE, related_name="ranks")
    participant = models.ForeignKey(PARTICIPANT, models.CASCADE, related_name="ranks")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("rank")
        verbose_name_plural = _("ranks")
        constraints = [
            one_target("rank_one_target"),
            models.UniqueConstraint(fields=["stage", "participant", "position"], name="rank_key"),
        ]

    def __str__(self) -> str:
        return f"{self.position}"


class Signal(models.Model):
    """Something a participant shows: a raised hand, ready, the floor, easier words. The row is the signal."""

    class Kind(models.TextChoices):
        HAND = "hand", _("hand raised")
        READY = "ready", _("ready")
        FLOOR = "floor", _("asks for the floor")
        EASY_READ = "easy_read", _("asks for easier words")

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="signals")
    participant = models.ForeignKey(PARTICIPANT, models.CASCADE, related_name="signals")
    kind = models.CharField(max_length=10, choices=Kind)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("signal")
        verbose_name_plural = _("signals")
        constraints = [models.UniqueConstraint(fields=["workshop", "participant", "kind"], name="signal_key")]

    def __str__(self) -> str:
        return self.kind


class Reaction(models.Model):
    """What a participant says of someone's card in one word; never shown by name."""

    class Kind(models.TextChoices):
        AGREE = "agree", _("I think so too")
        LIVED = "lived", _("I live this too")
        UNCLEAR = "unclear", _("to be explained")

    card = models.ForeignKey(Card, models.CASCADE, related_name="reactions")
    participant = models.ForeignKey(PARTICIPANT, models.CASCADE, related_name="reactions")
    kind = models.CharField(max_length=8, choices=Kind)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("reaction")
        verbose_name_plural = _("reactions")
        constraints = [models.UniqueConstraint(fields=["card", "participant", "kind"], name="reaction_key")]

    def __str__(self) -> str:
        return self.kind


class OperationQuerySet(models.QuerySet["BoardOperation"]):
    def last_of(self, workshop: object) -> "BoardOperation | None":
        """The one Undo takes back: the latest not undone, whoever did it."""
        return self.filter(workshop=workshop, undone=False).order_by("-order", "-pk").first()


class BoardOperation(models.Model):
    """What a facilitator did to the board, with what is needed to undo it; the last one is undone first."""

    class Kind(models.TextChoices):
        CREATE = "create", _("group created")
        RENAME = "rename", _("group renamed")
        MERGE = "merge", _("groups merged")
        SPLIT = "split", _("group split")
        MOVE = "move", _("card moved")
        HIDE = "hide", _("card hidden")

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="operations")
    stage = models.ForeignKey(Stage, models.CASCADE, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind)
    before = models.JSONField(default=dict)
    order = models.PositiveIntegerField(default=0)
    undone = models.BooleanField(default=False)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = OperationQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("operation on a board")
        verbose_name_plural = _("operations on boards")

    def __str__(self) -> str:
        return self.get_kind_display()
