"""A workshop: what it is about, where and when it is held, and what to read before."""

import datetime
import uuid
from typing import Self

from django.conf import settings
from django.core.validators import FileExtensionValidator, MaxLengthValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

MAX_CAPACITY = 2000
DOCUMENT_FORMATS = ("pdf", "odt", "ods", "odp", "docx", "xlsx", "pptx", "png", "jpg", "jpeg", "txt", "csv")


class College(models.TextChoices):
    """The bodies of people a workshop listens to; the codes are fixed, the room and exports use them."""

    RESIDENTS = "residents", _("residents and users")
    RELATIVES = "relatives", _("relatives and carers")
    PROFESSIONALS = "professionals", _("professionals")
    OFFICIALS = "officials", _("elected officials")
    FUNDERS = "funders", _("funders")
    OTHERS = "others", _("others")


class WorkshopQuerySet(models.QuerySet["Workshop"]):
    def public(self) -> Self:
        """Those anyone may see: announced, in a consultation that is public."""
        return self.exclude(status=Workshop.Status.DRAFT).exclude(consultation__status="draft")

    def to_come(self, now: datetime.datetime) -> Self:
        """Not over yet, the soonest first; one that was cancelled is still said to be."""
        return self.filter(ends_at__gte=now, status__in=Workshop.EXPECTED).order_by("starts_at", "title")

    def over(self, now: datetime.datetime) -> Self:
        """Over or closed, the latest first."""
        past = self.exclude(ends_at__gte=now, status__in=Workshop.EXPECTED)
        return past.exclude(status=Workshop.Status.CANCELLED).order_by("-starts_at", "title")


def every_college() -> list[str]:
    return list(College.values)


class Workshop(models.Model):
    """A session of a consultation where colleges write, sort and rank what is wrong and what to do."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("in preparation")
        ANNOUNCED = "announced", _("announced")
        OPEN = "open", _("room open")
        CLOSED = "closed", _("finished")
        SYNTHESIS = "synthesis", _("synthesis published")
        CANCELLED = "cancelled", _("cancelled")

    RUNNABLE = (Status.ANNOUNCED, Status.OPEN)
    EXPECTED = (*RUNNABLE, Status.CANCELLED)

    class Access(models.TextChoices):
        STEP_FREE = "step_free", _("step-free entrance")
        TOILETS = "toilets", _("accessible toilets")
        PARKING = "parking", _("reserved parking spaces")
        BUS = "bus", _("bus stop nearby")
        HEARING_LOOP = "hearing_loop", _("hearing loop")
        SIGN_LANGUAGE = "sign_language", _("sign-language interpreter")
        CAPTIONS = "captions", _("live captions")
        EASY_READ = "easy_read", _("easy-read documents")
        CHILDCARE = "childcare", _("childcare")
        TRANSPORT = "transport", _("help to come (shared transport)")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consultation = models.ForeignKey("process.Consultation", models.PROTECT, related_name="workshops")
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=120)
    theme = models.CharField(_("theme"), max_length=120, blank=True)
    summary = models.TextField(_("summary"), validators=[MaxLengthValidator(1000)], blank=True)
    easy_read_summary = models.TextField(
        _("easy-read summary"), blank=True, validators=[MaxLengthValidator(1000)]
    )
    needs = models.ManyToManyField("needs.Need", related_name="workshops", blank=True)
    territory = models.ForeignKey("territories.Territory", models.PROTECT, related_name="workshops")
    venue = models.CharField(_("place"), max_length=120, blank=True)
    address = models.CharField(_("postal address"), max_length=200, blank=True)
    access = models.JSONField(_("what is there"), default=list, blank=True)
    access_details = models.TextField(_("how to come in"), validators=[MaxLengthValidator(1000)], blank=True)
    contact = models.CharField(_("contact for questions"), max_length=200, blank=True)
    facilitators = models.CharField(_("who runs it"), max_length=200, blank=True)
    starts_at = models.DateTimeField(_("starts at"))
    ends_at = models.DateTimeField(_("ends at"))
    colleges = models.JSONField(_("colleges invited"), default=every_college)
    capacity = models.PositiveSmallIntegerField(
        _("places"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    projector_view = models.CharField(max_length=8, default="join")
    spotlight = models.UUIDField(null=True, blank=True, help_text=_("Card or group shown to the room."))
    sequence = models.PositiveSmallIntegerField(default=0, help_text=_("Version of the calendar file."))
    attendance = models.JSONField(
        default=dict, blank=True, help_text=_("Heads by college, counted at closing.")
    )
    is_demo = models.BooleanField(_("fictional, for the demo"), default=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    announced_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    purged_at = models.DateTimeField(null=True, blank=True)

    objects = WorkshopQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_at", "title"]
        verbose_name = _("workshop")
        verbose_name_plural = _("workshops")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="workshop_times",
                violation_error_message=_("The workshop must end after it starts."),
            ),
            models.CheckConstraint(
                condition=Q(capacity=None) | Q(capacity__gte=1, capacity__lte=MAX_CAPACITY),
                name="workshop_capacity",
                violation_error_message=_("Give a number of places from 1 to 2,000, or leave it empty."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def minutes(self) -> int:
        """How long it lasts."""
        return round((self.ends_at - self.starts_at).total_seconds() / 60)

    @property
    def college_labels(self) -> list[str]:
        """The colleges invited, in words, in their fixed order."""
        return [str(label) for code, label in College.choices if code in self.colleges]

    @property
    def access_labels(self) -> list[str]:
        """What the place offers, in words."""
        return [str(label) for code, label in self.Access.choices if code in self.access]

    @property
    def starts_hour(self) -> str:
        return hour_in_words(self.starts_at)

    @property
    def ends_hour(self) -> str:
        return hour_in_words(self.ends_at)

    @property
    def starts_on(self) -> datetime.date:
        return timezone.localdate(self.starts_at)


def hour_in_words(moment: datetime.datetime) -> str:
    """An hour as it is said: `14 h`, `14 h 30`, on one line."""
    local = timezone.localtime(moment)
    if local.minute == 0:
        return gettext("%(hour)s:00") % {"hour": local.hour}
    return gettext("%(hour)s:%(minutes)s") % {"hour": local.hour, "minutes": f"{local.minute:02d}"}


class Document(models.Model):
    """Something to read before: a file, an address, or a figure of the observatory."""

    class Kind(models.TextChoices):
        FILE = "file", _("file")
        LINK = "link", _("address")
        FIGURE = "figure", _("figure of the observatory")

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="documents")
    kind = models.CharField(_("kind"), max_length=6, choices=Kind)
    title = models.CharField(_("title"), max_length=120)
    file = models.FileField(
        _("file"),
        upload_to="workshops/%Y/",
        blank=True,
        validators=[FileExtensionValidator(DOCUMENT_FORMATS)],
    )
    url = models.URLField(_("address"), max_length=500, blank=True)
    figure = models.CharField(_("figure"), max_length=160, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def __str__(self) -> str:
        return self.title
