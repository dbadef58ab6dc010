"""What an organisation offers, and where."""

import datetime
from typing import Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from directory.codes import Audience, Fee, Holidays, Language, Mode, Reach, ReachedBy, ServiceKind, Status
from directory.models.base import LINE, LONG, PARAGRAPH, SHORT, Exported, Lines, codes, line, phone, text, web
from directory.models.place import Location
from directory.models.record import Scheme, Source

MAX_AGE, MAX_EUROS, MAX_DELAY = 120, 100_000, 1000
REVIEW_MONTHS = (1, 3, 6, 12, 18)
MONEY = [MinValueValidator(0), MaxValueValidator(MAX_EUROS)]
OLD = [MaxValueValidator(MAX_AGE)]


class ServiceQuerySet(models.QuerySet["Service"]):
    def public(self) -> Self:
        """Those anyone may find: published, still existing, not merged into another."""
        return self.filter(published=True, merged_into=None).exclude(status=Status.DEFUNCT)

    def due_for_review(self, day: datetime.date) -> Self:
        """Those nobody has checked for longer than their rhythm."""
        return self.filter(review_due_on__lte=day)


class Service(Exported):
    """Something a person can turn to: for whom, where, when, how, at what price; and who checked it when."""

    slug = models.SlugField(_("address"), max_length=90, unique=True)
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="services", verbose_name=_("organisation")
    )
    schemes = models.ManyToManyField(
        Scheme, blank=True, related_name="services", verbose_name=_("schemes and rights")
    )
    name = line(_("name"), 150, blank=False)
    description = text(_("description"), LONG, blank=False)
    easy_read = text(_("easy-read text"), PARAGRAPH)
    kind = models.CharField(_("kind"), max_length=20, choices=ServiceKind, default=ServiceKind.SUPPORT)
    status = models.CharField(_("state"), max_length=20, choices=Status, default=Status.ACTIVE)
    closed_until = models.DateField(_("closed until (included)"), null=True, blank=True)
    closed_reason = line(_("why it is closed"), LINE)
    modes = codes(_("where it meets people"), Mode.values)
    needs = models.ManyToManyField("needs.Need", blank=True, related_name="services", verbose_name=_("needs"))

    audiences = codes(_("for whom"), Audience.values, alone=Audience.EVERYONE)
    age_min = models.PositiveSmallIntegerField(_("from age"), null=True, blank=True, validators=OLD)
    age_max = models.PositiveSmallIntegerField(_("to age"), null=True, blank=True, validators=OLD)
    situations = text(_("situations"), PARAGRAPH)
    eligibility = text(_("conditions"), PARAGRAPH)
    eligible_territories = models.ManyToManyField(
        "territories.Territory", blank=True, related_name="+", verbose_name=_("only for people living in")
    )
    coverage = models.ManyToManyField(
        "territories.Territory", blank=True, related_name="covering_services", verbose_name=_("area covered")
    )

    fee = models.CharField(_("price"), max_length=12, choices=Fee, default=Fee.UNKNOWN)
    amount_min = models.DecimalField(
        _("from (euros)"), max_digits=8, decimal_places=2, null=True, blank=True, validators=MONEY
    )
    amount_max = models.DecimalField(
        _("to (euros)"), max_digits=8, decimal_places=2, null=True, blank=True, validators=MONEY
    )
    fee_words = text(_("price in words"), PARAGRAPH)
    remaining_words = text(_("what remains to pay"), PARAGRAPH)
    documents = models.JSONField(
        _("papers to bring"),
        default=list,
        blank=True,
        validators=[Lines(30, LINE)],
        help_text=_("One per line."),
    )
    languages = codes(_("languages spoken"), Language.values)

    reach = codes(_("how to get in touch"), Reach.values)
    reached_by = codes(_("who may get in touch"), ReachedBy.values)
    email = models.EmailField(_("generic e-mail address"), blank=True)
    phone = phone()
    link = web(_("online form"))
    takes_requests = models.BooleanField(_("takes requests sent from here"), default=False)
    average_delay_days = models.PositiveSmallIntegerField(
        _("usual waiting time (days)"), null=True, blank=True, validators=[MaxValueValidator(MAX_DELAY)]
    )
    holidays = models.CharField(
        _("public holidays"), max_length=10, choices=Holidays, default=Holidays.UNKNOWN
    )

    source = models.ForeignKey(Source, models.SET_NULL, null=True, blank=True, related_name="services")
    checked_on = models.DateField(_("checked on"), null=True, blank=True)
    checked_words = line(_("checked by"), SHORT)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    review_months = models.PositiveSmallIntegerField(
        _("check every (months)"), choices=[(one, one) for one in REVIEW_MONTHS], default=6
    )
    review_due_on = models.DateField(null=True, blank=True, editable=False, db_index=True)
    reminded_on = models.DateField(null=True, blank=True, editable=False)
    needs_comparing = models.BooleanField(default=True, editable=False, db_index=True)
    """True until the tick has looked for other records that may be the same."""
    quality = models.PositiveSmallIntegerField(default=0, editable=False, db_index=True)
    created_on = models.DateField(auto_now_add=True)
    updated_on = models.DateField(_("changed on"), auto_now_add=True, db_index=True)
    published = models.BooleanField(_("anyone may read it"), default=True)
    is_demo = models.BooleanField(_("fictional, for the demo"), default=False)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="absorbed", editable=False
    )
    locations = models.ManyToManyField(
        Location, through="ServiceAtLocation", related_name="services", verbose_name=_("where it is")
    )

    objects = ServiceQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("service of the directory")
        verbose_name_plural = _("services of the directory")
        constraints = [
            models.CheckConstraint(
                condition=Q(age_min=None) | Q(age_max=None) | Q(age_max__gte=F("age_min")),
                name="service_ages",
                violation_error_message=_("The highest age must not be under the lowest."),
            ),
            models.CheckConstraint(
                condition=Q(amount_min=None) | Q(amount_max=None) | Q(amount_max__gte=F("amount_min")),
                name="service_amounts",
                violation_error_message=_("The highest price must not be under the lowest."),
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("pk")), name="service_not_into_itself"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_public(self) -> bool:
        """As `ServiceQuerySet.public` tells it."""
        return self.published and self.merged_into_id is None and self.status != Status.DEFUNCT


class ServiceAtLocation(Exported):
    """A service given at a place; its own hours, if it has some, come before those of the service and place."""

    service = models.ForeignKey(Service, models.CASCADE, related_name="at_locations")
    location = models.ForeignKey(Location, models.CASCADE, related_name="at_services")

    class Meta:
        ordering = ["service", "location"]
        verbose_name = _("service at a place")
        verbose_name_plural = _("services at places")
        constraints = [
            models.UniqueConstraint(fields=["service", "location"], name="service_at_location_key")
        ]

    def __str__(self) -> str:
        return f"{self.service} · {self.location}"
