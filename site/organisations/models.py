"""The bare organisation; the directory describes its services."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Organisation(models.Model):
    """A body that works in the territory: an authority, an establishment, an association…"""

    class Kind(models.TextChoices):
        AUTHORITY = "authority", _("local authority")
        ESTABLISHMENT = "establishment", _("establishment or service")
        ASSOCIATION = "association", _("association")
        STATE = "state", _("State service")
        OTHER = "other", _("other")

    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(_("short name in addresses"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind, default=Kind.OTHER)
    territory = models.ForeignKey(
        "territories.Territory", models.PROTECT, related_name="organisations", verbose_name=_("territory")
    )
    is_demo = models.BooleanField(_("fictional, for the demo"), default=False)

    class Meta:
        ordering = ["name"]
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def __str__(self) -> str:
        return self.name

    @property
    def listed_identifiers(self) -> dict[str, str]:
        """Numbers by scheme; those given to a form or a table before they are saved."""
        given: dict[str, str] | None = self.__dict__.get("given_identifiers")
        if given is not None or self.pk is None:
            return given or {}
        return {one.scheme: one.value for one in self.identifiers.all()}

    @listed_identifiers.setter
    def listed_identifiers(self, value: dict[str, str]) -> None:
        self.__dict__["given_identifiers"] = value


class OrganisationIdentifier(models.Model):
    """A number by which another system knows the organisation (SIRET, FINESS…)."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="identifiers")
    scheme = models.CharField(_("name of the number"), max_length=30)
    value = models.CharField(_("number"), max_length=60)

    class Meta:
        verbose_name = _("identifier")
        verbose_name_plural = _("identifiers")
        constraints = [models.UniqueConstraint(fields=["scheme", "value"], name="identifier_key")]

    def __str__(self) -> str:
        return f"{self.scheme}:{self.value}"
