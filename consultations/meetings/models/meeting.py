"""A meeting of a council and its agenda."""

import datetime
import uuid
from typing import Self

from django.conf import settings
from django.core.validators import FileExtensionValidator, MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consultations.councils.models import DOCUMENT_FORMATS, Council, Mandate
from core.storage import private_storage

LONGEST_MINUTES = 12 * 60


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def of(self, council: Council) -> Self:
        """Those of one council, the latest first."""
        return self.filter(council=council).order_by("-held_at")

    def held(self) -> Self:
        """Those that took place."""
        return self.filter(state__in=Meeting.HELD)

    def announced(self) -> Self:
        """Those whose members were told: no longer drafts, cancelled ones included."""
        return self.exclude(state=Meeting.State.DRAFT)

    def to_come(self, now: datetime.datetime) -> Self:
        """Convened and not begun."""
        return self.filter(state=Meeting.State.CONVENED, held_at__gte=now).order_by("held_at")


class Meeting(models.Model):
    """One meeting, from its draft to its adopted minutes; a reconvened one takes up what could not be decided."""

    class State(models.TextChoices):
        DRAFT = "draft", _("being prepared")
        CONVENED = "convened", _("convened")
        OPEN = "open", _("under way")
        SUSPENDED = "suspended", _("suspended")
        CLOSED = "closed", _("over")
        MINUTES_DRAFT = "minutes_draft", _("minutes being written")
        MINUTES_SIGNED = "minutes_signed", _("minutes signed")
        MINUTES_ADOPTED = "minutes_adopted", _("minutes adopted")
        CANCELLED = "cancelled", _("cancelled")

    LIVE = (State.OPEN, State.SUSPENDED)
    HELD = (*LIVE, State.CLOSED, State.MINUTES_DRAFT, State.MINUTES_SIGNED, State.MINUTES_ADOPTED)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    council = models.ForeignKey(Council, models.PROTECT, related_name="meetings")
    number = models.PositiveIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=120, blank=True)
    held_at = models.DateTimeField(_("day and hour"))
    minutes_planned = models.PositiveSmallIntegerField(_("length, in minutes"), default=120)
    place = models.CharField(_("place"), max_length=160, blank=True)
    access_details = models.CharField(_("how to get there, access"), max_length=300, blank=True)
    remote_url = models.URLField(
        _("address to take part from afar"),
        blank=True,
        help_text=_("Sent to members only, never shown publicly."),
    )
    message = models.TextField(
        _("message of the president"), blank=True, validators=[MaxLengthValidator(2000)]
    )
    state = models.CharField(max_length=16, choices=State, default=State.DRAFT)
    reconvened_from = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="reconvened_in"
    )
    session_secretary = models.ForeignKey(
        Mandate, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("session secretary")
    )
    current_item = models.ForeignKey(
        "AgendaItem", models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    doors_opened_at = models.DateTimeField(null=True, blank=True, editable=False)
    opened_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    opening_quorum = models.JSONField(default=dict, blank=True, editable=False)
    state_reason = models.CharField(max_length=300, blank=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    reminded_on = models.DateField(null=True, blank=True, editable=False)
    is_demo = models.BooleanField(_("fictional, for the demo"), default=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["-held_at"]
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        indexes = [models.Index(fields=["council", "held_at"], name="meeting_calendar")]
        constraints = [
            models.UniqueConstraint(fields=["council", "number"], name="meeting_number"),
            models.CheckConstraint(
                condition=Q(minutes_planned__gte=5, minutes_planned__lte=LONGEST_MINUTES),
                name="meeting_length",
                violation_error_message=_("A meeting lasts from 5 minutes to 12 hours."),
            ),
        ]

    def __str__(self) -> str:
        day = timezone.localtime(self.held_at).date()
        return self.title or _("Meeting %(number)d of %(day)s") % {
            "number": self.number,
            "day": f"{day:%d/%m/%Y}",
        }

    @property
    def held_on(self) -> datetime.date:
        """Its day, where we live."""
        return timezone.localtime(self.held_at).date()

    @property
    def ends_at(self) -> datetime.datetime:
        """When it should be over."""
        return self.held_at + datetime.timedelta(minutes=self.minutes_planned)

    @property
    def is_live(self) -> bool:
        return self.state in self.LIVE


class AgendaItemQuerySet(models.QuerySet["AgendaItem"]):
    def on_agenda(self) -> Self:
        """Those the president put on the agenda, treated or not."""
        return self.exclude(state__in=(AgendaItem.State.PROPOSED, AgendaItem.State.REFUSED)).order_by(
            "order", "pk"
        )

    def proposed(self) -> Self:
        return self.filter(state=AgendaItem.State.PROPOSED).order_by("proposed_at", "pk")


class AgendaItem(models.Model):
    """A point of the agenda. `subject_kind` and `subject_key` name what it is about, by a kind of the lineage."""

    class Purpose(models.TextChoices):
        INFORMATION = "information", _("information")
        DEBATE = "debate", _("debate")
        OPINION = "opinion", _("opinion of the council")
        VOTE = "vote", _("decision by vote")
        ANSWER = "answer", _("answer read back to the council")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        ACCEPTED = "accepted", _("on the agenda")
        REFUSED = "refused", _("not kept")
        CARRIED = "carried", _("carried to a later meeting")
        DONE = "done", _("treated")

    DECIDING = (Purpose.OPINION, Purpose.VOTE)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="items")
    order = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(_("title"), max_length=160)
    explanation = models.TextField(_("what it is about"), blank=True, validators=[MaxLengthValidator(3000)])
    purpose = models.CharField(_("what is expected"), max_length=12, choices=Purpose, default=Purpose.DEBATE)
    minutes = models.PositiveSmallIntegerField(_("time, in minutes"), default=15)
    is_confidential = models.BooleanField(
        _("confidential"),
        default=False,
        help_text=_("Never in what is made public: personal situations, for instance."),
    )
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    state_reason = models.CharField(_("why"), max_length=300, blank=True)
    secret_asked = models.BooleanField(_("a secret vote was asked for"), default=False, editable=False)
    proposed_by = models.ForeignKey(
        Mandate, models.PROTECT, null=True, blank=True, related_name="agenda_items"
    )
    proposed_at = models.DateTimeField(auto_now_add=True)
    carried_from = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="carried_to"
    )
    subject_kind = models.CharField(max_length=40, blank=True)
    subject_key = models.CharField(max_length=64, blank=True)

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        ordering = ["meeting", "order", "pk"]
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")
        indexes = [models.Index(fields=["subject_kind", "subject_key"], name="agenda_subject")]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "subject_kind", "subject_key"],
                condition=~Q(subject_kind=""),
                name="agenda_subject_once",
                violation_error_message=_("This is already on the agenda of this meeting."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def decides(self) -> bool:
        """True when it needs the quorum."""
        return self.purpose in self.DECIDING


class AgendaDocument(models.Model):
    """A file that goes with an item; withdrawn rather than deleted once the members were convened."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="documents")
    title = models.CharField(_("title"), max_length=120)
    file = models.FileField(
        _("file"),
        upload_to="meetings/%Y/",
        storage=private_storage,
        validators=[FileExtensionValidator(DOCUMENT_FORMATS)],
    )
    added_on = models.DateField()
    withdrawn_on = models.DateField(null=True, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["added_on", "title"]
        verbose_name = _("document of an agenda item")
        verbose_name_plural = _("documents of agenda items")

    def __str__(self) -> str:
        return self.title
