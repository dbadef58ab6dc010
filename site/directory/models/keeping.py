"""What keeps records true: claims, campaigns, proposals of those not yet verified, what users say of a service."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from directory.models.base import LINE, PARAGRAPH, SHORT, line, text
from directory.models.offer import Service


class Claim(models.Model):
    """Someone asks to keep the records of an organisation: verified by a letter to its known address, or a steward."""

    class State(models.TextChoices):
        ASKED = "asked", _("asked")
        GRANTED = "granted", _("granted")
        REFUSED = "refused", _("refused")

    class Method(models.TextChoices):
        EMAIL = "email", _("by a letter to the known address")
        STEWARD = "steward", _("by the steward")

    organisation = models.ForeignKey(
        "organisations.Organisation", models.CASCADE, related_name="claims", verbose_name=_("organisation")
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    words = text(_("who you are there"), PARAGRAPH)
    method = models.CharField(max_length=8, choices=Method, default=Method.STEWARD)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.ASKED)
    reason = line(_("reason"), LINE)
    asked_on = models.DateField()
    decided_on = models.DateField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["asked_on", "pk"]
        verbose_name = _("claim of records")
        verbose_name_plural = _("claims of records")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user"], condition=Q(state="asked"), name="claim_asked_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation} ({self.get_state_display()})"


class Campaign(models.Model):
    """Many organisations are asked at once to read their records again before a day."""

    name = line(_("name"), SHORT, blank=False)
    words = text(_("what you write to them"), PARAGRAPH)
    territory = models.ForeignKey(
        "territories.Territory", models.PROTECT, related_name="+", verbose_name=_("territory")
    )
    starts_on = models.DateField(_("sent on"))
    due_on = models.DateField(_("before"))
    closed_on = models.DateField(null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-starts_on", "-pk"]
        verbose_name = _("campaign of checks")
        verbose_name_plural = _("campaigns of checks")
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__gte=F("starts_on")),
                name="campaign_dates",
                violation_error_message=_("Give a day to come."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class CampaignAsk(models.Model):
    """One record asked about in a campaign; answered when it is checked from the day of the campaign on."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="asks")
    service = models.ForeignKey(Service, models.CASCADE, related_name="+")
    asked_on = models.DateField(null=True, blank=True)
    reminded_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("record asked about")
        verbose_name_plural = _("records asked about")
        constraints = [models.UniqueConstraint(fields=["campaign", "service"], name="campaign_ask_key")]

    def __str__(self) -> str:
        return f"{self.campaign} · {self.service}"


class Proposal(models.Model):
    """A correction written by someone whose claim is not yet verified: read by a steward before it shows."""

    class State(models.TextChoices):
        WAITING = "waiting", _("to be read")
        ACCEPTED = "accepted", _("accepted")
        REFUSED = "refused", _("refused")

    service = models.ForeignKey(Service, models.CASCADE, related_name="proposals")
    values = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.WAITING)
    reason = line(_("reason"), LINE)
    made_on = models.DateField()
    decided_on = models.DateField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["made_on", "pk"]
        verbose_name = _("proposed correction")
        verbose_name_plural = _("proposed corrections")

    def __str__(self) -> str:
        return f"{self.service} ({self.get_state_display()})"


def mark(label: object) -> "models.PositiveSmallIntegerField[int | None, int | None]":
    """One of four faces, from bad (1) to very good (4), or nothing."""
    return models.PositiveSmallIntegerField(
        label,  # type: ignore[arg-type]
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(4)],
    )


class Experience(models.Model):
    """How it went for one user: three marks and a month; no words, no day, nobody."""

    service = models.ForeignKey(Service, models.CASCADE, related_name="experiences")
    month = models.DateField(help_text=_("First day of the month."))
    waiting = mark(_("the wait"))
    access = mark(_("getting there and in"))
    welcome = mark(_("the welcome"))

    class Meta:
        ordering = ["pk"]
        verbose_name = _("experience of a user")
        verbose_name_plural = _("experiences of users")

    def __str__(self) -> str:
        return f"{self.service} {self.month:%Y-%m}"


class ExperienceAnswer(models.Model):
    """What the service answers to what its users say."""

    service = models.OneToOneField(Service, models.CASCADE, related_name="experience_answer")
    words = text(_("your answer"), PARAGRAPH, blank=False)
    answered_on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("answer to users")
        verbose_name_plural = _("answers to users")

    def __str__(self) -> str:
        return str(self.service)
