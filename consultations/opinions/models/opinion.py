"""An opinion of a council: what it asks, of whom, until when, and where its life has come to."""

import datetime
import uuid
from typing import Any, Self

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from consultations.councils.models import Council, Mandate
from consultations.meetings.models import Decision, Meeting
from consultations.opinions.models.answer import AnswerKind

LONGEST_TEXT, LONGEST_EASY = 5000, 2000


class Theme(models.TextChoices):
    """What a council of social life is heard on (CASF D311-15); other councils use the same words."""

    RIGHTS = "rights", _("rights and freedoms")
    DAILY_LIFE = "daily_life", _("daily life")
    ACTIVITIES = "activities", _("activities and outings")
    SERVICES = "services", _("care and other services")
    WORKS = "works", _("works and equipment")
    PRICES = "prices", _("nature and price of services")
    ROOMS = "rooms", _("shared rooms and moving during works")
    RELATIONS = "relations", _("relations between people")
    CHANGES = "changes", _("major changes in support")
    RULES = "rules", _("house rules")
    PROJECT = "project", _("project of the establishment")
    ACCESS = "access", _("access to rights and services in the territory")
    OTHER = "other", _("other matters")


class OpinionQuerySet(models.QuerySet["Opinion"]):
    def of(self, council: Council) -> Self:
        """Those of one council, the latest first."""
        return self.filter(council=council)

    def published(self) -> Self:
        """Those anyone may read: sent, of a council with a public page, not kept to members."""
        return self.filter(is_public=True, council__is_public=True).exclude(sent_on=None)

    def waiting(self) -> Self:
        """Sent, and without a final answer yet."""
        return self.filter(state__in=Opinion.WAITING)

    def overdue(self, day: datetime.date) -> Self:
        """Without a final answer after the day it was due."""
        return self.waiting().filter(due_on__lt=day)

    def answered_in_time(self) -> Self:
        """Finally answered on or before the day first set; an answer “under study” does not stop that clock."""
        return self.filter(answered_on__lte=F("first_due_on")).exclude(answered_on=None)


class Opinion(models.Model):
    """What a council says on a matter. Its number is given by the vote; its dates never go backwards."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        DEBATED = "debated", _("debated")
        VOTED = "voted", _("voted, to be sent")
        NOT_ADOPTED = "not_adopted", _("not adopted by the council")
        SENT = "sent", _("sent")
        ACKNOWLEDGED = "acknowledged", _("acknowledged")
        UNDER_STUDY = "under_study", _("under study")
        ANSWER_DUE = "answer_due", _("answer overdue")
        ANSWERED = "answered", _("answered")
        CARRIED_OUT = "carried_out", _("carried out")
        EVALUATED = "evaluated", _("evaluated")
        WITHDRAWN = "withdrawn", _("withdrawn by the council")

    BEFORE = (State.PROPOSED, State.DEBATED)
    WAITING = (State.SENT, State.ACKNOWLEDGED, State.UNDER_STUDY, State.ANSWER_DUE)
    ENDED = (State.ANSWERED, State.CARRIED_OUT, State.EVALUATED)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    council = models.ForeignKey(Council, models.PROTECT, related_name="opinions")
    number = models.PositiveIntegerField(_("number"), null=True, blank=True, editable=False)
    title = models.CharField(_("title"), max_length=160)
    text = models.TextField(_("what the council asks"), validators=[MaxLengthValidator(LONGEST_TEXT)])
    easy_read = models.TextField(
        _("easy-read version"), blank=True, validators=[MaxLengthValidator(LONGEST_EASY)]
    )
    theme = models.CharField(_("subject"), max_length=12, choices=Theme, default=Theme.DAILY_LIFE)
    needs = models.ManyToManyField(
        "needs.Need", blank=True, related_name="opinions", verbose_name=_("needs it speaks of")
    )
    is_public = models.BooleanField(
        _("anyone may read it once it is sent"),
        default=True,
        help_text=_("Untick it when a personal situation could be recognised."),
    )
    state = models.CharField(max_length=12, choices=State, default=State.PROPOSED)
    proposed_by = models.ForeignKey(Mandate, models.PROTECT, null=True, blank=True, related_name="opinions")
    proposed_on = models.DateField()
    debated_on = models.DateField(null=True, blank=True)
    debated_in = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="+")
    voted_on = models.DateField(null=True, blank=True)
    decision = models.OneToOneField(
        Decision, models.PROTECT, null=True, blank=True, related_name="opinion", editable=False
    )
    vote = models.JSONField(default=dict, blank=True)  # {"counts": {constituency or "": {...}}, "note": ""}
    sent_to = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, null=True, blank=True,
        related_name="opinions_received", verbose_name=_("sent to"),
    )  # fmt: skip
    sent_to_title = models.CharField(
        _("to the attention of (title)"), max_length=120, blank=True,
        help_text=_("The office, never the person's name."),
    )  # fmt: skip
    sent_to_email = models.EmailField(_("address for reminders"), blank=True)
    sent_on = models.DateField(_("sent on"), null=True, blank=True)
    first_due_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(_("answer due on"), null=True, blank=True)
    acknowledged_on = models.DateField(_("acknowledged on"), null=True, blank=True)
    answer_kind = models.CharField(_("answer"), max_length=12, choices=AnswerKind, blank=True)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    carried_out_on = models.DateField(_("carried out on"), null=True, blank=True)
    evaluated_on = models.DateField(_("evaluated on"), null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)  # withdrawn, or not adopted
    reminders_sent = models.PositiveSmallIntegerField(default=0, editable=False)
    reminded_on = models.DateField(null=True, blank=True, editable=False)
    is_demo = models.BooleanField(_("fictional, for the demo"), default=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = OpinionQuerySet.as_manager()

    class Meta:
        ordering = ["-proposed_on", "-created_at"]
        verbose_name = _("opinion")
        verbose_name_plural = _("opinions")
        indexes = [
            models.Index(fields=["state", "due_on"], name="opinion_due"),
            models.Index(fields=["council", "state"], name="opinion_council"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["council", "number"], name="opinion_number"),
            models.CheckConstraint(
                condition=Q(sent_on=None) | Q(voted_on__lte=F("sent_on"), due_on__gte=F("sent_on")),
                name="opinion_sent_after_vote",
                violation_error_message=_("An opinion is sent after the vote, and answered after it is sent."),
            ),
            models.CheckConstraint(
                condition=Q(answered_on=None) | Q(answered_on__gte=F("sent_on")) | Q(sent_on=None),
                name="opinion_answered_after_sent",
                violation_error_message=_("An opinion is not answered before it is sent."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        if self.number is None:
            return self.title
        return gettext("Opinion %(number)d: %(title)s") % {"number": self.number, "title": self.title}

    @property
    def is_overdue(self) -> bool:
        """True after the day the answer was due, whether or not the tick has said so."""
        return self.state in self.WAITING and self.due_on is not None and self.due_on < timezone.localdate()

    @property
    def days_late(self) -> int:
        """Days since the answer was due; 0 when it is not late."""
        return (timezone.localdate() - self.due_on).days if self.is_overdue and self.due_on else 0

    @property
    def was_in_time(self) -> bool | None:
        """Whether the final answer came by the day first set; None while there is none."""
        if self.answered_on is None or self.first_due_on is None:
            return None
        return self.answered_on <= self.first_due_on

    @property
    def is_published(self) -> bool:
        """The same rule as `published()`, for an opinion at hand."""
        return self.is_public and self.sent_on is not None and self.council.is_public

    @property
    def counts(self) -> dict[str, Any]:
        """Votes by constituency as `meetings.majority.Votes` writes them; under "" when secret or by hand."""
        kept: dict[str, Any] = self.vote.get("counts", {})
        return kept
