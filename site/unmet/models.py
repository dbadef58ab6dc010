"""Signals that a need found no answer, counted by need and place; what the territory answers to them.

`Observation` and `Offer` are made again every day from what other apps count (`unmet.services.gathering`): no words, no
person. Whoever shows an observation protects small numbers.
"""

from typing import Self

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.models.base import validate_plain_text

LONGEST_REPLY = 1000


class Kind(models.TextChoices):
    """How a search or a request ended without help."""

    NOTHING = "nothing", _("nothing found")
    FAR = "far", _("only far away")
    FULL = "full", _("no place left")
    REFUSED = "refused", _("refused")
    EXPIRED = "expired", _("no answer in time")


class Observation(models.Model):
    """How many searches and requests of a year ended this way, for a need, in a group of communes.

    `territory` is the group of communes, or the département when no place was said.
    """

    year = models.PositiveSmallIntegerField()
    need = models.CharField(max_length=20)
    territory = models.ForeignKey("territories.Territory", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind)
    count = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("observation of unmet needs")
        verbose_name_plural = _("observations of unmet needs")
        constraints = [
            models.UniqueConstraint(fields=["year", "need", "territory", "kind"], name="observation_key")
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.need} {self.territory_id} {self.kind}"


class Offer(models.Model):
    """How many public services answer a need in a territory today, and how many of them are full, or not checked.

    A service counts where it says that it serves, else where it is. Records are public: so are these counts.
    """

    need = models.CharField(max_length=20)
    territory = models.ForeignKey("territories.Territory", models.CASCADE, related_name="+")
    services = models.PositiveIntegerField()
    full = models.PositiveIntegerField(default=0)
    stale = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("services offered for a need")
        verbose_name_plural = _("services offered for needs")
        constraints = [models.UniqueConstraint(fields=["need", "territory"], name="offer_key")]

    def __str__(self) -> str:
        return f"{self.need} {self.territory_id}: {self.services}"


class SignalQuerySet(models.QuerySet["Signal"]):
    def shown(self) -> Self:
        """Those whose figure is published, so that anyone may read what is answered."""
        return self.filter(is_public=True)


class Signal(models.Model):
    """A need that finds no answer in a territory, often enough to be answered for, or whose services say so themselves."""

    class State(models.TextChoices):
        OPEN = "open", _("waits for an answer")
        ANSWERED = "answered", _("answered")
        ACTED = "acted", _("acted on")
        CLOSED = "closed", _("closed without action")

    need = models.CharField(max_length=20)
    territory = models.ForeignKey("territories.Territory", models.PROTECT, related_name="+")
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.OPEN)
    is_public = models.BooleanField(default=False, editable=False)
    seen_on = models.DateField(_("seen since"))

    objects = SignalQuerySet.as_manager()

    class Meta:
        ordering = ["need", "territory", "pk"]
        verbose_name = _("signal")
        verbose_name_plural = _("signals")
        constraints = [models.UniqueConstraint(fields=["need", "territory"], name="unmet_signal_key")]

    def __str__(self) -> str:
        return f"{self.need} {self.territory}"


class Reply(models.Model):
    """What is done about a signal, by whom, by when: public, never changed; a later one corrects it."""

    signal = models.ForeignKey(Signal, models.CASCADE, related_name="replies")
    state = models.CharField(max_length=8, choices=Signal.State)
    text = models.TextField(
        _("what is done"), validators=[MaxLengthValidator(LONGEST_REPLY), validate_plain_text]
    )
    by = models.CharField(_("by whom"), max_length=200, blank=True, validators=[validate_plain_text])
    due_on = models.DateField(_("by when"), null=True, blank=True)
    written_on = models.DateField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-written_on", "-pk"]
        verbose_name = _("reply to a signal")
        verbose_name_plural = _("replies to signals")

    def __str__(self) -> str:
        return f"{self.signal}: {self.get_state_display()}"
