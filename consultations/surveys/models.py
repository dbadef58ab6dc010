"""Surveys, their immutable versions, responses and what is projected from them.

A definition is one JSON document (`docs/questionnaire.md`); identity stays apart: a response keeps a
day and not a time, a random key, no address and no account.
"""

import datetime
import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class SurveyQuerySet(models.QuerySet["Survey"]):
    def answerable_on(self, day: datetime.date) -> Self:
        """Published, within their dates, in a published consultation."""
        return self.filter(
            Q(closes_on=None) | Q(closes_on__gte=day),
            Q(opens_on=None) | Q(opens_on__lte=day),
            status=Survey.Status.PUBLISHED,
            consultation__status="published",
        )


class Survey(models.Model):
    """A questionnaire of a consultation; `draft` is edited, versions are what people answer."""

    class Purpose(models.TextChoices):
        NEEDS = "needs", _("needs survey")
        SATISFACTION = "satisfaction", _("satisfaction survey")

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")
        CLOSED = "closed", _("closed")

    class Layout(models.TextChoices):
        ONE_PER_PAGE = "one_per_page", _("one question per page")
        SINGLE_PAGE = "single_page", _("all questions on one page")

    class Access(models.TextChoices):
        OPEN = "open", _("anyone may answer")
        INVITED = "invited", _("only people who have an invitation")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consultation = models.ForeignKey("process.Consultation", models.PROTECT, related_name="surveys")
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=120)
    purpose = models.CharField(_("kind"), max_length=12, choices=Purpose, default=Purpose.NEEDS)
    layout = models.CharField(_("layout"), max_length=12, choices=Layout, default=Layout.ONE_PER_PAGE)
    access = models.CharField(_("who may answer"), max_length=8, choices=Access, default=Access.OPEN)
    minutes = models.PositiveSmallIntegerField(_("minutes to answer"), default=10)
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    opens_on = models.DateField(_("first day"), null=True, blank=True)
    closes_on = models.DateField(_("last day"), null=True, blank=True)
    draft = models.JSONField(default=dict, blank=True)
    draft_revision = models.PositiveIntegerField(default=0, help_text=_("Guards against two editors."))
    current_version = models.ForeignKey(
        "SurveyVersion", models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = SurveyQuerySet.as_manager()

    class Meta:
        ordering = ["title"]
        verbose_name = _("survey")
        verbose_name_plural = _("surveys")

    def __str__(self) -> str:
        return self.title


class SurveyVersion(models.Model):
    """A published questionnaire. Never changed: a correction is a new version."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    definition = models.JSONField()
    content_hash = models.CharField(max_length=64)
    published_at = models.DateTimeField(auto_now_add=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["survey", "number"]
        verbose_name = _("survey version")
        verbose_name_plural = _("survey versions")
        constraints = [models.UniqueConstraint(fields=["survey", "number"], name="version_key")]

    def __str__(self) -> str:
        return f"{self.survey} v{self.number}"


class Mode(models.TextChoices):
    """How the answer was given (`facts/domain.md` §3.2)."""

    ALONE = "alone", _("alone")
    HELPED = "helped", _("with help")
    PROXY = "proxy", _("by someone else for the person")


class Helper(models.TextChoices):
    """Who helped or answered for the person."""

    NONE = "", _("nobody")
    RELATIVE = "relative", _("a relative")
    PROFESSIONAL = "professional", _("a professional")
    INTERVIEWER = "interviewer", _("an interviewer")
    VOLUNTEER = "volunteer", _("a volunteer")


class Response(models.Model):
    """One response: one document keyed by permanent question codes, plus the columns used to filter."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, models.PROTECT, related_name="responses")
    version = models.ForeignKey(SurveyVersion, models.PROTECT, related_name="responses")
    client_uuid = models.UUIDField()
    answers = models.JSONField()
    wave = models.PositiveSmallIntegerField(default=1)
    mode = models.CharField(max_length=6, choices=Mode, default=Mode.ALONE)
    helper = models.CharField(max_length=12, choices=Helper, default=Helper.NONE, blank=True)
    audience = models.CharField(max_length=20, blank=True)
    territory = models.ForeignKey("territories.Territory", models.PROTECT, null=True, related_name="+")
    language = models.CharField(max_length=5, default="fr")
    submitted_on = models.DateField()
    is_projected = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("response")
        verbose_name_plural = _("responses")
        constraints = [models.UniqueConstraint(fields=["survey", "client_uuid"], name="response_sent_once")]
        indexes = [
            models.Index(fields=["survey", "submitted_on"], name="response_by_day"),
            models.Index(
                fields=["is_projected"], condition=Q(is_projected=False), name="response_to_project"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.survey_id} {self.submitted_on}"


class Draft(models.Model):
    """A response not sent yet; deleted when sent or expired.

    Its browser holds its random key in a signed cookie; another device finds it by the keyed hash of a
    short code, which is derived from `client_uuid` and never stored. An answer passed is null.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code_hash = models.CharField(max_length=64, unique=True)
    version = models.ForeignKey(SurveyVersion, models.CASCADE, related_name="drafts")
    client_uuid = models.UUIDField(default=uuid.uuid4, db_index=True)
    answers = models.JSONField(default=dict)
    mode = models.CharField(max_length=6, choices=Mode, default=Mode.ALONE)
    helper = models.CharField(max_length=12, choices=Helper, default=Helper.NONE, blank=True)
    language = models.CharField(max_length=5, default="fr")
    expires_on = models.DateField(db_index=True)

    class Meta:
        verbose_name = _("draft response")
        verbose_name_plural = _("draft responses")

    def __str__(self) -> str:
        return str(self.expires_on)


class InvitationBatch(models.Model):
    """Invitations made together: cards to hand out, or a list of addresses."""

    class Kind(models.TextChoices):
        CARDS = "cards", _("printed cards")
        EMAIL = "email", _("e-mails")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="invitation_batches")
    kind = models.CharField(max_length=5, choices=Kind, default=Kind.CARDS)
    label = models.CharField(_("for whom"), max_length=80, blank=True)
    issued_on = models.DateField()
    expires_on = models.DateField(_("last day"), null=True, blank=True)

    class Meta:
        ordering = ["-issued_on", "label"]
        verbose_name = _("batch of invitations")
        verbose_name_plural = _("batches of invitations")

    def __str__(self) -> str:
        return self.label or str(self.issued_on)


class Invitation(models.Model):
    """A right to answer once. Its code is derived from its random key; nothing joins it to the response.

    An address is kept to send and remind, and erased when the survey closes.
    """

    class Delivery(models.TextChoices):
        NONE = "", _("handed out")
        WAITING = "waiting", _("to send")
        SENT = "sent", _("sent")
        FAILED = "failed", _("refused by the mail server")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="invitations")
    batch = models.ForeignKey(InvitationBatch, models.CASCADE, related_name="invitations")
    code_hash = models.CharField(max_length=64, unique=True)
    is_spent = models.BooleanField(default=False)
    email = models.EmailField(blank=True)
    delivery = models.CharField(max_length=7, choices=Delivery, default=Delivery.NONE, blank=True)
    reminded_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "email"], condition=~Q(email=""), name="invited_once_by_email"
            )
        ]

    def __str__(self) -> str:
        return str(_("spent") if self.is_spent else _("not used yet"))


class AnswerFact(models.Model):
    """An answer that can be counted, projected from a response and rebuildable at any time. No text.

    `choice_code` is a choice, a commune or a day; `number` a number or a step of a scale.
    """

    response = models.ForeignKey(Response, models.CASCADE, related_name="facts")
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="facts")
    question_code = models.SlugField(max_length=60)
    choice_code = models.SlugField(max_length=60, blank=True)
    number = models.FloatField(null=True)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [
            models.UniqueConstraint(fields=["response", "question_code", "choice_code"], name="fact_key")
        ]
        indexes = [models.Index(fields=["survey", "question_code", "choice_code"], name="fact_by_question")]

    def __str__(self) -> str:
        return f"{self.question_code} {self.choice_code}"


class ParticipationState(models.Model):
    """What organisers see of the participation, which only moves by groups of five (`participation`)."""

    survey = models.OneToOneField(
        Survey, models.CASCADE, primary_key=True, related_name="participation_state"
    )
    shown = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("state of participation")
        verbose_name_plural = _("states of participation")

    def __str__(self) -> str:
        return str(self.survey_id)
