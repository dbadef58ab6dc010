"""Places left, generic contacts, and what visitors say is wrong."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from directory.models.base import LINE, PARAGRAPH, SHORT, Exported, line, phone, text
from directory.models.offer import Service


class Capacity(Exported):
    """How many places, how many left, how many people wait: said up front, with the day it was said."""

    class State(models.TextChoices):
        OPEN = "open", _("takes new people")
        WAITING = "waiting", _("waiting list")
        FULL = "full", pgettext_lazy("a service", "full")

    service = models.ForeignKey(Service, models.CASCADE, related_name="capacities")
    unit = line(_("what is counted"), 60, blank=False)
    places = models.PositiveIntegerField(_("places in all"), null=True, blank=True)
    available = models.PositiveIntegerField(_("places left"), null=True, blank=True)
    waiting = models.PositiveIntegerField(_("people who wait"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.OPEN)
    updated_on = models.DateField(_("said on"))

    class Meta:
        ordering = ["service", "unit", "pk"]
        verbose_name = _("capacity")
        verbose_name_plural = _("capacities")
        constraints = [models.UniqueConstraint(fields=["service", "unit"], name="capacity_key")]

    def __str__(self) -> str:
        return f"{self.unit}: {self.get_state_display()}"


class Contact(Exported):
    """A desk, a switchboard, a mailbox: never a person."""

    service = models.ForeignKey(Service, models.CASCADE, null=True, blank=True, related_name="contacts")
    location = models.ForeignKey(
        "directory.Location", models.CASCADE, null=True, blank=True, related_name="contacts"
    )
    organisation = models.ForeignKey(
        "organisations.Organisation", models.CASCADE, null=True, blank=True, related_name="contacts"
    )
    label = line(_("desk or team"), SHORT, blank=False)
    phone = phone()
    email = models.EmailField(_("generic e-mail address"), blank=True)
    hours = line(_("when to call"), LINE)

    class Meta:
        ordering = ["label", "pk"]
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        constraints = [
            models.CheckConstraint(
                condition=Q(service__isnull=False, location=None, organisation=None)
                | Q(service=None, location__isnull=False, organisation=None)
                | Q(service=None, location=None, organisation__isnull=False),
                name="contact_of_one_record",
            )
        ]

    def __str__(self) -> str:
        return self.label


class Report(models.Model):
    """Something a visitor says is wrong on a record; nothing about who said it is kept."""

    class Kind(models.TextChoices):
        PHONE = "phone", _("the phone number or address does not work")
        HOURS = "hours", _("the hours are wrong")
        PLACE = "place", _("the place is wrong or has moved")
        ENDED = "ended", _("this service no longer exists")
        ACCESS = "access", _("the access is not as written")
        PRICE = "price", _("the price is wrong")
        OTHER = "other", _("something else")

    class State(models.TextChoices):
        NEW = "new", _("to be read")
        CORRECTED = "corrected", _("corrected")
        KEPT = "kept", _("checked, the record was right")
        DISMISSED = "dismissed", _("not about the record")

    service = models.ForeignKey(Service, models.CASCADE, related_name="reports")
    kind = models.CharField(_("what is wrong"), max_length=8, choices=Kind)
    words = text(_("in your words"), PARAGRAPH)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.NEW)
    answer = text(_("answer"), PARAGRAPH)
    reported_on = models.DateField(_("said on"))
    answered_on = models.DateField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-reported_on", "-pk"]
        verbose_name = _("report of a mistake")
        verbose_name_plural = _("reports of mistakes")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.service}"
