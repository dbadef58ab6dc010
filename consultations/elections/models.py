"""Elections in councils: candidates, the roll, and two boxes of ballots that nothing joins to the roll.

While people vote, a ballot lies in the urn (`CastBallot`); at the close it is written again in `SealedBallot` under
another random key, in the order of those keys. No ballot keeps a time, a number, a way or a person.
"""

import uuid
from typing import Self

from django.conf import settings
from django.core.validators import MaxLengthValidator, MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consultations.councils.models import Constituency, Council, Mandate, Office
from consultations.elections.counting import Standing

MOST_SEATS = 30


class ElectionQuerySet(models.QuerySet["Election"]):
    def announced(self) -> Self:
        """Those anyone may know of when the council is public: drafts and what was called off before are not."""
        return self.exclude(state__in=[Election.State.DRAFT, Election.State.CANCELLED])

    def to_open(self) -> Self:
        """Ready, and their hour has come."""
        return self.filter(state=Election.State.ROLL_FROZEN, opens_at__lte=timezone.now())

    def to_close(self) -> Self:
        """Open past their hour."""
        return self.filter(state=Election.State.OPEN, closes_at__lte=timezone.now())


class Election(models.Model):
    """The choice of representatives of one constituency, or of who holds an office."""

    class State(models.TextChoices):
        DRAFT = "draft", _("being prepared")
        CANDIDACIES = "candidacies", _("people may stand")
        ROLL_FROZEN = "roll_frozen", _("roll and candidates are final")
        OPEN = "open", _("people are voting")
        CLOSED = "closed", _("closed, to be counted")
        COUNTED = "counted", _("counted")
        CONTESTED = "contested", _("contested")
        OFFICIAL = "official", _("official")
        CANCELLED = "cancelled", _("cancelled")

    class Method(models.TextChoices):
        ONLINE = "online", _("online")
        PAPER = "paper", _("on paper")
        BOTH = "both", _("online or on paper")

    class TieRule(models.TextChoices):
        OLDEST = "oldest", _("the oldest is elected")
        SENIORITY = "longest_seniority", _("the longest in the establishment is elected")
        LOTS = "lots", _("lots are drawn")

    class LotsWay(models.TextChoices):
        ROOM = "room", _("drawn in the room, before everyone")
        MACHINE = "machine", _("drawn by the computer")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    council = models.ForeignKey(Council, models.PROTECT, related_name="elections")
    number = models.PositiveIntegerField()
    title = models.CharField(_("title"), max_length=160)
    constituency = models.CharField(_("constituency"), max_length=24, choices=Constituency, blank=True)
    office = models.CharField(_("office"), max_length=16, choices=Office, blank=True)
    method = models.CharField(_("how people vote"), max_length=8, choices=Method, default=Method.BOTH)
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT)
    state_reason = models.CharField(max_length=400, blank=True)
    opens_at = models.DateTimeField(_("voting opens"))
    closes_at = models.DateTimeField(_("voting closes"))
    seats = models.PositiveSmallIntegerField(
        _("seats to fill"), default=1, validators=[MaxValueValidator(MOST_SEATS)]
    )
    substitute_seats = models.PositiveSmallIntegerField(
        _("seats of substitutes"), default=0, validators=[MaxValueValidator(MOST_SEATS)]
    )
    tie_rule = models.CharField(_("when votes are equal"), max_length=20, choices=TieRule)
    term_starts_on = models.DateField(_("first day of the mandates"))
    voted_online = models.PositiveIntegerField(null=True, editable=False)
    voted_on_paper = models.PositiveIntegerField(null=True, editable=False)
    registered = models.PositiveIntegerField(null=True, editable=False)
    are_traces_erased = models.BooleanField(default=True, editable=False)
    discrepancy_reason = models.CharField(max_length=400, blank=True)
    lots_way = models.CharField(max_length=8, choices=LotsWay, blank=True, editable=False)
    lots_drawn_by = models.CharField(max_length=120, blank=True, editable=False)
    lots_witnesses = models.CharField(max_length=300, blank=True, editable=False)
    lots_drawn_on = models.DateField(null=True, blank=True, editable=False)
    result = models.JSONField(default=dict, blank=True, editable=False)
    is_demo = models.BooleanField(default=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = ElectionQuerySet.as_manager()

    class Meta:
        ordering = ["-opens_at", "-number"]
        verbose_name = _("election")
        verbose_name_plural = _("elections")
        constraints = [
            models.UniqueConstraint(fields=["council", "number"], name="election_number"),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")),
                name="election_hours",
                violation_error_message=_("Voting closes after it opens."),
            ),
            models.CheckConstraint(
                condition=Q(seats__gt=0) | Q(substitute_seats__gt=0),
                name="election_of_somebody",
                violation_error_message=_("Write at least one seat to fill."),
            ),
            models.CheckConstraint(
                condition=(~Q(constituency="") & Q(office="")) | (Q(constituency="") & ~Q(office="")),
                name="election_of_one_thing",
                violation_error_message=_("Choose a constituency or an office, one of the two."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def takes_online(self) -> bool:
        return self.method != self.Method.PAPER

    @property
    def takes_paper(self) -> bool:
        return self.method != self.Method.ONLINE

    @property
    def most_choices(self) -> int:
        """How many names a ballot may carry: the seats to fill, of substitutes when only they are elected."""
        return self.seats or self.substitute_seats

    @property
    def is_taking_votes(self) -> bool:
        """Open, and between its two hours."""
        return self.state == self.State.OPEN and self.opens_at <= timezone.now() < self.closes_at

    @property
    def voted(self) -> int:
        """Everyone who voted, one way or the other; known at the close."""
        return (self.voted_online or 0) + (self.voted_on_paper or 0)


class Candidate(models.Model):
    """Someone who stands, with what decides whether they may and what decides a tie."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    election = models.ForeignKey(Election, models.CASCADE, related_name="candidates")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(_("name"), max_length=120)
    statement = models.TextField(
        _("what they say to those who vote"), blank=True, validators=[MaxLengthValidator(1500)]
    )
    born_on = models.DateField(_("born on"), null=True, blank=True)
    seniority_from = models.DateField(_("in the establishment since"), null=True, blank=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, null=True, blank=True, related_name="candidacies")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    guardian_name = models.CharField(_("name of the parent or guardian"), max_length=120, blank=True)
    guardian_consented_on = models.DateField(_("parent or guardian agreed on"), null=True, blank=True)
    lot = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["election", "number"]
        verbose_name = _("candidate")
        verbose_name_plural = _("candidates")
        constraints = [models.UniqueConstraint(fields=["election", "number"], name="candidate_number")]

    def __str__(self) -> str:
        return self.name

    def standing(self) -> Standing:
        """As the count sees them: by number, never by name."""
        return Standing(str(self.number), self.born_on, self.seniority_from, self.lot)


class RollEntry(models.Model):
    """An elector: their name, the keyed hash of their code, and whether they have voted.

    The way is known while people vote, so that nobody votes twice; the close keeps `VOTED` alone.
    """

    class Mark(models.TextChoices):
        NONE = "", _("has not voted")
        ONLINE = "online", _("voted online")
        PAPER = "paper", _("voted on paper")
        VOTED = "voted", _("voted")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    election = models.ForeignKey(Election, models.CASCADE, related_name="roll")
    name = models.CharField(_("name"), max_length=120)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    code_hash = models.CharField(max_length=64, blank=True)
    mark = models.CharField(max_length=6, choices=Mark, default=Mark.NONE, blank=True)

    class Meta:
        ordering = ["election", "name", "pk"]
        verbose_name = _("elector")
        verbose_name_plural = _("electors")
        constraints = [
            models.UniqueConstraint(
                fields=["code_hash"], condition=~Q(code_hash=""), name="elector_code_once"
            ),
            models.UniqueConstraint(
                fields=["election", "user"], condition=Q(user__isnull=False), name="elector_account_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def has_voted(self) -> bool:
        return self.mark != self.Mark.NONE


class CastBallot(models.Model):
    """A ballot in the urn while people vote; empty after the close. Numbers of candidates, none when blank."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    election = models.ForeignKey(Election, models.CASCADE, related_name="urn")
    choices = models.JSONField(default=list)

    class Meta:
        verbose_name = _("ballot in the urn")
        verbose_name_plural = _("ballots in the urn")

    def __str__(self) -> str:
        return str(self.election_id)


class SealedBallot(models.Model):
    """A ballot after the close, online or paper alike. `choices` is null for a void one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    election = models.ForeignKey(Election, models.PROTECT, related_name="ballots")
    choices = models.JSONField(null=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("sealed ballot")
        verbose_name_plural = _("sealed ballots")

    def __str__(self) -> str:
        return str(self.election_id)


class PaperSheet(models.Model):
    """The paper ballots as one person read them; two people's must agree. Erased once they are in the count."""

    election = models.ForeignKey(Election, models.CASCADE, related_name="sheets")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    ballots = models.JSONField(default=list)

    class Meta:
        verbose_name = _("paper ballots as read")
        verbose_name_plural = _("paper ballots as read")
        constraints = [models.UniqueConstraint(fields=["election", "entered_by"], name="sheet_of_person")]

    def __str__(self) -> str:
        return str(self.election_id)
