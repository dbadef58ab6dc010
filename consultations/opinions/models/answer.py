"""What was answered to an opinion: each answer stays, the latest holds."""

import uuid

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from consultations.meetings.models import Meeting

LONGEST_ANSWER = 5000


class AnswerKind(models.TextChoices):
    """What the body asked says to the council."""

    ACCEPTED = "accepted", _("accepted")
    IN_PART = "in_part", _("accepted in part")
    REFUSED = "refused", _("refused")
    UNDER_STUDY = "under_study", _("under study")


FINAL = frozenset({AnswerKind.ACCEPTED, AnswerKind.IN_PART, AnswerKind.REFUSED})
NEED_REASONS = frozenset({AnswerKind.IN_PART, AnswerKind.REFUSED})


class OpinionAnswer(models.Model):
    """One answer, on a day, by an office; read back to the council in a meeting."""

    class Way(models.TextChoices):
        ACCOUNT = "account", _("written here by the body asked")
        LINK = "link", _("written here with the code of the letter")
        RECORDED = "recorded", _("received another way and copied here")
        RELAYED = "relayed", _("given to the federation, for every council it came from")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    opinion = models.ForeignKey("Opinion", models.PROTECT, related_name="answers")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(_("answer"), max_length=12, choices=AnswerKind)
    text = models.TextField(_("what is answered"), validators=[MaxLengthValidator(LONGEST_ANSWER)])
    reasons = models.TextField(_("reasons"), blank=True, validators=[MaxLengthValidator(LONGEST_ANSWER)])
    easy_read = models.TextField(_("easy-read version"), blank=True, validators=[MaxLengthValidator(2000)])
    answered_on = models.DateField(_("answered on"))
    answered_by_title = models.CharField(
        _("answered by (title)"), max_length=120, help_text=_("The office, never the person's name.")
    )
    decide_by = models.DateField(_("final answer promised for"), null=True, blank=True)
    way = models.CharField(max_length=8, choices=Way, default=Way.RECORDED)
    relayed_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="relayed_to")
    read_back_in = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="answers_read", verbose_name=_("read back in")
    )  # fmt: skip
    read_back_on = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["opinion", "number"]
        verbose_name = _("answer to an opinion")
        verbose_name_plural = _("answers to opinions")
        constraints = [models.UniqueConstraint(fields=["opinion", "number"], name="opinion_answer_number")]

    def __str__(self) -> str:
        return f"{self.opinion} · {self.get_kind_display()}"

    @property
    def is_final(self) -> bool:
        return self.kind in FINAL
