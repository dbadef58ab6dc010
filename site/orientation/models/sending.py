"""A request as one service received it, and the links by which it answers."""

import uuid
from typing import Self

from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.models import Service
from directory.models.base import validate_plain_text
from orientation.models.help import HelpRequest

ANSWER = 1000


class SendingQuerySet(models.QuerySet["Sending"]):
    def waiting(self) -> Self:
        """Those a service has still to answer."""
        return self.filter(state__in=Sending.WAITING)

    def readable(self) -> Self:
        """Those whose request still says something."""
        return self.filter(help_request__erased_on=None)


class Sending(models.Model):
    """One request to one service: where it stands, and the service's answer."""

    class State(models.TextChoices):
        SENT = "sent", _("sent")
        SEEN = "seen", _("read by the service")
        STUDYING = "studying", _("under study")
        ACCEPTED = "accepted", _("accepted")
        REFUSED = "refused", _("refused")
        FULL = "full", _("no place left")
        EXPIRED = "expired", _("no answer in time")
        CLOSED = "closed", _("the service has closed")
        WITHDRAWN = "withdrawn", _("withdrawn")

    WAITING = (State.SENT, State.SEEN, State.STUDYING)
    UNMET = (State.REFUSED, State.FULL, State.EXPIRED, State.CLOSED)

    class Refusal(models.TextChoices):
        AREA = "area", _("the person lives outside our area")
        AGE = "age", _("the person is too young or too old for us")
        RIGHTS = "rights", _("a right or a decision is missing")
        NOT_OURS = "not_ours", _("this is not what we do")
        HEAVY = "heavy", _("the person needs more help than we can give")
        UNREACHED = "unreached", _("we could not reach the person")
        CHANGED = "changed", _("the person no longer wants it")
        OTHER = "other", _("another reason, said in the answer")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    help_request = models.ForeignKey(HelpRequest, models.CASCADE, related_name="sendings")
    service = models.ForeignKey(Service, models.PROTECT, related_name="sendings")
    state = models.CharField(max_length=10, choices=State, default=State.SENT)
    sent_on = models.DateField(_("sent on"))
    seen_on = models.DateField(null=True, blank=True)
    moved_on = models.DateField(_("since"))
    answered_on = models.DateField(null=True, blank=True)
    reminded_on = models.DateField(null=True, blank=True)
    returned_on = models.DateField(null=True, blank=True, editable=False)
    refusal = models.CharField(_("why"), max_length=10, choices=Refusal, blank=True)
    answer = models.TextField(
        _("words for the person"), blank=True, validators=[MaxLengthValidator(ANSWER), validate_plain_text]
    )
    proposed = models.ForeignKey(
        Service, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("second choice")
    )
    after = models.OneToOneField(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="next_one",
        verbose_name=_("second choice of"),
    )
    is_counted = models.BooleanField(default=False, editable=False)

    objects = SendingQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_on", "service__name", "pk"]
        verbose_name = _("request sent to a service")
        verbose_name_plural = _("requests sent to services")
        constraints = [
            models.UniqueConstraint(fields=["help_request", "service"], name="sending_once"),
            models.CheckConstraint(
                condition=~models.Q(state="refused", refusal=""), name="sending_refused_with_reason"
            ),
        ]
        indexes = [models.Index(fields=["state", "moved_on"], name="sending_due")]

    def __str__(self) -> str:
        return f"{self.help_request} → {self.service}"

    @property
    def is_waiting(self) -> bool:
        return self.state in self.WAITING


class AnswerLink(models.Model):
    """A link sent to a service's known address. Only its keyed hash is stored; it opens one request for eight days."""

    sending = models.ForeignKey(Sending, models.CASCADE, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        ordering = ["-sent_at", "pk"]
        verbose_name = _("link to answer")
        verbose_name_plural = _("links to answer")

    def __str__(self) -> str:
        return f"{self.sending_id} {self.sent_at:%Y-%m-%d}"
