"""Rooms, their log and who is in them. The log is the truth: sockets only carry it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Room(models.Model):
    """A place where people act together; `kind` and `key` say which object of an upper app it serves."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.SlugField(max_length=40)
    key = models.CharField(max_length=64)
    code = models.CharField(_("room code"), max_length=6)
    seq = models.PositiveBigIntegerField(default=0, editable=False)
    is_open = models.BooleanField(default=True)
    opened_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("room")
        verbose_name_plural = _("rooms")
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="room_of_object"),
            models.UniqueConstraint(fields=["code"], condition=Q(is_open=True), name="room_code_when_open"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Participant(models.Model):
    """A device in a room, known by the hash of its secret: one person, or a table and its head count."""

    class Device(models.TextChoices):
        PHONE = "phone", _("phone or computer")
        TABLET = "tablet", _("shared tablet")
        FACILITATOR = "facilitator", _("entered by the facilitator")
        PAPER = "paper", _("paper")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    room = models.ForeignKey(Room, models.CASCADE, related_name="participants")
    token_hash = models.CharField(max_length=64, blank=True)
    college = models.CharField(_("college"), max_length=20)
    display_name = models.CharField(_("name shown to others"), max_length=40, blank=True)
    device = models.CharField(max_length=12, choices=Device, default=Device.PHONE)
    headcount = models.PositiveSmallIntegerField(_("number of people"), default=1)
    table = models.CharField(_("table"), max_length=20, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    joined_at = models.DateTimeField(default=timezone.now)
    last_seen_at = models.DateTimeField(default=timezone.now)
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        constraints = [
            models.UniqueConstraint(
                fields=["token_hash"], condition=~Q(token_hash=""), name="participant_token"
            ),
            models.UniqueConstraint(
                fields=["room", "display_name"], condition=~Q(display_name=""), name="participant_name"
            ),
        ]
        indexes = [models.Index(fields=["room", "last_seen_at"], name="participant_present")]

    def __str__(self) -> str:
        return self.display_name or str(self.id)


class Event(models.Model):
    """One thing that happened, at its place in the room's order; never changed."""

    room = models.ForeignKey(Room, models.CASCADE, related_name="events")
    seq = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=40)
    payload = models.JSONField(default=dict)
    audience = models.CharField(max_length=60, default="all")
    client_uuid = models.UUIDField(null=True, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["room", "seq"]
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = [
            models.UniqueConstraint(fields=["room", "seq"], name="event_order"),
            models.UniqueConstraint(fields=["room", "client_uuid"], name="event_sent_once"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.kind}"


class Performed(models.Model):
    """What a message did and what its sender was told, so that sending it again changes nothing."""

    room = models.ForeignKey(Room, models.CASCADE, related_name="performed")
    client_uuid = models.UUIDField()
    sender = models.CharField(max_length=60)
    verb = models.CharField(max_length=40)
    result = models.JSONField(default=dict)
    seq = models.PositiveBigIntegerField()

    class Meta:
        verbose_name = _("action performed")
        verbose_name_plural = _("actions performed")
        constraints = [models.UniqueConstraint(fields=["room", "client_uuid"], name="performed_once")]

    def __str__(self) -> str:
        return f"{self.verb} {self.seq}"
