"""A request for help: the least that lets services answer a person, and who agreed to it."""

import uuid
from typing import Self

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from directory.models.base import validate_plain_text
from orientation.situations import AGES

NAME, WORDS, CONTACT, CONSENT = 60, 1000, 254, 1000
AGE_CHOICES = [(one.code, one.label) for one in AGES]


class HelpRequestQuerySet(models.QuerySet["HelpRequest"]):
    def kept(self) -> Self:
        """Those that still say something of a person."""
        return self.filter(erased_on=None)

    def of_counters(self, organisations: Q) -> Self:
        """Those made at the counters of these organisations (a filter on `Organisation`)."""
        return self.filter(counter__in=organisations)


class HelpRequest(models.Model):
    """What a person asked, once, to one or several services. Erased when they say so, or after 730 days.

    Erasing keeps the row without anything a person said or is: needs, group of communes and days still count.
    """

    class Origin(models.TextChoices):
        ALONE = "alone", _("by the person, online")
        COUNTER = "counter", _("at a counter")
        PHONE = "phone", _("by phone, with a professional")

    class About(models.TextChoices):
        SELF = "self", _("For me")
        RELATIVE = "relative", _("For someone I help")

    class Reach(models.TextChoices):
        PHONE = "phone", _("By phone")
        EMAIL = "email", _("By e-mail")
        COUNTER = "counter", _("Through the counter that helps them")

    class Said(models.TextChoices):
        WRITTEN = "written", _("in writing, on the page")
        ALOUD = "aloud", _("aloud, in front of the professional")
        PHONE = "phone", _("aloud, on the phone")
        GUARDIAN = "guardian", _("by the person who represents them")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client_key = models.UUIDField(unique=True, editable=False)
    created_on = models.DateField(_("sent on"))
    origin = models.CharField(max_length=8, choices=Origin, default=Origin.ALONE)
    counter = models.ForeignKey(
        "organisations.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("counter"),
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    about = models.CharField(_("for whom"), max_length=8, choices=About, default=About.SELF)
    age = models.CharField(_("age"), max_length=8, choices=AGE_CHOICES, blank=True)
    commune = models.ForeignKey(
        "territories.Territory",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("commune"),
    )
    epci = models.CharField(max_length=12, blank=True)
    needs = models.ManyToManyField("needs.Need", related_name="+", verbose_name=_("needs"))
    modes = models.JSONField(default=list, blank=True)
    reach = models.CharField(_("how to reach the person"), max_length=8, choices=Reach, blank=True)
    contact = models.CharField(max_length=CONTACT, blank=True)
    contact_waiting = models.CharField(max_length=CONTACT, blank=True, editable=False)
    first_name = models.CharField(
        _("first name"), max_length=NAME, blank=True, validators=[validate_plain_text]
    )
    words = models.TextField(
        _("in their words"), blank=True, validators=[MaxLengthValidator(WORDS), validate_plain_text]
    )
    language = models.CharField(max_length=5, default="fr")
    agrees_second_choice = models.BooleanField(
        _("if a service cannot help, another one may be asked"), default=False
    )
    consent_words = models.TextField(_("what was agreed"), validators=[MaxLengthValidator(CONSENT)])
    consent_said = models.CharField(_("how it was agreed"), max_length=8, choices=Said, default=Said.WRITTEN)
    consent_on = models.DateField(_("agreed on"))
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    erased_on = models.DateField(null=True, blank=True, db_index=True)
    told_on = models.DateField(null=True, blank=True, editable=False)
    contact_returned_on = models.DateField(null=True, blank=True, editable=False)
    is_demo = models.BooleanField(default=False)

    objects = HelpRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-created_on", "pk"]
        verbose_name = _("request for help")
        verbose_name_plural = _("requests for help")
        constraints = [
            models.CheckConstraint(
                condition=Q(erased_on=None)
                | Q(contact="", contact_waiting="", first_name="", words="", commune=None),
                name="erased_help_request",
            ),
            models.CheckConstraint(
                condition=Q(origin="alone", counter=None) | ~Q(origin="alone"), name="help_request_counter"
            ),
        ]

    def __str__(self) -> str:
        return str(_("Request %(key)s") % {"key": self.short_key})

    @property
    def short_key(self) -> str:
        """What people say on the phone to name it; it opens nothing."""
        return self.pk.hex[:6].upper()

    @property
    def is_erased(self) -> bool:
        return self.erased_on is not None


class Coordination(models.Model):
    """A situation that needs several people to act together: who answers for it, from when to when."""

    class State(models.TextChoices):
        ASKED = "asked", _("waits for a coordinator")
        NAMED = "named", _("followed by a coordinator")
        DONE = "done", _("finished")
        STOPPED = "stopped", _("stopped")

    class Why(models.TextChoices):
        SEVERAL = "several", _("several services must act together")
        HOSPITAL = "hospital", _("a return from hospital within days")
        EXHAUSTED = "exhausted", _("the carer can no longer cope")
        DANGER = "danger", _("the person may be in danger at home")
        UNANSWERED = "unanswered", _("no service could take the person")
        OTHER = "other", _("something else")

    help_request = models.OneToOneField(HelpRequest, models.CASCADE, related_name="coordination")
    state = models.CharField(max_length=8, choices=State, default=State.ASKED)
    why = models.CharField(_("why"), max_length=12, choices=Why)
    asked_on = models.DateField(_("asked on"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    coordinator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("coordinator"),
    )
    named_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(_("what came of it"), max_length=200, blank=True)

    class Meta:
        ordering = ["asked_on", "pk"]
        verbose_name = _("reinforced coordination")
        verbose_name_plural = _("reinforced coordinations")
        constraints = [
            models.CheckConstraint(condition=~Q(state="named", named_on=None), name="coordination_named_on")
        ]

    def __str__(self) -> str:
        return str(_("Coordination of request %(key)s") % {"key": self.help_request.short_key})
