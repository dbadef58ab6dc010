"""Votes of a meeting and requests to speak.

A ballot leads to a decision and never to who cast it; who has voted leads to a mandate and never to a ballot. Both
are deleted when the vote closes: only totals stay, by constituency when the vote is open.
"""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consultations.councils.models import Constituency, Mandate
from consultations.meetings.majority import Votes, total
from consultations.meetings.models.attendance import Attendance
from consultations.meetings.models.meeting import AgendaItem, Meeting


class Choice(models.TextChoices):
    """What a ballot may say."""

    FOR = "for", _("for")
    AGAINST = "against", _("against")
    ABSTAIN = "abstain", _("abstention")


class Decision(models.Model):
    """A question put to the vote, and what was decided under which quorum."""

    class Kind(models.TextChoices):
        HANDS = "show_of_hands", _("show of hands, counted by the secretary")
        PHONES = "on_phones", _("each on their phone, or on paper")
        SECRET = "secret", _("secret ballot, on phones or on paper")

    class State(models.TextChoices):
        OPEN = "open", _("vote under way")
        CLOSED = "closed", _("closed")
        VOID = "void", _("without effect")

    class Result(models.TextChoices):
        NONE = "", _("not known yet")
        ADOPTED = "adopted", _("adopted")
        REJECTED = "rejected", _("not adopted")
        TIED = "tied", _("tie: nothing is decided")
        NO_QUORUM = "no_quorum", _("not valid: the quorum was lost")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="decisions")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(_("how people vote"), max_length=14, choices=Kind, default=Kind.HANDS)
    question = models.CharField(_("question"), max_length=300)
    state = models.CharField(max_length=6, choices=State, default=State.OPEN)
    state_reason = models.CharField(max_length=300, blank=True)
    paper = models.JSONField(default=dict, blank=True)
    counts = models.JSONField(default=dict, blank=True)
    present_count = models.PositiveSmallIntegerField(default=0)
    quorum = models.JSONField(default=dict, blank=True)
    majority = models.CharField(max_length=20, blank=True)
    result = models.CharField(max_length=10, choices=Result, blank=True, default=Result.NONE)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["item", "number"]
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="decision_number"),
            models.UniqueConstraint(fields=["item"], condition=Q(state="open"), name="decision_one_open"),
        ]

    def __str__(self) -> str:
        return self.question

    @property
    def is_secret(self) -> bool:
        return self.kind == self.Kind.SECRET

    @property
    def votes(self) -> Votes:
        """All constituencies together."""
        return total(read_votes(one) for one in self.counts.values())

    @property
    def by_constituency(self) -> list[tuple[str, Votes]]:
        """Totals by constituency, named; empty for a secret vote."""
        labels = dict(Constituency.choices)
        named = [(str(labels.get(code, code)), read_votes(one)) for code, one in self.counts.items() if code]
        return sorted(named, key=lambda pair: pair[0])


def read_votes(kept: dict[str, Any]) -> Votes:
    """What `Votes.as_json` wrote."""
    return Votes(int(kept.get("for", 0)), int(kept.get("against", 0)), int(kept.get("abstain", 0)))


class HasVoted(models.Model):
    """A voice that was used on a phone, so that it is used once; deleted when the vote closes."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="voters")
    mandate = models.ForeignKey(Mandate, models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("voice used")
        verbose_name_plural = _("voices used")
        constraints = [models.UniqueConstraint(fields=["decision", "mandate"], name="voice_once")]

    def __str__(self) -> str:
        return str(self.decision_id)


class Ballot(models.Model):
    """A choice under a random key, deleted when the vote closes; without constituency when the vote is secret."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    decision = models.ForeignKey(Decision, models.CASCADE, related_name="ballots")
    choice = models.CharField(max_length=7, choices=Choice)
    constituency = models.CharField(max_length=24, blank=True)

    class Meta:
        verbose_name = _("ballot of a meeting")
        verbose_name_plural = _("ballots of meetings")

    def __str__(self) -> str:
        return str(self.decision_id)


class SpeechRequest(models.Model):
    """Someone who asks to speak: first asked, first heard. Deleted when the meeting closes."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SPEAKING = "speaking", _("speaking")
        DONE = "done", _("has spoken")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="speech_requests")
    attendance = models.ForeignKey(Attendance, models.CASCADE, related_name="speech_requests")
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("request to speak")
        verbose_name_plural = _("requests to speak")
        constraints = [
            models.UniqueConstraint(
                fields=["attendance"], condition=~Q(state="done"), name="speech_asked_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.attendance)
