"""A council, the establishments it speaks for, its documents and the federations it belongs to."""

import datetime
import uuid
from typing import Any, Self

from django.conf import settings
from django.core.validators import FileExtensionValidator, MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.storage import private_storage

DOCUMENT_FORMATS = ("pdf", "odt", "ods", "docx", "xlsx", "png", "jpg", "jpeg", "txt")


class CouncilKind(models.TextChoices):
    """What kind of council it is; the law sets rules for the first two, statutes for the others."""

    CVS = "cvs", _("council of social life (CVS)")
    COMMON_BODY = "common_body", _("common council of several establishments")
    CDCA = "cdca", _("departmental council of citizenship and autonomy (CDCA)")
    CITIZENS = "citizens", _("citizens' council")
    USERS = "users", _("users' council")
    MEMBERS_ASSEMBLY = "members_assembly", _("members' assembly")
    EXPRESSION_GROUP = "expression_group", _("expression group")
    FEDERATION = "federation", _("federation of councils")


class CouncilQuerySet(models.QuerySet["Council"]):
    def public(self) -> Self:
        """Those with a page anyone may read."""
        return self.filter(is_public=True)

    def alive_on(self, day: datetime.date) -> Self:
        """Created and not dissolved, last day included."""
        return self.filter(Q(dissolved_on=None) | Q(dissolved_on__gte=day), created_on__lte=day)

    def federations(self) -> Self:
        return self.filter(kind=CouncilKind.FEDERATION)


class Council(models.Model):
    """A body where users, families and others are heard: its rules, seats and mandates are dated."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=160)
    kind = models.CharField(_("kind"), max_length=20, choices=CouncilKind)
    summary = models.TextField(_("summary"), blank=True, validators=[MaxLengthValidator(1000)])
    easy_read_summary = models.TextField(
        _("easy-read summary"), blank=True, validators=[MaxLengthValidator(1000)]
    )
    organisations = models.ManyToManyField(
        "organisations.Organisation", through="CouncilEstablishment", related_name="councils"
    )
    territory = models.ForeignKey(
        "territories.Territory", models.PROTECT, related_name="councils", verbose_name=_("territory")
    )
    contact = models.CharField(_("contact for questions"), max_length=200, blank=True)
    created_on = models.DateField(_("created on"))
    dissolved_on = models.DateField(_("dissolved on"), null=True, blank=True)
    is_public = models.BooleanField(_("anyone may read its page"), default=True)
    shows_names = models.BooleanField(
        _("names of members are shown to anyone"),
        default=False,
        help_text=_("Otherwise the public page says the role and the constituency, never the name."),
    )
    is_demo = models.BooleanField(_("fictional, for the demo"), default=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = CouncilQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("council")
        verbose_name_plural = _("councils")
        constraints = [
            models.CheckConstraint(
                condition=Q(dissolved_on=None) | Q(dissolved_on__gte=F("created_on")),
                name="council_dates",
                violation_error_message=_("A council is not dissolved before it is created."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def listed_establishments(self) -> list[Any]:
        """Its establishments; those given to a table before they are saved."""
        given: list[Any] | None = self.__dict__.get("given_establishments")
        if given is not None or self._state.adding:
            return given or []
        return list(self.organisations.all())

    @listed_establishments.setter
    def listed_establishments(self, value: list[Any]) -> None:
        self.__dict__["given_establishments"] = value

    @property
    def is_federation(self) -> bool:
        return self.kind == CouncilKind.FEDERATION

    @property
    def follows_casf(self) -> bool:
        """True when the articles D311-3 and following of the CASF rule it."""
        return self.kind in {CouncilKind.CVS, CouncilKind.COMMON_BODY}

    def is_alive_on(self, day: datetime.date) -> bool:
        return self.created_on <= day and (self.dissolved_on is None or day <= self.dissolved_on)


class PeriodQuerySet(models.QuerySet):
    def in_force(self, day: datetime.date) -> Self:
        """Joined and not left on `day`, last day included."""
        return self.filter(Q(left_on=None) | Q(left_on__gte=day), joined_on__lte=day)


class CouncilEstablishment(models.Model):
    """An establishment or service whose people the council speaks for, during a period."""

    council = models.ForeignKey(Council, models.PROTECT, related_name="establishments")
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="council_links"
    )
    joined_on = models.DateField(_("first day"))
    left_on = models.DateField(_("last day"), null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        ordering = ["organisation__name", "joined_on"]
        verbose_name = _("establishment of a council")
        verbose_name_plural = _("establishments of councils")
        constraints = [
            models.UniqueConstraint(
                fields=["council", "organisation"], condition=Q(left_on=None), name="establishment_open_key"
            ),
            models.CheckConstraint(
                condition=Q(left_on=None) | Q(left_on__gte=F("joined_on")), name="establishment_dates"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} · {self.council}"


class FederationMembership(models.Model):
    """A council that belongs to a federation during a period."""

    federation = models.ForeignKey(Council, models.PROTECT, related_name="federated")
    member = models.ForeignKey(Council, models.PROTECT, related_name="federation_links")
    joined_on = models.DateField(_("joined on"))
    left_on = models.DateField(_("left on"), null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = PeriodQuerySet.as_manager()

    class Meta:
        ordering = ["member__name", "joined_on"]
        verbose_name = _("membership of a federation")
        verbose_name_plural = _("memberships of federations")
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "member"], condition=Q(left_on=None), name="federated_open_key"
            ),
            models.CheckConstraint(condition=~Q(federation=F("member")), name="federated_not_to_itself"),
            models.CheckConstraint(
                condition=Q(left_on=None) | Q(left_on__gte=F("joined_on")), name="federated_dates"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} · {self.federation}"


class CouncilDocument(models.Model):
    """A file of the council: withdrawn rather than deleted, so that what was shown can be found again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    council = models.ForeignKey(Council, models.PROTECT, related_name="documents")
    title = models.CharField(_("title"), max_length=120)
    file = models.FileField(
        _("file"),
        upload_to="councils/%Y/",
        storage=private_storage,
        validators=[FileExtensionValidator(DOCUMENT_FORMATS)],
    )
    is_public = models.BooleanField(_("anyone may read it"), default=False)
    added_on = models.DateField(_("added on"))
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-added_on", "title"]
        verbose_name = _("document of a council")
        verbose_name_plural = _("documents of councils")

    def __str__(self) -> str:
        return self.title
