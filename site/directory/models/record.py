"""Where records come from, what the directory says of an organisation, schemes and rights, other systems' numbers."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from directory.codes import Network
from directory.models.base import LINE, LONG, PARAGRAPH, SHORT, Exported, codes, line, phone, text, web


class Source(models.Model):
    """Where a record came from: ourselves, an import, a partner."""

    slug = models.SlugField(_("short name"), max_length=60, unique=True)
    name = line(_("name"), SHORT, blank=False)
    url = web(_("web address"))
    licence = line(_("licence"), SHORT)

    class Meta:
        ordering = ["name", "slug"]
        verbose_name = _("source of records")
        verbose_name_plural = _("sources of records")

    def __str__(self) -> str:
        return self.name


class OrganisationRecord(Exported):
    """What the directory says of an organisation; its name and numbers are the organisation's own."""

    organisation = models.OneToOneField(
        "organisations.Organisation", models.CASCADE, related_name="record", verbose_name=_("organisation")
    )
    description = text(_("description"), LONG)
    easy_read = text(_("easy-read text"), PARAGRAPH)
    email = models.EmailField(_("generic e-mail address"), blank=True)
    phone = phone()
    website = web(_("website"))
    networks = codes(_("networks"), Network.values)
    parent = models.ForeignKey(
        "organisations.Organisation",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="child_records",
        verbose_name=_("part of"),
    )
    source = models.ForeignKey(Source, models.SET_NULL, null=True, blank=True, related_name="+")
    claimed_on = models.DateField(_("kept by the organisation since"), null=True, blank=True)
    updated_on = models.DateField(_("changed on"), auto_now_add=True)

    class Meta:
        ordering = ["organisation__name", "pk"]
        verbose_name = _("organisation of the directory")
        verbose_name_plural = _("organisations of the directory")

    def __str__(self) -> str:
        return str(self.organisation)


class Scheme(Exported):
    """A scheme or a right that services take part in: APA, PCH, SPDA… (a program of HSDS)."""

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    name = line(_("name"), SHORT, blank=False)
    description = text(_("description"), LONG)
    easy_read = text(_("easy-read text"), PARAGRAPH)
    url = web(_("where to read more"))
    needs = models.ManyToManyField(
        "needs.Need", blank=True, related_name="schemes", verbose_name=_("needs it meets")
    )

    class Meta:
        ordering = ["name", "slug"]
        verbose_name = _("scheme or right")
        verbose_name_plural = _("schemes and rights")

    def __str__(self) -> str:
        return self.name


class RecordIdentifier(Exported):
    """A number by which another system knows a service or a location."""

    scheme = line(_("name of the number"), 30, blank=False)
    value = line(_("number"), LINE, blank=False)
    service = models.ForeignKey(
        "directory.Service", models.CASCADE, null=True, blank=True, related_name="identifiers"
    )
    location = models.ForeignKey(
        "directory.Location", models.CASCADE, null=True, blank=True, related_name="identifiers"
    )

    class Meta:
        ordering = ["scheme", "value"]
        verbose_name = _("identifier of a record")
        verbose_name_plural = _("identifiers of records")
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "value"],
                name="record_identifier_key",
                violation_error_message=_("Another record already has this number."),
            ),
            models.CheckConstraint(
                condition=Q(service=None, location__isnull=False) | Q(service__isnull=False, location=None),
                name="identifier_of_one_record",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme}:{self.value}"
