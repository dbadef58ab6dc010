"""People who sign in, their dated roles, and what they agreed to."""

import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from organisations.models import Organisation
    from territories.models import Territory


class Role(models.TextChoices):
    """What a person may be, on a territory or an organisation, for a time (`design.md` §4)."""

    ADMINISTRATOR = "administrator", _("administrator")
    DPO = "dpo", _("data-protection officer")
    EDITOR = "editor", _("page editor")
    PUBLISHER = "publisher", _("page publisher")
    ORGANISER = "organiser", _("organiser of consultations")
    FACILITATOR = "facilitator", _("workshop facilitator")
    INTERVIEWER = "interviewer", _("interviewer")
    SECRETARY = "secretary", _("council secretary")
    MEMBER = "member", _("council member")
    DIRECTOR = "director", _("director of an establishment")
    PROFESSIONAL = "professional", _("professional")
    DIRECTORY_EDITOR = "directory_editor", _("organisation's editor")
    OFFICIAL = "official", _("elected official")
    FUNDER = "funder", _("funder")
    ANALYST = "analyst", _("analyst")


STAFF_ROLES = frozenset(
    {
        Role.ADMINISTRATOR,
        Role.DPO,
        Role.EDITOR,
        Role.PUBLISHER,
        Role.ORGANISER,
        Role.FACILITATOR,
        Role.INTERVIEWER,
        Role.SECRETARY,
        Role.DIRECTOR,
        Role.PROFESSIONAL,
        Role.DIRECTORY_EDITOR,
        Role.OFFICIAL,
        Role.FUNDER,
        Role.ANALYST,
    }
)


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A person known by an e-mail address; without a password they sign in by code."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account. Residents do not need one."""

    email = models.EmailField(
        _("e-mail address"),
        unique=True,
        error_messages={"unique": _("This address already has an account.")},
    )
    display_name = models.CharField(_("name shown to others"), max_length=80, blank=True)
    language = models.CharField(_("language"), max_length=5, default="fr")
    is_active = models.BooleanField(_("active"), default=True)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        ordering = ["email"]
        verbose_name = _("user")
        verbose_name_plural = _("users")

    def __str__(self) -> str:
        return self.display_name or self.email

    @property
    def is_erased(self) -> bool:
        return self.erased_at is not None

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)


class MembershipQuerySet(models.QuerySet["Membership"]):
    def active_on(self, day: datetime.date) -> Self:
        """Those in force on `day`, last day included, unless withdrawn at once."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day, withdrawn_at=None)


class Membership(models.Model):
    """A dated role of a person on a territory or on an organisation."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    territory = models.ForeignKey(
        "territories.Territory", models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(
        _("withdrawn at"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("Ended at once, whatever the dates."),
    )
    granted_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["user", "role", "starts_on"]
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.CheckConstraint(
                condition=Q(territory=None, organisation__isnull=False)
                | Q(territory__isnull=False, organisation=None),
                name="membership_on_one_place",
                violation_error_message=_("Choose a territory or an organisation, not both."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="membership_dates",
                violation_error_message=_("The last day must not come before the first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} · {self.place}"

    @property
    def place(self) -> "Territory | Organisation | None":
        """The territory or organisation the role is held on."""
        return self.territory or self.organisation


class ConsentQuerySet(models.QuerySet["Consent"]):
    def in_force(self) -> Self:
        """Those given and not withdrawn."""
        return self.filter(withdrawn_at=None)


class Consent(models.Model):
    """What a person agreed to: the exact wording, when, and when they withdrew."""

    user = models.ForeignKey(User, models.CASCADE, related_name="consents")
    purpose = models.SlugField(max_length=60)
    wording = models.TextField()
    wording_version = models.CharField(max_length=20)
    given_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ["-given_at"]
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "purpose"], condition=Q(withdrawn_at=None), name="consent_in_force_key"
            )
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.wording_version}"
